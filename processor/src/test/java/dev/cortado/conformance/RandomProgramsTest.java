package dev.cortado.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Random source text compiled by javac: what is generated and what runs eagerly must agree. */
class RandomProgramsTest {
  private static final int PROGRAMS = Integer.getInteger("cortado.random.programs", 520);
  private static final int FROM = Integer.getInteger("cortado.random.from", 0);
  private static final int PER_CALL = 40;

  @Test
  void generatedAgreesWithEagerForwardAndBackward() {
    int checked = 0;
    int tried = 0;
    List<String> failures = new ArrayList<>();
    for (int from = FROM; from < FROM + PROGRAMS; from += PER_CALL) {
      List<ModelCase> cases = new ArrayList<>();
      for (int i = from; i < Math.min(FROM + PROGRAMS, from + PER_CALL); i++) {
        cases.add(RandomProgram.make("Random" + i, i));
      }
      Compiled compiled = Networks.compile(cases);
      for (ModelCase c : cases) {
        try {
          GradientCheck.Result result = ModelCheck.run(c, Networks.create(compiled, c));
          checked += result.checked();
          tried += result.tried();
        } catch (AssertionError | RuntimeException e) {
          failures.add(c.name() + ": " + e + "\n" + c.source());
        }
      }
    }
    assertThat(failures.stream().limit(3))
        .as("%d of %d programs", failures.size(), PROGRAMS)
        .isEmpty();
    // Kinks excuse a few directions, not most of them.
    assertThat(checked).isGreaterThan(tried * 8 / 10);
  }

  @Test
  void theSameSeedGivesTheSameText() {
    assertThat(RandomProgram.make("A", 5).source()).isEqualTo(RandomProgram.make("A", 5).source());
    Map<String, Integer> texts = new LinkedHashMap<>();
    for (int i = 0; i < 50; i++) {
      texts.put(RandomProgram.make("A", i).source(), i);
    }
    assertThat(texts).hasSize(50);
  }
}
