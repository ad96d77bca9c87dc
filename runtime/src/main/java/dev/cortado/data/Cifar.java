package dev.cortado.data;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * CIFAR-10 and CIFAR-100 in their binary version: rows of a label (CIFAR-100: a coarse and a fine
 * one) and 3,072 bytes, red, green and blue. See <a
 * href="https://www.cs.toronto.edu/~kriz/cifar.html">its page</a>. Images are {@code [3, 32, 32]}
 * with pixels between 0 and 1.
 */
public final class Cifar {
  /** CIFAR-10's classes, by label. */
  public static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static final int PIXELS = 3 * 32 * 32;

  private Cifar() {}

  /**
   * CIFAR-10's training set from a folder with {@code data_batch_1.bin} to {@code
   * data_batch_5.bin}.
   */
  public static Dataset train10(Path folder) {
    return Dataset.concat(
        IntStream.rangeClosed(1, 5)
            .mapToObj(i -> read10(folder.resolve("data_batch_" + i + ".bin")))
            .toArray(Dataset[]::new));
  }

  /** CIFAR-10's test set from a folder with {@code test_batch.bin}. */
  public static Dataset test10(Path folder) {
    return read10(folder.resolve("test_batch.bin"));
  }

  /** One file of CIFAR-10. */
  public static Dataset read10(Path file) {
    return read(file, 1, 0, 10);
  }

  /** A file of CIFAR-100 ({@code train.bin} or {@code test.bin}) with the 100 fine labels. */
  public static Dataset read100(Path file) {
    return read(file, 2, 1, 100);
  }

  /** A file of CIFAR-100 with the 20 coarse labels. */
  public static Dataset read100Coarse(Path file) {
    return read(file, 2, 0, 20);
  }

  private static Dataset read(Path file, int labelBytes, int which, int classes) {
    int row = labelBytes + PIXELS;
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      long size = Files.size(file);
      if (size == 0 || size % row != 0 || size / row > Integer.MAX_VALUE / PIXELS) {
        throw new IllegalArgumentException(
            "%s has %,d bytes, which is no number of rows of %,d: it is cut short or another file"
                .formatted(file, size, row));
      }
      int samples = (int) (size / row);
      float[] pixels = new float[samples * PIXELS];
      int[] labels = new int[samples];
      for (int i = 0; i < samples; i++) {
        byte[] bytes = in.readNBytes(row);
        if (bytes.length < row) {
          throw new IllegalArgumentException(file + " was cut short while it was read");
        }
        labels[i] = bytes[which] & 0xff;
        if (labels[i] >= classes) {
          throw new IllegalArgumentException(
              "%s: label %d of image %d is not between 0 and %d"
                  .formatted(file, labels[i], i, classes - 1));
        }
        for (int p = 0; p < PIXELS; p++) {
          pixels[i * PIXELS + p] = (bytes[labelBytes + p] & 0xff) / 255f;
        }
      }
      return Dataset.images(pixels, labels, 3, 32, 32);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e, e);
    }
  }
}
