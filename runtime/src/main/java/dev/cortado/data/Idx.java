package dev.cortado.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;

/**
 * An IDX file, the format of MNIST, plain or compressed with gzip: unsigned bytes of any number of
 * dimensions. See "The IDX file format" at the end of <a
 * href="http://yann.lecun.com/exdb/mnist/">yann.lecun.com/exdb/mnist</a>.
 *
 * @param shape dimensions, outermost first
 * @param values row-major
 */
public record Idx(List<Integer> shape, byte[] values) {
  private static final int UNSIGNED_BYTE = 8;
  private static final int CHUNK = 1 << 20;

  /** Reads a file; whether it is compressed is seen from its first bytes. */
  public static Idx read(Path file) {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      return read(in, file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e, e);
    }
  }

  /**
   * Reads a stream to its end.
   *
   * @param name of the source, for messages
   * @throws IllegalArgumentException when it is not an IDX file of bytes, is cut short or goes on
   *     after its end
   */
  public static Idx read(InputStream in, String name) throws IOException {
    PushbackInputStream start = new PushbackInputStream(in, 2);
    byte[] two = start.readNBytes(2);
    start.unread(two);
    boolean compressed = two.length == 2 && (two[0] & 0xff) == 0x1f && (two[1] & 0xff) == 0x8b;
    DataInputStream data =
        new DataInputStream(compressed ? new GZIPInputStream(start, 1 << 16) : start);
    try {
      return parse(data, name);
    } catch (EOFException e) {
      throw new IllegalArgumentException(name + " ends too early: it is cut short", e);
    }
  }

  private static Idx parse(DataInputStream in, String name) throws IOException {
    int magic = in.readInt();
    int type = magic >> 8;
    int rank = magic & 0xff;
    if (type != UNSIGNED_BYTE || rank == 0) {
      throw new IllegalArgumentException(
          "%s is not an IDX file of unsigned bytes: it starts with 0x%08x".formatted(name, magic));
    }
    List<Integer> shape = new ArrayList<>();
    long count = 1;
    for (int i = 0; i < rank; i++) {
      int dimension = in.readInt();
      shape.add(dimension);
      count = dimension < 0 ? Long.MAX_VALUE : count * dimension;
      if (count > Integer.MAX_VALUE - 16) {
        throw new IllegalArgumentException(name + " states an absurd shape: " + shape + "…");
      }
    }
    byte[] values = bytes(in, (int) count);
    if (in.read() >= 0) {
      throw new IllegalArgumentException(
          name + " goes on after the " + count + " values it states");
    }
    return new Idx(List.copyOf(shape), values);
  }

  /** Grows with what really comes, so that a false count costs no memory. */
  private static byte[] bytes(InputStream in, int count) throws IOException {
    byte[] values = new byte[Math.min(count, CHUNK)];
    int filled = 0;
    while (true) {
      filled += in.readNBytes(values, filled, values.length - filled);
      if (filled == count) {
        return values;
      }
      if (filled < values.length) {
        throw new EOFException();
      }
      values = Arrays.copyOf(values, (int) Math.min(count, values.length * 2L));
    }
  }

  /** The values as floats divided by {@code divisor}; 255 makes pixels lie between 0 and 1. */
  public float[] floats(float divisor) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (values[i] & 0xff) / divisor;
    }
    return floats;
  }

  /** The values as numbers between 0 and 255. */
  public int[] labels() {
    int[] labels = new int[values.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = values[i] & 0xff;
    }
    return labels;
  }

  /**
   * An image file and a label file as a data set of {@code [1, H, W]} with pixels between 0 and 1.
   * Each may also lie there with {@code .gz} behind its name.
   */
  public static Dataset dataset(Path images, Path labels) {
    Idx pixels = read(plainOrCompressed(images));
    Idx classes = read(plainOrCompressed(labels));
    if (pixels.shape.size() != 3 || classes.shape.size() != 1) {
      throw new IllegalArgumentException(
          "expected images of shape [n, height, width] in %s and labels of shape [n] in %s, got %s and %s"
              .formatted(images, labels, pixels.shape, classes.shape));
    }
    if (!pixels.shape.getFirst().equals(classes.shape.getFirst())) {
      throw new IllegalArgumentException(
          "%s has %d images but %s has %d labels"
              .formatted(images, pixels.shape.getFirst(), labels, classes.shape.getFirst()));
    }
    return Dataset.images(
        pixels.floats(255), classes.labels(), 1, pixels.shape.get(1), pixels.shape.get(2));
  }

  /** MNIST's training set from a folder with the four files under their usual names. */
  public static Dataset mnistTrain(Path folder) {
    return dataset(
        folder.resolve("train-images-idx3-ubyte"), folder.resolve("train-labels-idx1-ubyte"));
  }

  /** MNIST's test set. */
  public static Dataset mnistTest(Path folder) {
    return dataset(
        folder.resolve("t10k-images-idx3-ubyte"), folder.resolve("t10k-labels-idx1-ubyte"));
  }

  private static Path plainOrCompressed(Path file) {
    Path compressed = file.resolveSibling(file.getFileName() + ".gz");
    return !Files.exists(file) && Files.exists(compressed) ? compressed : file;
  }
}
