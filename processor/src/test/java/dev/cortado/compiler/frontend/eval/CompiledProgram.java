package dev.cortado.compiler.frontend.eval;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** A program compiled to memory and run: Java's own answer. */
final class CompiledProgram {
  private CompiledProgram() {}

  /** The result of a static method without parameters. */
  static String call(String source, String className, String method) {
    Map<String, byte[]> classes = compile(source, className);
    ClassLoader loader =
        new ClassLoader(CompiledProgram.class.getClassLoader()) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] code = classes.get(name);
            if (code == null) {
              throw new ClassNotFoundException(name);
            }
            return defineClass(name, code, 0, code.length);
          }
        };
    try {
      var found = loader.loadClass(className).getDeclaredMethod(method);
      found.setAccessible(true);
      return String.valueOf(found.invoke(null));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, byte[]> compile(String source, String className) {
    Map<String, byte[]> classes = new HashMap<>();
    var compiler = ToolProvider.getSystemJavaCompiler();
    JavaFileObject file =
        new SimpleJavaFileObject(
            URI.create("user:///" + className + ".java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    boolean compiled =
        compiler
            .getTask(
                null,
                new Memory(compiler.getStandardFileManager(null, null, null), classes),
                null,
                List.of("-proc:none", "-Xlint:none", "-cp", TestAnalysis.classPath()),
                null,
                List.of(file))
            .call();
    if (!compiled) {
      throw new AssertionError("the test program is wrong Java");
    }
    return classes;
  }

  private static final class Memory extends ForwardingJavaFileManager<StandardJavaFileManager> {
    private final Map<String, byte[]> classes;

    Memory(StandardJavaFileManager standard, Map<String, byte[]> classes) {
      super(standard);
      this.classes = classes;
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        JavaFileManager.Location location,
        String className,
        JavaFileObject.Kind kind,
        FileObject sibling) {
      return new SimpleJavaFileObject(URI.create("memory:///" + className), kind) {
        @Override
        public OutputStream openOutputStream() {
          return new ByteArrayOutputStream() {
            @Override
            public void close() {
              classes.put(className, toByteArray());
            }
          };
        }
      };
    }
  }
}
