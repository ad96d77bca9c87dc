package dev.cortado.compiler.emit;

import dev.cortado.Network;
import dev.cortado.compiler.model.ModelGraph;
import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.plan.Plan;
import dev.cortado.compiler.plan.Planner;
import dev.cortado.compiler.plan.Target;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Generated source, compiled in memory with all lints as errors, and loaded. */
final class Generated extends ClassLoader {
  private final String source;
  private final Map<String, byte[]> classes;
  private final String networkName;

  private Generated(String source, Map<String, byte[]> classes, String networkName) {
    super(Generated.class.getClassLoader());
    this.source = source;
    this.classes = classes;
    this.networkName = networkName;
  }

  static Generated of(ModelGraph model) {
    return of(model.signature(), Planner.plan(model, Target.CPU));
  }

  static Generated of(Signature signature, @org.jspecify.annotations.Nullable Plan plan) {
    Emitter.Source source = new CpuEmitter().emit(signature, plan, NOTHING).getFirst();
    Map<String, String> sources = new HashMap<>();
    sources.put(source.qualifiedName(), source.text());
    sources.put(
        signature.packageName() + "." + signature.modelReference(),
        "package %s; %sclass %s {}"
            .formatted(
                signature.packageName(),
                signature.isPublic() ? "public " : "",
                signature.modelReference()));
    return new Generated(source.text(), compile(sources), source.qualifiedName());
  }

  /** Class names to class files. */
  static Map<String, byte[]> compile(Map<String, String> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    Map<String, ByteArrayOutputStream> written = new TreeMap<>();
    JavaFileManager files =
        new ForwardingJavaFileManager<>(compiler.getStandardFileManager(diagnostics, null, null)) {
          @Override
          public JavaFileObject getJavaFileForOutput(
              Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
            return new SimpleJavaFileObject(URI.create("mem:///" + name + ".class"), kind) {
              @Override
              public OutputStream openOutputStream() {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                written.put(name, bytes);
                return bytes;
              }
            };
          }
        };
    List<JavaFileObject> units = new ArrayList<>();
    sources.forEach((name, text) -> units.add(file(name, text)));
    boolean ok =
        compiler
            .getTask(
                null,
                files,
                diagnostics,
                List.of("-Xlint:all", "-Werror", "-proc:none", "--release", "25"),
                null,
                units)
            .call();
    if (!ok) {
      throw new AssertionError(diagnostics.getDiagnostics() + "\n" + sources.values());
    }
    Map<String, byte[]> classes = new TreeMap<>();
    written.forEach((name, bytes) -> classes.put(name, bytes.toByteArray()));
    return classes;
  }

  private static JavaFileObject file(String name, String text) {
    return new SimpleJavaFileObject(
        URI.create("mem:///" + name.replace('.', '/') + ".java"), JavaFileObject.Kind.SOURCE) {
      @Override
      public CharSequence getCharContent(boolean ignoreEncodingErrors) {
        return text;
      }
    };
  }

  String source() {
    return source;
  }

  Map<String, byte[]> classes() {
    return classes;
  }

  /** A network with fresh parameters. */
  Network create(long seed, Object... maxima) {
    try {
      Class<?>[] types = new Class<?>[maxima.length + 1];
      Arrays.fill(types, int.class);
      types[0] = long.class;
      Object[] arguments = new Object[maxima.length + 1];
      arguments[0] = seed;
      System.arraycopy(maxima, 0, arguments, 1, maxima.length);
      return (Network) loadClass(networkName).getMethod("create", types).invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw unwrapped(e);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Calls a public method by name and number of arguments. */
  static Object call(Object target, String name, Object... arguments) {
    try {
      for (Method m : target.getClass().getMethods()) {
        if (m.getName().equals(name) && fits(m.getParameterTypes(), arguments)) {
          return m.invoke(target, arguments);
        }
      }
      throw new AssertionError("no method " + name + " in " + target.getClass());
    } catch (InvocationTargetException e) {
      throw unwrapped(e);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean fits(Class<?>[] types, Object[] arguments) {
    if (types.length != arguments.length) {
      return false;
    }
    for (int i = 0; i < types.length; i++) {
      Object a = arguments[i];
      boolean ok = types[i] == int.class ? a instanceof Integer : types[i].isInstance(a);
      if (!ok) {
        return false;
      }
    }
    return true;
  }

  private static RuntimeException unwrapped(InvocationTargetException e) {
    if (e.getCause() instanceof RuntimeException cause) {
      return cause;
    }
    if (e.getCause() instanceof Error error) {
      throw error;
    }
    return new IllegalStateException(e.getCause());
  }

  @Override
  protected Class<?> findClass(String name) throws ClassNotFoundException {
    byte[] bytes = classes.get(name);
    if (bytes == null) {
      throw new ClassNotFoundException(name);
    }
    return defineClass(name, bytes, 0, bytes.length);
  }

  /** A compilation without options and without a class path. */
  private static final Emitter.Environment NOTHING =
      new Emitter.Environment() {
        @Override
        public @Nullable String option(String key) {
          return null;
        }

        @Override
        public boolean isPresent(String qualifiedName) {
          return false;
        }

        @Override
        public Set<String> members(String qualifiedName) {
          return Set.of();
        }

        @Override
        public @Nullable URI location(String qualifiedName) {
          return null;
        }
      };
}
