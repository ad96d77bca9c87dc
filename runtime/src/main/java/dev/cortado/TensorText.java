package dev.cortado;

import java.util.Locale;

/** How a tensor is shown: {@code Tensor [2, 3] {{1, 2, 3}, {4, 5, 6}}}. */
final class TensorText {
  private static final int MOST_VALUES = 1000;
  private static final int EDGE = 3;

  private final Tensor tensor;
  private final boolean shortened;
  private final StringBuilder out = new StringBuilder();

  private TensorText(Tensor tensor) {
    this.tensor = tensor;
    this.shortened = tensor.count() > MOST_VALUES;
  }

  static String of(Tensor tensor) {
    TensorText text = new TensorText(tensor);
    text.out.append("Tensor ").append(Shapes.text(tensor.dims())).append(' ');
    text.append(0, 0);
    return text.out.toString();
  }

  /** The part of the tensor whose leading indices are given, combined row-major, as {@code row}. */
  private void append(int dim, int row) {
    if (dim == tensor.rank()) {
      out.append(number(tensor.data()[row]));
      return;
    }
    int size = tensor.dims()[dim];
    out.append('{');
    for (int i = 0; i < size; i++) {
      if (i > 0) {
        out.append(", ");
      }
      if (shortened && size > 2 * EDGE && i == EDGE) {
        out.append("…, ");
        i = size - EDGE;
      }
      append(dim + 1, row * size + i);
    }
    out.append('}');
  }

  private static String number(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return Long.toString((long) value);
    }
    return String.format(Locale.ROOT, "%.6g", value);
  }
}
