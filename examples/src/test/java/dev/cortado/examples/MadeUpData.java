package dev.cortado.examples;

import dev.cortado.Batch;
import dev.cortado.Port;
import dev.cortado.data.Column;
import dev.cortado.data.Dataset;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Data that a network of the right kind learns quickly, and a wrong gradient does not. */
final class MadeUpData {
  private MadeUpData() {}

  /** The shipped digits enlarged three times, with a border of two pixels: 28×28. */
  static Dataset largeDigits(int... imageShape) {
    Dataset small = DigitsData.load();
    Batch all = small.all();
    float[] pixels = (float[]) all.inputs().getFirst();
    float[] large = new float[small.size() * 28 * 28];
    for (int i = 0; i < small.size(); i++) {
      for (int y = 0; y < 24; y++) {
        for (int x = 0; x < 24; x++) {
          large[(i * 28 + y + 2) * 28 + x + 2] = pixels[(i * 8 + y / 3) * 8 + x / 3];
        }
      }
    }
    return labelled(large, small.labels(), imageShape);
  }

  /** Colour images of 32×32 pixels: waves of ten directions with noise. */
  static Dataset waves(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] pixels = new float[count * 3 * 32 * 32];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = random.nextInt(10);
      double angle = Math.PI * labels[i] / 10;
      double phase = random.nextDouble() * 2 * Math.PI;
      for (int p = 0; p < 3 * 32 * 32; p++) {
        int y = p / 32 % 32;
        int x = p % 32;
        double wave = Math.sin(0.9 * (x * Math.cos(angle) + y * Math.sin(angle)) + phase);
        pixels[i * 3 * 32 * 32 + p] = (float) (wave + 0.3 * random.nextGaussian());
      }
    }
    return labelled(pixels, labels, 3, 32, 32);
  }

  /** Sequences of tokens; the class says whether token 5 is among them. */
  static Dataset sequences(int count, int length, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int[] tokens = new int[count * length];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = random.nextInt(2);
      for (int t = 0; t < length; t++) {
        int token = random.nextInt(Encoder.VOCABULARY - 1);
        tokens[i * length + t] = token < 5 ? token : token + 1;
      }
      if (labels[i] == 1) {
        tokens[i * length + random.nextInt(length)] = 5;
      }
    }
    return Dataset.ofArrays(
        count,
        List.of(tokens),
        List.of(labels),
        List.of(new Column(Port.Kind.INT, List.of(length))),
        List.of(new Column(Port.Kind.LABEL, List.of())));
  }

  /** Points of one wave of the sine. */
  static Dataset sine(int count, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] x = new float[count];
    float[] y = new float[count];
    for (int i = 0; i < count; i++) {
      x[i] = (float) (random.nextDouble() * 2 - 1);
      y[i] = (float) Math.sin(3 * x[i]);
    }
    return Dataset.of(x, y, count);
  }

  private static Dataset labelled(float[] pixels, int[] labels, int... shape) {
    List<Integer> dims = Arrays.stream(shape).boxed().toList();
    return Dataset.ofArrays(
        labels.length,
        List.of(pixels),
        List.of(labels),
        List.of(new Column(Port.Kind.FLOAT, dims)),
        List.of(new Column(Port.Kind.LABEL, List.of())));
  }
}
