package dev.cortado.compiler.frontend.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionTest {
  private static final List<String> KNOWN =
      List.of("relu", "gelu", "elu", "softmax", "forward", "T");

  @Test
  void findsTypingMistakes() {
    assertThat(Suggestion.closest("foward", KNOWN)).contains("forward");
    assertThat(Suggestion.closest("fowrard", KNOWN)).contains("forward");
    assertThat(Suggestion.closest("softMax", KNOWN)).contains("softmax");
    assertThat(Suggestion.closest("ReLU", KNOWN)).contains("relu");
    assertThat(Suggestion.hint("rellu", KNOWN)).isEqualTo("; did you mean 'relu'?");
  }

  @Test
  void staysSilentWhenNothingIsClose() {
    assertThat(Suggestion.closest("attention", KNOWN)).isEmpty();
    assertThat(Suggestion.hint("attention", KNOWN)).isEmpty();
  }

  @Test
  void countsEdits() {
    assertThat(Suggestion.distance("", "abc")).isEqualTo(3);
    assertThat(Suggestion.distance("kitten", "sitting")).isEqualTo(3);
    assertThat(Suggestion.distance("ab", "ba")).isEqualTo(1);
  }
}
