package dev.cortado.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.processor.CortadoProcessor;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.ac.manchester.tornado.api.TaskGraph;

/** What is wrong with a compilation for TornadoVM is an error of the compilation. */
class CompilationChecksTest {
  private static final String MODEL =
      ModelCase.imports()
          + """
          @Model
          public class %s {
            final Dense fc = new Dense(4, 3);
            Tensor forward(@Shape("N, 4") Tensor x) { return tanh(fc.apply(x)); }
          }
          """;

  @TempDir Path folder;

  @BeforeEach
  void sources() throws IOException {
    for (String name : List.of("Net", "Other")) {
      Files.writeString(folder.resolve(name + ".java"), MODEL.formatted(name));
    }
  }

  /** All errors of javac, with its files in a folder. */
  private List<String> errors(String classPath, String... options) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = javac.getStandardFileManager(found, Locale.ROOT, null)) {
      List<String> arguments = new ArrayList<>();
      arguments.addAll(List.of("-d", folder.toString(), "-classpath", classPath));
      arguments.addAll(List.of(options));
      JavaCompiler.CompilationTask task =
          javac.getTask(
              null,
              files,
              found,
              arguments,
              null,
              files.getJavaFileObjects(folder.resolve("Net.java"), folder.resolve("Other.java")));
      task.setProcessors(List.of(new CortadoProcessor()));
      boolean done = task.call();
      List<String> errors =
          found.getDiagnostics().stream()
              .filter(d -> d.getKind() == Diagnostic.Kind.ERROR)
              .map(d -> d.getMessage(Locale.ROOT))
              .toList();
      assertThat(done).isEqualTo(errors.isEmpty());
      return errors;
    }
  }

  private static String usual() {
    return System.getProperty("java.class.path");
  }

  @Test
  void kernelsWithoutTheNamesOfLocalsAreOneError() throws IOException {
    assertThat(errors(usual()))
        .singleElement()
        .satisfies(
            e -> assertThat(e).contains("compile with javac -g").endsWith("[tornado-debug]"));
    assertThat(errors(usual(), "-g:source,lines")).hasSize(1);
    assertThat(errors(usual(), "-g:vars")).isEmpty();
    assertThat(errors(usual(), "-g")).isEmpty();
    assertThat(folder.resolve("NetTornadoNetwork$Kernels.class")).exists();
  }

  @Test
  void anotherMajorVersionIsOneErrorThatNamesBoth() throws IOException {
    assertThat(errors(jar("4.0.1-jdk25") + File.pathSeparator + usual(), "-g"))
        .singleElement()
        .satisfies(
            e ->
                assertThat(e)
                    .contains("4.0.1-jdk25, which is too old")
                    .contains("expected 5.2")
                    .endsWith("[tornado-version]"));
    assertThat(errors(jar("5.1.0-jdk25") + File.pathSeparator + usual(), "-g")).hasSize(1);
    assertThat(errors(jar("6.0.0-jdk29") + File.pathSeparator + usual(), "-g"))
        .singleElement()
        .satisfies(e -> assertThat(e).contains("6.0.0-jdk29, which is too new"));
    assertThat(errors(jar("5.3.1-jdk25") + File.pathSeparator + usual(), "-g")).isEmpty();
    assertThat(
            errors(
                jar("4.0.1-jdk25") + File.pathSeparator + usual(), "-g", "-Acortado.tornado=false"))
        .isEmpty();
  }

  @Test
  void anApiThatLacksWhatNetworksNameIsOneError() throws IOException {
    Path old = Files.createDirectories(folder.resolve("old/uk/ac/manchester/tornado/api"));
    Path source = old.resolve("TaskGraph.java");
    Files.writeString(
        source, "package uk.ac.manchester.tornado.api; public class TaskGraph { void task() {} }");
    int done = ToolProvider.getSystemJavaCompiler().run(null, null, null, source.toString());
    assertThat(done).isZero();
    assertThat(errors(folder.resolve("old") + File.pathSeparator + usual(), "-g"))
        .singleElement()
        .satisfies(
            e ->
                assertThat(e)
                    .contains("one of an unknown version, which has no TaskGraph.consumeFromDevice")
                    .contains("expected 5.2"));
  }

  /** The double's classes in a jar that says that it is of another version. */
  private Path jar(String version) throws IOException {
    Path jar = folder.resolve("tornado api " + version + ".jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream zip = new JarOutputStream(out, manifest);
        Stream<Path> classes = Files.walk(doubles().resolve("uk"))) {
      for (Path file : classes.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(
            new ZipEntry(doubles().relativize(file).toString().replace(File.separatorChar, '/')));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    return jar;
  }

  private static Path doubles() {
    try {
      return Path.of(TaskGraph.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
