package dev.cortado;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The same elements elsewhere: each result is given by where its index reads. */
final class EagerMovement {
  private EagerMovement() {}

  static Tensor reshape(Tensor x, int[] dims) {
    int[] shape = dims.clone();
    int open = -1;
    int known = 1;
    for (int d = 0; d < dims.length; d++) {
      if (dims[d] == -1 && open < 0) {
        open = d;
      } else if (dims[d] < 0) {
        throw new IllegalArgumentException(
            "reshape expects sizes of at least 0 and at most one -1, but "
                + Shapes.text(dims)
                + " came");
      } else {
        known *= dims[d];
      }
    }
    if (open >= 0 && known > 0) {
      shape[open] = x.count() / known;
    }
    if ((open >= 0 && known == 0) || Shapes.count(shape) != x.count()) {
      throw new IllegalArgumentException(
          "reshape expects a shape of the "
              + x.count()
              + " elements of "
              + Shapes.text(x.dims())
              + ", but "
              + Shapes.text(dims)
              + " came");
    }
    return new Tensor(shape, x.toDoubles());
  }

  static Tensor flatten(Tensor x, int start) {
    int from = Shapes.dim("flatten", start, x.dims());
    int[] shape = Arrays.copyOf(x.dims(), from + 1);
    shape[from] = Shapes.count(Arrays.copyOfRange(x.dims(), from, x.rank()));
    return new Tensor(shape, x.toDoubles());
  }

  static Tensor squeeze(Tensor x, int dim) {
    int d = Shapes.dim("squeeze", dim, x.dims());
    if (x.size(d) != 1) {
      throw new IllegalArgumentException(
          "squeeze expects size 1 in dimension "
              + dim
              + ", but "
              + Shapes.text(x.dims())
              + " came");
    }
    return new Tensor(Shapes.without(x.dims(), d), x.toDoubles());
  }

  static Tensor unsqueeze(Tensor x, int dim) {
    return new Tensor(
        Shapes.inserted(x.dims(), newDim("unsqueeze", dim, x.dims()), 1), x.toDoubles());
  }

  static Tensor transpose(Tensor x, int dim0, int dim1) {
    int[] order = IntStream.range(0, x.rank()).toArray();
    int a = Shapes.dim("transpose", dim0, x.dims());
    int b = Shapes.dim("transpose", dim1, x.dims());
    order[a] = b;
    order[b] = a;
    return permute(x, order);
  }

  static Tensor permute(Tensor x, int[] dims) {
    int[] order = Arrays.stream(dims).map(d -> Shapes.dim("permute", d, x.dims())).toArray();
    if (dims.length != x.rank() || Arrays.stream(order).distinct().count() != dims.length) {
      throw new IllegalArgumentException(
          "permute expects each dimension of "
              + Shapes.text(x.dims())
              + " once, but "
              + Shapes.text(dims)
              + " came");
    }
    int[] shape = Arrays.stream(order).map(x::size).toArray();
    int[] from = new int[order.length];
    return Tensor.build(
        shape,
        i -> {
          for (int d = 0; d < order.length; d++) {
            from[order[d]] = i[d];
          }
          return x.at(from);
        });
  }

  static Tensor expand(Tensor x, int[] dims) {
    int[] shape = dims.clone();
    int skip = dims.length - x.rank();
    boolean fits = skip >= 0;
    for (int d = 0; fits && d < dims.length; d++) {
      int own = d < skip ? 1 : x.size(d - skip);
      shape[d] = dims[d] == -1 && d >= skip ? own : dims[d];
      fits = shape[d] >= 0 && (own == 1 || own == shape[d]);
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "expand expects a shape that differs from "
              + Shapes.text(x.dims())
              + " only where that is 1 or has no dimension, but "
              + Shapes.text(dims)
              + " came");
    }
    return Tensor.build(shape, i -> x.data()[Shapes.broadcastOffset(i, x.dims())]);
  }

  static Tensor concat(int dim, List<Tensor> tensors) {
    if (tensors.isEmpty()) {
      throw new IllegalArgumentException("concat expects at least one tensor, but none came");
    }
    int[] first = tensors.getFirst().dims();
    int d = Shapes.dim("concat", dim, first);
    int total = 0;
    for (Tensor t : tensors) {
      if (t.rank() != first.length
          || !Arrays.equals(Shapes.with(t.dims(), d, 0), Shapes.with(first, d, 0))) {
        throw new IllegalArgumentException(
            "concat expects equal sizes in all dimensions but "
                + dim
                + ", but "
                + Shapes.text(first)
                + " and "
                + Shapes.text(t.dims())
                + " came");
      }
      total += t.size(d);
    }
    return Tensor.build(Shapes.with(first, d, total), i -> concatenated(tensors, d, i));
  }

  private static double concatenated(List<Tensor> tensors, int d, int[] index) {
    int at = index[d];
    for (Tensor t : tensors) {
      if (at < t.size(d)) {
        return t.at(Shapes.with(index, d, at));
      }
      at -= t.size(d);
    }
    throw new AssertionError("index beyond the last tensor");
  }

  static Tensor stack(int dim, List<Tensor> tensors) {
    if (tensors.isEmpty()) {
      throw new IllegalArgumentException("stack expects at least one tensor, but none came");
    }
    int[] first = tensors.getFirst().dims();
    for (Tensor t : tensors) {
      if (!Arrays.equals(first, t.dims())) {
        throw new IllegalArgumentException(
            "stack expects tensors of one shape, but "
                + Shapes.text(first)
                + " and "
                + Shapes.text(t.dims())
                + " came");
      }
    }
    int d = newDim("stack", dim, first);
    return Tensor.build(
        Shapes.inserted(first, d, tensors.size()), i -> tensors.get(i[d]).at(Shapes.without(i, d)));
  }

  static List<Tensor> split(Tensor x, int dim, int[] sizes) {
    int d = Shapes.dim("split", dim, x.dims());
    int[] pieces = sizes.length == 1 ? equalPieces(x.size(d), sizes[0]) : sizes;
    if (Arrays.stream(pieces).anyMatch(s -> s < 0) || Arrays.stream(pieces).sum() != x.size(d)) {
      throw new IllegalArgumentException(
          "split expects sizes that add up to the "
              + x.size(d)
              + " of dimension "
              + dim
              + " of "
              + Shapes.text(x.dims())
              + ", but "
              + Shapes.text(sizes)
              + " came");
    }
    List<Tensor> parts = new ArrayList<>();
    int from = 0;
    for (int size : pieces) {
      parts.add(slice(x, d, from, from + size, 1));
      from += size;
    }
    return List.copyOf(parts);
  }

  private static int[] equalPieces(int total, int size) {
    if (size < 1) {
      throw new IllegalArgumentException(
          "split expects pieces of at least 1, but " + size + " came");
    }
    int count = (total + size - 1) / size;
    return IntStream.range(0, count).map(i -> Math.min(size, total - i * size)).toArray();
  }

  static Tensor slice(Tensor x, int dim, int from, int to, int step) {
    int d = Shapes.dim("slice", dim, x.dims());
    int size = x.size(d);
    int start = from < 0 ? from + size : from;
    int end = to < 0 ? to + size : to;
    if (start < 0 || end < start || size < end || step < 1) {
      throw new IllegalArgumentException(
          "slice expects 0 <= from <= to <= "
              + size
              + " and a step of at least 1 for dimension "
              + dim
              + " of "
              + Shapes.text(x.dims())
              + ", but from "
              + from
              + " to "
              + to
              + " by "
              + step
              + " came");
    }
    int count = (end - start + step - 1) / step;
    return Tensor.build(
        Shapes.with(x.dims(), d, count), i -> x.at(Shapes.with(i, d, start + i[d] * step)));
  }

  static Tensor select(Tensor x, int dim, int index) {
    int d = Shapes.dim("select", dim, x.dims());
    int at = index < 0 ? index + x.size(d) : index;
    if (at < 0 || at >= x.size(d)) {
      throw new IllegalArgumentException(
          "select expects an index from "
              + -x.size(d)
              + " to "
              + (x.size(d) - 1)
              + " for dimension "
              + dim
              + " of "
              + Shapes.text(x.dims())
              + ", but "
              + index
              + " came");
    }
    return Tensor.build(Shapes.without(x.dims(), d), i -> x.at(Shapes.inserted(i, d, at)));
  }

  static Tensor pad(Tensor x, int dim, int before, int after, double value) {
    int d = Shapes.dim("pad", dim, x.dims());
    if (before < 0 || after < 0) {
      throw new IllegalArgumentException(
          "pad expects counts of at least 0, but "
              + before
              + " and "
              + after
              + " came; slice makes a tensor smaller");
    }
    int size = x.size(d);
    return Tensor.build(
        Shapes.with(x.dims(), d, before + size + after),
        i -> {
          int at = i[d] - before;
          return at < 0 || at >= size ? value : x.at(Shapes.with(i, d, at));
        });
  }

  /** Where a new dimension goes, of one more dimension than {@code shape} has. */
  static int newDim(String what, int dim, int[] shape) {
    return Shapes.dim(what, dim, Shapes.inserted(shape, 0, 1));
  }
}
