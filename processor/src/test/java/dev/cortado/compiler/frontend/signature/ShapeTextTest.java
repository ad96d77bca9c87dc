package dev.cortado.compiler.frontend.signature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.compiler.frontend.signature.ShapeText.Dimensions;
import dev.cortado.compiler.frontend.signature.ShapeText.Malformed;
import dev.cortado.compiler.shape.Poly;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShapeTextTest {
  private static Dimensions dimensions(String text) {
    return (Dimensions) ShapeText.parse(text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "N, 1, 28, 28      | [N, 1, 28, 28]",
        "N,T,6             | [N, T, 6]",
        "''                | []",
        "7                 | [7]",
        "N, 2*T + 1        | [N, 2*T + 1]",
        "N, (H - 3)*(H+3)  | [N, H*H - 9]",
        "N, 64 * 5 * 5     | [N, 1600]",
        "N, T * 4 / 2      | [N, 2*T]",
        "N, (T + 1) / 2    | [N, floor((T + 1)/(2))]",
        "in_features       | [in_features]",
      })
  void wellFormed(String text, String shape) {
    assertThat(dimensions(text).dims()).hasToString(shape);
    assertThat(dimensions(text).open()).isFalse();
  }

  @Test
  void ellipsisStandsForLeadingDimensions() {
    assertThat(dimensions("..., inFeatures"))
        .isEqualTo(new Dimensions(true, List.of(Poly.symbol("inFeatures"))));
    assertThat(dimensions("...")).isEqualTo(new Dimensions(true, List.of()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "N 4       | 2 | expected ','",
        "N, , 4    | 3 | expected a dimension",
        "N,        | 2 | expected a dimension",
        "N, (4     | 5 | expected ')'",
        "N, 4.5    | 4 | expected ','",
        "N, #      | 3 | expected a dimension",
        "N, ...    | 3 | '...' can only stand first",
        "N, 4/0    | 5 | expected a divisor of at least 1",
        "N, 9999999999 | 3 | must fit in an int",
        "-4        | 0 | expected a dimension",
      })
  void malformed(String text, int offset, String reason) {
    assertThat(ShapeText.parse(text))
        .isInstanceOfSatisfying(
            Malformed.class,
            wrong -> {
              assertThat(wrong.offset()).isEqualTo(offset);
              assertThat(wrong.reason()).contains(reason);
            });
  }

  @Test
  void symbolsInOrderAndResolved() {
    Dimensions read = dimensions("N, T*C, C + N");
    assertThat(read.symbols()).containsExactly("N", "C", "T");
    assertThat(read.resolve(s -> s.equals("C") ? Poly.of(3) : null).dims())
        .hasToString("[N, 3*T, N + 3]");
  }
}
