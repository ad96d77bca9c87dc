package dev.cortado;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.IntStream;

/** What makes dimensions smaller or normalises along them. */
final class EagerReduction {
  private EagerReduction() {}

  static KeepDims keepDims(int[] dims) {
    return new KeepDims(Arrays.stream(dims).boxed().toList());
  }

  static int[] dims(KeepDims dims) {
    return dims.dims().stream().mapToInt(Integer::intValue).toArray();
  }

  static Tensor sum(Tensor x, int[] dims, boolean keep) {
    return reduce("sum", x, dims, keep, 0, Double::sum);
  }

  static Tensor mean(Tensor x, int[] dims, boolean keep) {
    Tensor sum = reduce("mean", x, dims, keep, 0, Double::sum);
    return Ops.div(sum, reducedCount("mean", x, dims));
  }

  static Tensor max(Tensor x, int[] dims, boolean keep) {
    requireElements("max", x, dims);
    return reduce("max", x, dims, keep, Double.NEGATIVE_INFINITY, Math::max);
  }

  static Tensor min(Tensor x, int[] dims, boolean keep) {
    requireElements("min", x, dims);
    return reduce("min", x, dims, keep, Double.POSITIVE_INFINITY, Math::min);
  }

  /** Divides by the number of elements less {@code correction}. */
  static Tensor variance(Tensor x, int[] dims, boolean keep, int correction) {
    Tensor deviation = Ops.sub(x, mean(x, dims, true));
    Tensor squares = sum(Ops.mul(deviation, deviation), dims, keep);
    return Ops.div(squares, reducedCount("variance", x, dims) - correction);
  }

  static Tensor softmax(Tensor x, int dim) {
    Tensor shifted = shifted("softmax", x, dim);
    Tensor powers = Ops.exp(shifted);
    return Ops.div(powers, sum(powers, new int[] {dim}, true));
  }

  static Tensor logSoftmax(Tensor x, int dim) {
    Tensor shifted = shifted("logSoftmax", x, dim);
    return Ops.sub(shifted, Ops.log(sum(Ops.exp(shifted), new int[] {dim}, true)));
  }

  /** Less its largest element along {@code dim}, so that no exponential overflows. */
  private static Tensor shifted(String what, Tensor x, int dim) {
    int d = Shapes.dim(what, dim, x.dims());
    return x.count() == 0 ? x : Ops.sub(x, max(x, new int[] {d}, true));
  }

  static Tensor argmax(Tensor x, int dim) {
    int d = Shapes.dim("argmax", dim, x.dims());
    requireElements("argmax", x, new int[] {d});
    return Tensor.build(
        Shapes.without(x.dims(), d),
        i -> {
          int best = 0;
          for (int k = 1; k < x.size(d); k++) {
            if (x.at(Shapes.inserted(i, d, k)) > x.at(Shapes.inserted(i, d, best))) {
              best = k;
            }
          }
          return best;
        });
  }

  static TopK topk(Tensor x, int k) {
    int last = Shapes.dim("topk", -1, x.dims());
    int size = x.size(last);
    if (k < 1 || k > size) {
      throw new IllegalArgumentException(
          "topk expects k from 1 to "
              + size
              + " for "
              + Shapes.text(x.dims())
              + ", but "
              + k
              + " came");
    }
    int[] shape = Shapes.with(x.dims(), last, k);
    double[] values = new double[Shapes.count(shape)];
    double[] indices = new double[values.length];
    for (int row = 0; row < values.length / k; row++) {
      int from = row * size;
      int[] order =
          IntStream.range(0, size)
              .boxed()
              .sorted(Comparator.comparing((Integer i) -> x.data()[from + i]).reversed())
              .mapToInt(Integer::intValue)
              .toArray();
      for (int i = 0; i < k; i++) {
        values[row * k + i] = x.data()[from + order[i]];
        indices[row * k + i] = order[i];
      }
    }
    return new TopK(new Tensor(shape, values), new Tensor(shape, indices));
  }

  private static Tensor reduce(
      String what, Tensor x, int[] dims, boolean keep, double start, DoubleBinaryOperator combine) {
    boolean[] chosen = Shapes.chosen(what, dims, x.dims());
    int[] kept = x.shape();
    for (int d = 0; d < kept.length; d++) {
      kept[d] = chosen[d] ? 1 : kept[d];
    }
    double[] values = new double[Shapes.count(kept)];
    Arrays.fill(values, start);
    int[] index = new int[kept.length];
    for (double value : x.data()) {
      int to = Shapes.broadcastOffset(index, kept);
      values[to] = combine.applyAsDouble(values[to], value);
      Shapes.next(index, x.dims());
    }
    return new Tensor(keep ? kept : remaining(x.dims(), chosen), values);
  }

  private static int[] remaining(int[] shape, boolean[] dropped) {
    return IntStream.range(0, shape.length).filter(d -> !dropped[d]).map(d -> shape[d]).toArray();
  }

  /** How many elements go into one of the result. */
  private static int reducedCount(String what, Tensor x, int[] dims) {
    boolean[] chosen = Shapes.chosen(what, dims, x.dims());
    int count = 1;
    for (int d = 0; d < chosen.length; d++) {
      count *= chosen[d] ? x.dims()[d] : 1;
    }
    return count;
  }

  private static void requireElements(String what, Tensor x, int[] dims) {
    if (reducedCount(what, x, dims) == 0) {
      throw new IllegalArgumentException(
          what
              + " expects at least one element to choose from, but "
              + Shapes.text(x.dims())
              + " came");
    }
  }
}
