package dev.cortado.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import org.junit.jupiter.api.Test;

class RandomNumbersTest {
  @Test
  void numbersAreWhatTheyHaveAlwaysBeen() {
    // A seed must give the same network in every version.
    assertThat(RandomNumbers.mix(0)).isEqualTo(0);
    assertThat(RandomNumbers.mix(1)).isEqualTo(114555507);
    assertThat(RandomNumbers.key(42, 7, 3)).isEqualTo(-1980890765);
    assertThat(RandomNumbers.uniform(42, 7, 3, 1000)).isEqualTo(0.4247914f);
  }

  @Test
  void uniformHasTheMomentsOfTheUniformDistribution() {
    int n = 200_000;
    for (int stream = 0; stream < 4; stream++) {
      int key = RandomNumbers.key(1, 2, stream);
      double sum = 0;
      double squares = 0;
      double products = 0;
      double last = 0.5;
      for (int i = 0; i < n; i++) {
        double u = RandomNumbers.uniform(key, i);
        assertThat(u).isBetween(0.0, 0x1.fffffep-1);
        sum += u;
        squares += u * u;
        products += (u - 0.5) * (last - 0.5);
        last = u;
      }
      assertThat(sum / n).isEqualTo(0.5, within(0.003));
      assertThat(squares / n).isEqualTo(1 / 3.0, within(0.003));
      assertThat(products / n).as("neighbours").isEqualTo(0, within(0.001));
    }
  }

  @Test
  void seedsStepsAndStreamsDrawUnrelatedNumbers() {
    int n = 100_000;
    int[] keys = {
      RandomNumbers.key(1, 1, 1), RandomNumbers.key(2, 1, 1), RandomNumbers.key(1, 2, 1),
      RandomNumbers.key(1, 1, 2), RandomNumbers.key(1L << 32, 1, 1),
          RandomNumbers.key(1, 1L << 32, 1)
    };
    for (int i = 0; i < keys.length; i++) {
      for (int j = 0; j < i; j++) {
        double products = 0;
        for (int k = 0; k < n; k++) {
          products +=
              (RandomNumbers.uniform(keys[i], k) - 0.5) * (RandomNumbers.uniform(keys[j], k) - 0.5);
        }
        assertThat(products / n).isEqualTo(0, within(0.0015));
      }
    }
  }

  @Test
  void everyBitOfTheMixIsFairAndMixingIsABijectionOnASample() {
    int n = 1 << 16;
    int[] ones = new int[32];
    BitSet seen = new BitSet();
    for (int i = 0; i < n; i++) {
      int h = RandomNumbers.mix(i);
      seen.set(h & Integer.MAX_VALUE);
      for (int bit = 0; bit < 32; bit++) {
        ones[bit] += (h >>> bit) & 1;
      }
    }
    for (int count : ones) {
      assertThat(count / (double) n).isEqualTo(0.5, within(0.01));
    }
    assertThat(seen.cardinality()).isGreaterThan(n - 10);
  }
}
