package dev.cortado.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every wrong program gets exactly the errors it is expected to get, and its mended form none. With
 * {@code -Dcortado.errors=write} what is printed becomes what is expected: read the difference.
 */
class ErrorCasesTest {
  static Stream<ErrorCase> cases() {
    return ErrorCase.all().stream();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void wrongProgramIsToldSo(ErrorCase errorCase) throws IOException {
    String printed = ErrorCase.printed(errorCase.compile("Wrong.java"));
    if ("write".equals(System.getProperty("cortado.errors"))) {
      Files.writeString(errorCase.expectedFile(), printed);
    }
    assertThat(printed).isEqualTo(errorCase.expected());
    assertThat(errorCase.name()).startsWith(errorCase.key());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void mendedProgramCompiles(ErrorCase errorCase) {
    Compilation compilation = errorCase.compile("Mended.java");
    assertThat(compilation).succeededWithoutWarnings();
  }

  @Test
  void thereAreManyCases() {
    List<ErrorCase> cases = ErrorCase.all();
    assertThat(cases).hasSizeGreaterThanOrEqualTo(40);
  }
}
