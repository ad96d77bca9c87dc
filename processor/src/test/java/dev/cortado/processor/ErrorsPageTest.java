package dev.cortado.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/errors.md} shows every case of {@link ErrorCase}; {@code -Dcortado.docs=write} writes
 * it anew.
 */
class ErrorsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "errors.md");
  private static final String HEAD =
      """
      # Compile-time errors

      Each error and warning of Cortado ends with its key in brackets. This page has a section for every
      key, with a program that gets it, what javac prints, and the program mended (five that are not about
      programs are told in words). It is generated from the
      cases in `processor/src/test/resources/errors`, which are all compiled by the tests:
      `mvn -pl processor -am test -Dtest='Error*Test' -Dsurefire.failIfNoSpecifiedTests=false
      -Dcortado.docs=write` writes it anew.

      """;

  @Test
  void pageShowsEveryCase() throws IOException {
    String page = page();
    if ("write".equals(System.getProperty("cortado.docs"))) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  @Test
  void everyKeyHasASection() throws IOException {
    assertThat(sections().keySet()).containsExactlyInAnyOrderElementsOf(ErrorKeys.all());
  }

  private static String page() {
    String contents =
        sections().keySet().stream()
            .map(key -> "- [" + key + "](#" + key + ")\n")
            .collect(Collectors.joining("", "", "\n"));
    String sections =
        sections().entrySet().stream()
            .map(e -> "## " + e.getKey() + "\n\n" + e.getValue())
            .collect(Collectors.joining("\n"));
    return HEAD + contents + sections;
  }

  /** Key to the text of its section. */
  private static TreeMap<String, String> sections() {
    TreeMap<String, String> sections = new TreeMap<>();
    ErrorCase.all().stream()
        .collect(Collectors.groupingBy(ErrorCase::key))
        .forEach((key, cases) -> sections.put(key, cases(cases)));
    ErrorKeys.WITHOUT_PROGRAM.forEach((key, text) -> sections.put(key, text + "\n"));
    return sections;
  }

  private static String cases(List<ErrorCase> cases) {
    return cases.stream().map(ErrorsPageTest::section).collect(Collectors.joining("\n"));
  }

  private static String section(ErrorCase errorCase) {
    return block("java", errorCase.wrong())
        + "\n"
        + block("text", errorCase.expected())
        + "\nMended:\n\n"
        + block("java", errorCase.mended());
  }

  private static String block(String language, String text) {
    return "```" + language + "\n" + text.strip() + "\n```\n";
  }
}
