package dev.cortado.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What a program prints, and what a page shows of it. */
final class Shown {
  /** A program. */
  @FunctionalInterface
  interface Program {
    void run() throws IOException;
  }

  private Shown() {}

  /** What {@code program} writes to standard output; it is printed here as well. */
  static String output(Program program) throws IOException {
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      program.run();
    } finally {
      System.setOut(before);
    }
    String output = printed.toString(StandardCharsets.UTF_8);
    System.out.println(output);
    return output;
  }

  /** As {@link #assertOnPage} for the README. */
  static void assertInReadme(String program, String output) throws IOException {
    assertOnPage(Path.of("../README.md"), program, output);
  }

  /** The fence below {@code output of <program>} shows these lines, in this order. */
  static void assertOnPage(Path page, String program, String output) throws IOException {
    List<Page.Fence> shown =
        Page.read(page).fences().stream()
            .filter(fence -> fence.note().equals("output of " + program))
            .toList();
    assertThat(shown).hasSize(1);
    List<String> printed = output.lines().map(Shown::withoutNumbers).toList();
    int from = 0;
    for (String line : shown.getFirst().text().lines().map(Shown::withoutNumbers).toList()) {
      if (line.equals("…")) {
        continue;
      }
      int at = printed.subList(from, printed.size()).indexOf(line);
      assertThat(at).as("\"%s\" printed after line %s", line, from).isNotNegative();
      from += at + 1;
    }
  }

  /** Numbers differ with the processor's vectors, and their widths with the numbers. */
  private static String withoutNumbers(String line) {
    return line.replaceAll("[0-9·][0-9.,]*", "#").replaceAll("\\s+", " ").strip();
  }
}
