package dev.cortado.processor;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.annotation.processing.Processor;
import javax.tools.JavaFileObject;

/** Compiles programs given as text, with all warnings on and none allowed. */
final class Programs {
  private static final String HEAD =
      """
      package app;

      import static dev.cortado.Ops.*;
      import dev.cortado.*;
      import dev.cortado.annotation.*;
      """;
  private static final Pattern NAME = Pattern.compile("(?:class|record|interface|enum) (\\w+)");

  private final Stages stages;
  private final List<String> options = new ArrayList<>(List.of("-Xlint:all", "-Werror"));
  private final List<Processor> others = new ArrayList<>();
  private List<JavaFileObject> files = List.of();

  Programs(Stages stages) {
    this.stages = stages;
  }

  Programs with(String... moreOptions) {
    options.addAll(List.of(moreOptions));
    return this;
  }

  Programs with(Processor other) {
    others.add(other);
    return this;
  }

  /** Classes of package {@code app}, with the imports every model has on lines 1 to 5. */
  Compilation compile(String... classes) {
    return compileFiles(Arrays.stream(classes).map(text -> HEAD + text).toArray(String[]::new));
  }

  Compilation compileFiles(String... sources) {
    files = Arrays.stream(sources).map(Programs::file).toList();
    List<Processor> processors = new ArrayList<>(others);
    processors.add(new CortadoProcessor(stages));
    return Compiler.javac().withProcessors(processors).withOptions(options).compile(files);
  }

  private static JavaFileObject file(String source) {
    Matcher name = NAME.matcher(source);
    if (!name.find()) {
      throw new IllegalArgumentException("no class in " + source);
    }
    String pkg = source.startsWith("package app;") ? "app." : "";
    return JavaFileObjects.forSourceString(pkg + name.group(1), source);
  }

  JavaFileObject file(int index) {
    return files.get(index);
  }

  String text(Compilation compilation, String generated) {
    return content(
        compilation
            .generatedSourceFile(generated)
            .orElseThrow(() -> new AssertionError("not generated: " + generated)));
  }

  static String content(JavaFileObject file) {
    try (var in = file.openInputStream()) {
      return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
