package dev.cortado.compiled;

import dev.cortado.Port;
import dev.cortado.compiled.Ports.IndexRange;
import java.util.Arrays;

/** Looks at everything a caller hands in before anything is computed. */
final class Checks {
  private final CompiledNetwork network;
  private final Ports ports;

  Checks(CompiledNetwork network) {
    this.network = network;
    this.ports = network.ports();
  }

  /** The arena for a purpose, or an error that says how much it would take. */
  static float[] allocate(String what, long floats, int maxBatch) {
    if (maxBatch < 1) {
      throw new IllegalArgumentException(
          what + ": maxBatch must be at least 1, but is " + maxBatch);
    }
    if (floats > Integer.MAX_VALUE - 16) {
      throw new IllegalArgumentException(
          what
              + " for "
              + maxBatch
              + " samples needs "
              + floats
              + " floats, more than one array holds; use a smaller maxBatch");
    }
    return new float[(int) floats];
  }

  void batch(int n, int maxBatch) {
    if (n < 0 || n > maxBatch) {
      throw new IllegalArgumentException(
          network.name()
              + ": expected at most "
              + maxBatch
              + " samples, but got "
              + n
              + "; ask for a larger maxBatch");
    }
  }

  void sizes(int n, int[] sizes) {
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] < 1 || sizes[i] > network.maxima()[i]) {
        throw new IllegalArgumentException(
            network.name()
                + ": "
                + ports.symbols().get(i)
                + " must be from 1 to "
                + network.maxima()[i]
                + ", but is "
                + sizes[i]
                + "; the maximum is set when the network is created");
      }
    }
    String unmet = network.unmet(n, sizes);
    if (n > 0 && !unmet.isEmpty()) {
      throw new IllegalArgumentException(
          network.name()
              + ": "
              + unmet
              + ", but "
              + ports.symbols()
              + " = "
              + Arrays.toString(sizes));
    }
  }

  /** At least as many elements as {@code n} samples need, from {@code at} on. */
  void length(int port, int length, int at, int n, int[] sizes) {
    long needed = network.elements(port, n, sizes);
    if (length - at < needed) {
      throw wrong(port, "at least " + needed + " elements for " + n + " samples", length - at);
    }
  }

  /** Exactly as many elements as {@code n} samples need. */
  void exactly(int port, int length, int n, int[] sizes) {
    long needed = network.elements(port, n, sizes);
    if (length != needed) {
      throw wrong(port, needed + " elements for " + samples(n), length);
    }
  }

  private static String samples(int n) {
    return n == 1 ? "one sample" : n + " samples";
  }

  private IllegalArgumentException wrong(int port, String expected, int got) {
    Port p = ports.port(port);
    return new IllegalArgumentException(
        network.name()
            + ": "
            + p.name()
            + " "
            + p.shape()
            + ": expected "
            + expected
            + ", but got "
            + got);
  }

  /** The number of samples in an array of {@code length} elements. */
  int samples(int port, int length, int[] sizes) {
    long one = network.elements(port, 1, sizes);
    if (one == 0 || length % one != 0) {
      throw wrong(port, "a multiple of " + one + " elements", length);
    }
    return (int) (length / one);
  }

  void values(int port, float[] values, int at, int n, int[] sizes) {
    if (!network.rejectsNaN()) {
      return;
    }
    int end = at + (int) network.elements(port, n, sizes);
    for (int i = at; i < end; i++) {
      if (Float.isNaN(values[i])) {
        throw new IllegalArgumentException(
            network.name() + ": " + ports.port(port).name() + " holds NaN at element " + (i - at));
      }
    }
  }

  void values(int port, int[] values, int at, int n, int[] sizes) {
    for (int r = 0; r < ports.ranges().size(); r++) {
      IndexRange range = ports.ranges().get(r);
      if (range.port() == port) {
        int end = at + (int) network.elements(port, n, sizes);
        for (int i = at; i < end; i++) {
          int value = values[i];
          if ((value < 0 || value >= range.count()) && value != range.ignored()) {
            throw new IllegalArgumentException(
                network.name()
                    + ": "
                    + ports.port(port).name()
                    + ": expected values from 0 to "
                    + (range.count() - 1)
                    + ", but element "
                    + (i - at)
                    + " is "
                    + value);
          }
        }
      }
    }
  }
}
