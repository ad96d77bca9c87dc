import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Formats the Java sources of all modules, or says which ones are not formatted: {@code java
 * build/Format.java check|write}. The build runs it on the JDK of the toolchain.
 */
final class Format {
  public static void main(String[] args) throws IOException {
    boolean write = args[0].equals("write");
    List<Path> different = new ArrayList<>();
    for (Path file : sources()) {
      String before = Files.readString(file);
      String after = format(file, before);
      if (!before.equals(after)) {
        different.add(file);
        if (write) {
          Files.writeString(file, after);
        }
      }
    }
    different.forEach(
        file -> System.out.println((write ? "formatted " : "not formatted: ") + file));
    if (!write && !different.isEmpty()) {
      System.err.println("Run `mvn -N validate -Dformat` to format them.");
      System.exit(1);
    }
  }

  private static String format(Path file, String source) {
    try {
      String ordered = ImportOrderer.reorderImports(source, JavaFormatterOptions.Style.GOOGLE);
      return new Formatter().formatSource(RemoveUnusedImports.removeUnusedImports(ordered));
    } catch (FormatterException wrong) {
      throw new IllegalStateException(file + ": " + wrong.getMessage(), wrong);
    }
  }

  /** Every Java file under a module's {@code src}, and those of the build itself. */
  private static List<Path> sources() throws IOException {
    List<Path> found = new ArrayList<>();
    try (Stream<Path> modules = Files.list(Path.of(""))) {
      for (Path module : modules.sorted().toList()) {
        Path root = module.endsWith("build") ? module : module.resolve("src");
        if (Files.isDirectory(root)) {
          try (Stream<Path> files = Files.walk(root)) {
            // Sources among resources are data: wrong programs and golden files, whose columns
            // count.
            files
                .filter(file -> file.toString().endsWith(".java"))
                .filter(file -> !file.toString().contains("resources"))
                .sorted()
                .forEach(found::add);
          }
        }
      }
    }
    return found;
  }
}
