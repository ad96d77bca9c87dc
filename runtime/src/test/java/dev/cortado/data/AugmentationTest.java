package dev.cortado.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cortado.Batch;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class AugmentationTest {
  /** One image, {@code [1, 3, 3]}, pixels 1 to 9. */
  private static final float[] PIXELS = {1, 2, 3, 4, 5, 6, 7, 8, 9};

  private static float[] apply(Transform transform, long seed) {
    Dataset data = Dataset.images(PIXELS.clone(), new int[1], 1, 3, 3);
    Batch batch = data.all();
    transform.apply(data.inputs(), batch, 0, new SplittableRandom(seed));
    return (float[]) batch.inputs().getFirst();
  }

  @Test
  void flips() {
    assertThat(apply(Augmentation.flip(1), 1)).containsExactly(3, 2, 1, 6, 5, 4, 9, 8, 7);
    assertThat(apply(Augmentation.flip(0), 1)).containsExactly(PIXELS);
  }

  @Test
  void shiftsReachEveryPlaceAndFillWithZero() {
    Set<String> seen = new HashSet<>();
    for (int seed = 0; seed < 200; seed++) {
      seen.add(java.util.Arrays.toString(apply(Augmentation.shift(1), seed)));
    }
    assertThat(seen)
        .hasSize(9)
        .contains(
            "[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0]",
            "[0.0, 0.0, 0.0, 0.0, 1.0, 2.0, 0.0, 4.0, 5.0]",
            "[5.0, 6.0, 0.0, 8.0, 9.0, 0.0, 0.0, 0.0, 0.0]");
  }

  @Test
  void rotationKeepsTheMiddle() {
    float[] turned = apply(Augmentation.rotate(45), 3);
    assertThat(turned[4]).isCloseTo(5, within(1e-5f));
    assertThat(turned).isNotEqualTo(PIXELS);
    assertThat(apply(Augmentation.rotate(0), 3)).containsExactly(PIXELS, within(1e-6f));
  }

  @Test
  void cutoutBlanksASquare() {
    float[] cut = apply(Augmentation.cutout(1), 5);
    int zeros = 0;
    for (int i = 0; i < 9; i++) {
      zeros += cut[i] == 0 ? 1 : 0;
      assertThat(cut[i]).isIn(0f, PIXELS[i]);
    }
    assertThat(zeros).isEqualTo(1);
  }

  @Test
  void jitterChangesBrightnessAndContrast() {
    float[] brighter = apply(Augmentation.jitter(0.5, 0, 0), 5);
    float factor = brighter[0];
    assertThat(factor).isBetween(0.5f, 1.5f).isNotEqualTo(1);
    for (int i = 0; i < 9; i++) {
      assertThat(brighter[i]).isCloseTo(PIXELS[i] * factor, within(1e-4f));
    }
    assertThat(apply(Augmentation.jitter(0, 0.5, 0), 5)[4]).isCloseTo(5, within(1e-5f));
    float[] rgb = {1, 0, 0};
    Dataset red = Dataset.images(rgb, new int[1], 3, 1, 1);
    Batch batch = red.all();
    Augmentation.jitter(0, 0, 1).apply(red.inputs(), batch, 0, new SplittableRandom(1));
    float[] x = (float[]) batch.inputs().getFirst();
    assertThat(x[1]).isEqualTo(x[2]);
    assertThat(0.299f * x[0] + 0.587f * x[1] + 0.114f * x[2]).isCloseTo(0.299f, within(1e-5f));
  }

  @Test
  void drawsDependOnEpochAndSampleOnly() {
    Dataset data =
        Dataset.images(new float[] {1, 2, 3, 4, 1, 2, 3, 4}, new int[2], 1, 1, 4)
            .map(Augmentation.jitter(0.5, 0, 0).then(Augmentation.flip(0.5)));
    Batch one = Batches.allocate(data, 2);
    data.read(0, 7, one, 0);
    data.read(0, 7, one, 1);
    float[] x = ((float[]) one.inputs().getFirst()).clone();
    assertThat(java.util.Arrays.copyOf(x, 4)).isEqualTo(java.util.Arrays.copyOfRange(x, 4, 8));
    data.read(1, 7, one, 1);
    data.read(0, 8, one, 0);
    float[] y = (float[]) one.inputs().getFirst();
    assertThat(java.util.Arrays.copyOf(y, 4)).isNotEqualTo(java.util.Arrays.copyOf(x, 4));
    assertThat(java.util.Arrays.copyOfRange(y, 4, 8)).isNotEqualTo(java.util.Arrays.copyOf(x, 4));
    assertThatThrownBy(() -> Dataset.of(new float[4], new int[2]).map(Augmentation.flip(1)).all())
        .hasMessageContaining("augmentation is for images of shape [channels, height, width]");
  }
}
