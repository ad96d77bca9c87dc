package dev.cortado.conformance;

import dev.cortado.processor.CortadoProcessor;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/**
 * Sources compiled by javac with the processor, in memory, and a class loader over what came out.
 */
public final class Compiled {
  private final Map<String, byte[]> classes;
  private final Map<String, String> generatedSources;
  private final List<Diagnostic<? extends JavaFileObject>> diagnostics;
  private final ClassLoader loader;

  private Compiled(
      Map<String, byte[]> classes,
      Map<String, String> generatedSources,
      List<Diagnostic<? extends JavaFileObject>> diagnostics) {
    this.classes = classes;
    this.generatedSources = generatedSources;
    this.diagnostics = diagnostics;
    this.loader =
        new ClassLoader(Compiled.class.getClassLoader()) {
          @Override
          protected Class<?> findClass(String name) throws ClassNotFoundException {
            byte[] bytes = Compiled.this.classes.get(name);
            if (bytes == null) {
              throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
          }

          @Override
          public @Nullable InputStream getResourceAsStream(String name) {
            byte[] bytes = Compiled.this.classes.get(className(name));
            return bytes == null
                ? super.getResourceAsStream(name)
                : new ByteArrayInputStream(bytes);
          }

          private static String className(String file) {
            return file.replace('/', '.').replaceAll("\\.class$", "");
          }
        };
  }

  /**
   * Compiles top-level classes, by name, all in one call. Warnings and errors are only collected.
   */
  public static Compiled of(Map<String, String> sources, String... options) {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> collected = new DiagnosticCollector<>();
    try (InMemory files =
        new InMemory(javac.getStandardFileManager(collected, Locale.ROOT, null))) {
      List<String> arguments = new ArrayList<>(List.of("-classpath", classPath(), "-g"));
      arguments.addAll(List.of(options));
      List<JavaFileObject> units = new ArrayList<>();
      new TreeMap<>(sources).forEach((name, text) -> units.add(new Source(name, text)));
      JavaCompiler.CompilationTask task =
          javac.getTask(null, files, collected, arguments, null, units);
      task.setProcessors(List.of(new CortadoProcessor()));
      task.call();
      return new Compiled(files.classBytes(), files.sourceTexts(), collected.getDiagnostics());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** The tests' own, after the jars in the folder that {@code cortado.test.api} names. */
  private static String classPath() {
    String own = System.getProperty("java.class.path");
    String folder = System.getProperty("cortado.test.api");
    File[] jars = folder == null ? null : new File(folder).listFiles((d, n) -> n.endsWith(".jar"));
    return jars == null
        ? own
        : Stream.of(jars).map(File::getPath).collect(Collectors.joining(File.pathSeparator))
            + File.pathSeparator
            + own;
  }

  /** Fails with everything javac printed when there was an error. */
  public Compiled succeeded() {
    List<Diagnostic<? extends JavaFileObject>> errors =
        diagnostics.stream().filter(d -> d.getKind() == Diagnostic.Kind.ERROR).toList();
    if (!errors.isEmpty()) {
      throw new AssertionError(
          errors.stream().limit(20).map(Object::toString).collect(Collectors.joining("\n")));
    }
    return this;
  }

  public List<Diagnostic<? extends JavaFileObject>> diagnostics() {
    return diagnostics;
  }

  /** Generated sources by class name. */
  public Map<String, String> generatedSources() {
    return generatedSources;
  }

  /** Class files by class name. */
  public Map<String, byte[]> classes() {
    return classes;
  }

  public Class<?> load(String name) {
    ClassFolder.put(classes);
    try {
      return Class.forName(name, true, loader);
    } catch (ClassNotFoundException e) {
      throw new AssertionError("no class " + name + "; there are " + classes.keySet(), e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("mem:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Output extends SimpleJavaFileObject {
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Output(String name, Kind kind) {
      super(URI.create("mem:///" + name.replace('.', '/') + kind.extension), kind);
    }

    @Override
    public OutputStream openOutputStream() {
      return bytes;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return bytes.toString(java.nio.charset.StandardCharsets.UTF_8);
    }
  }

  private static final class InMemory extends ForwardingJavaFileManager<JavaFileManager> {
    private final Map<String, Output> classes = new HashMap<>();
    private final Map<String, Output> sources = new TreeMap<>();
    private final Map<String, Output> resources = new HashMap<>();

    InMemory(JavaFileManager files) {
      super(files);
    }

    @Override
    public JavaFileObject getJavaFileForOutput(
        Location location, String name, JavaFileObject.Kind kind, FileObject sibling) {
      Output output = new Output(name, kind);
      (kind == JavaFileObject.Kind.CLASS ? classes : sources).put(name, output);
      return output;
    }

    @Override
    public FileObject getFileForOutput(
        Location location, String packageName, String relativeName, FileObject sibling) {
      return resources.computeIfAbsent(
          packageName + "/" + relativeName, n -> new Output(n, JavaFileObject.Kind.OTHER));
    }

    @Override
    public FileObject getFileForInput(Location location, String packageName, String relativeName)
        throws java.io.IOException {
      if (location == StandardLocation.CLASS_OUTPUT) {
        return resources.get(packageName + "/" + relativeName);
      }
      return super.getFileForInput(location, packageName, relativeName);
    }

    @Override
    public boolean isSameFile(FileObject a, FileObject b) {
      return a.toUri().equals(b.toUri());
    }

    Map<String, byte[]> classBytes() {
      return classes.entrySet().stream()
          .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().bytes.toByteArray()));
    }

    Map<String, String> sourceTexts() {
      TreeMap<String, String> texts = new TreeMap<>();
      sources.forEach((name, output) -> texts.put(name, output.getCharContent(true).toString()));
      return texts;
    }
  }
}
