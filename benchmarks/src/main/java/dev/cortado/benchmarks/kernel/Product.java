package dev.cortado.benchmarks.kernel;

import java.util.Locale;

/**
 * The shape of a matrix product, written {@code 64x120x1600 NT}: m, n, k, and for each operand N,
 * or T where it is stored transposed.
 */
record Product(int m, int n, int k, boolean transposeA, boolean transposeB) {
  static Product parse(String text) {
    String[] parts = text.split(" ", 2);
    String[] sizes = parts[0].toLowerCase(Locale.ROOT).split("x", 3);
    return new Product(
        Integer.parseInt(sizes[0]),
        Integer.parseInt(sizes[1]),
        Integer.parseInt(sizes[2]),
        parts[1].charAt(0) == 'T',
        parts[1].charAt(1) == 'T');
  }

  /** Floating-point operations. */
  double operations() {
    return 2.0 * m * n * k;
  }

  /** Floats from one row of the first operand, as it is stored, to the next. */
  int strideA() {
    return transposeA ? m : k;
  }

  int strideB() {
    return transposeB ? k : n;
  }
}
