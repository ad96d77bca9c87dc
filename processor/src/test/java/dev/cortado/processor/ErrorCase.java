package dev.cortado.processor;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;

/**
 * A folder of {@code src/test/resources/errors}: a wrong program, all that javac prints for it, and
 * the program mended. The folder's name is the error's key, or begins with it when a key has
 * several cases.
 *
 * <p>{@code expected.txt} has a paragraph a diagnostic: {@code error <line>:<column>} (or {@code
 * warning …}), then the message as printed, without indentation. Other Java files of the folder are
 * compiled with both programs.
 */
record ErrorCase(Path folder) {
  private static final Path ROOT = Path.of("src", "test", "resources", "errors");
  private static final Pattern KEY = Pattern.compile("(?m)^\\[([a-z0-9-]+)\\]$");

  private static final Pattern MODEL = Pattern.compile("(?m)^@Model");
  private static final Pattern TYPE =
      Pattern.compile("(?m)^(?:\\w+ )*(?:class|record|interface) (\\w+)");

  /** All cases, in the order of their names. */
  static List<ErrorCase> all() {
    return list(ROOT).filter(Files::isDirectory).map(ErrorCase::new).toList();
  }

  private static Stream<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String name() {
    return folder.getFileName().toString();
  }

  /** The key in the expected message. */
  String key() {
    Matcher key = KEY.matcher(expected());
    if (!key.find()) {
      throw new IllegalStateException(name() + "/expected.txt has no line [key]");
    }
    return key.group(1);
  }

  String wrong() {
    return read("Wrong.java");
  }

  String mended() {
    return read("Mended.java");
  }

  Path expectedFile() {
    return folder.resolve("expected.txt");
  }

  String expected() {
    return read("expected.txt");
  }

  private String read(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Compilation compile(String program) {
    List<JavaFileObject> files = new ArrayList<>();
    list(folder)
        .filter(file -> file.toString().endsWith(".java"))
        .filter(file -> !file.endsWith("Wrong.java") && !file.endsWith("Mended.java"))
        .forEach(file -> files.add(source(file)));
    files.add(source(folder.resolve(program)));
    return Compiler.javac()
        .withProcessors(new CortadoProcessor())
        .withOptions("-Xlint:all,-path,-processing,-classfile,-options")
        .compile(files);
  }

  /** Under the name of the model, or of the class around it, as javac wants it. */
  private static JavaFileObject source(Path file) {
    try {
      String text = Files.readString(file);
      Matcher model = MODEL.matcher(text);
      Matcher type = TYPE.matcher(text);
      if (!type.find(model.find() ? model.start() : 0)) {
        throw new IllegalStateException("no class in " + file);
      }
      return JavaFileObjects.forSourceString(type.group(1), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What the compiler printed, in the form of {@code expected.txt}. */
  static String printed(Compilation compilation) {
    return compilation.diagnostics().stream()
        .filter(d -> d.getKind() != Diagnostic.Kind.NOTE)
        .map(ErrorCase::paragraph)
        .collect(Collectors.joining("\n"));
  }

  private static String paragraph(Diagnostic<? extends JavaFileObject> diagnostic) {
    String kind = diagnostic.getKind() == Diagnostic.Kind.ERROR ? "error" : "warning";
    return kind
        + " "
        + diagnostic.getLineNumber()
        + ":"
        + diagnostic.getColumnNumber()
        + "\n"
        + diagnostic.getMessage(Locale.ROOT).replaceAll("(?m)^ {2}", "").strip()
        + "\n";
  }

  @Override
  public String toString() {
    return name();
  }
}
