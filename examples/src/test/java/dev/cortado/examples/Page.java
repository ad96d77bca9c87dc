package dev.cortado.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A page of documentation and what is fenced on it, in order. */
record Page(Path file, List<Fence> fences) {
  private static final Path ROOT = Path.of("..");

  /**
   * A fenced block.
   *
   * @param info what stands behind the opening fence: {@code java}, {@code java wrong}, {@code sh}
   * @param note the HTML comment on the line above, without its brackets; empty without one
   * @param line of the opening fence, from 1
   */
  record Fence(String info, String note, int line, String text) {
    boolean isJava() {
      return info.equals("java");
    }

    /** Whether this is a compilation unit; else it is statements. */
    boolean isUnit() {
      return text.lines()
          .anyMatch(
              line -> line.matches("(public |final |abstract )*(class|record|interface|enum) .*"));
    }
  }

  /**
   * The README, CONTRIBUTING and what is under {@code docs}, except the page of errors: the tests
   * that compile its programs write it.
   */
  static List<Page> all() throws IOException {
    List<Page> pages = new ArrayList<>();
    pages.add(read(ROOT.resolve("README.md")));
    pages.add(read(ROOT.resolve("CONTRIBUTING.md")));
    try (Stream<Path> files = Files.walk(ROOT.resolve("docs"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
        if (!file.endsWith("errors.md")) {
          pages.add(read(file));
        }
      }
    }
    return pages;
  }

  static Page read(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    List<Fence> fences = new ArrayList<>();
    int start = -1;
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).startsWith("```")) {
        continue;
      }
      if (start < 0) {
        start = i;
      } else {
        String text = String.join("\n", lines.subList(start + 1, i)) + "\n";
        fences.add(new Fence(lines.get(start).substring(3), note(lines, start), start + 1, text));
        start = -1;
      }
    }
    return new Page(file, fences);
  }

  private static String note(List<String> lines, int fence) {
    String above = fence == 0 ? "" : lines.get(fence - 1).strip();
    return above.startsWith("<!--") && above.endsWith("-->")
        ? above.substring(4, above.length() - 3).strip()
        : "";
  }

  /** The file's name without its ending, as a Java identifier. */
  String id() {
    return file.getFileName()
        .toString()
        .replace(".md", "")
        .replaceAll("\\W", "_")
        .toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return ROOT.relativize(file).toString();
  }
}
