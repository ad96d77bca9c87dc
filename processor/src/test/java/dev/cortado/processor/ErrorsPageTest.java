package dev.cortado.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
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
      key, with a program that gets it, what javac prints, and the program mended. It is generated from the
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

  private static String page() {
    Map<String, List<ErrorCase>> byKey =
        ErrorCase.all().stream()
            .collect(Collectors.groupingBy(ErrorCase::key, TreeMap::new, Collectors.toList()));
    String contents =
        byKey.keySet().stream()
            .map(key -> "- [" + key + "](#" + key + ")\n")
            .collect(Collectors.joining("", "", "\n"));
    String sections =
        byKey.entrySet().stream()
            .map(e -> "## " + e.getKey() + "\n\n" + cases(e.getValue()))
            .collect(Collectors.joining("\n"));
    return HEAD + contents + sections;
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
