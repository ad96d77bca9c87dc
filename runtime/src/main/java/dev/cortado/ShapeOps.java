package dev.cortado;

import java.util.List;

/** The part of {@link Ops} that reduces, reshapes and moves; inherited like the rest. */
abstract class ShapeOps extends ElementwiseOps {
  ShapeOps() {}

  // ---- Reductions: over the dimensions named, or over all

  /** Reduces and keeps the dimensions with size 1: {@code mean(x, keepDims(1))}. */
  public static KeepDims keepDims(int... dims) {
    return EagerReduction.keepDims(dims);
  }

  public static Tensor sum(Tensor x, int... dims) {
    return EagerReduction.sum(x, dims, false);
  }

  public static Tensor sum(Tensor x, KeepDims dims) {
    return EagerReduction.sum(x, EagerReduction.dims(dims), true);
  }

  public static Tensor mean(Tensor x, int... dims) {
    return EagerReduction.mean(x, dims, false);
  }

  public static Tensor mean(Tensor x, KeepDims dims) {
    return EagerReduction.mean(x, EagerReduction.dims(dims), true);
  }

  public static Tensor max(Tensor x, int... dims) {
    return EagerReduction.max(x, dims, false);
  }

  public static Tensor max(Tensor x, KeepDims dims) {
    return EagerReduction.max(x, EagerReduction.dims(dims), true);
  }

  public static Tensor min(Tensor x, int... dims) {
    return EagerReduction.min(x, dims, false);
  }

  public static Tensor min(Tensor x, KeepDims dims) {
    return EagerReduction.min(x, EagerReduction.dims(dims), true);
  }

  /**
   * The variance of a sample: squared deviations from the mean, summed, divided by {@code n - 1}.
   */
  public static Tensor variance(Tensor x, int... dims) {
    return EagerReduction.variance(x, dims, false, 1);
  }

  public static Tensor variance(Tensor x, KeepDims dims) {
    return EagerReduction.variance(x, EagerReduction.dims(dims), true, 1);
  }

  /** The biased variance, divided by {@code n} (PyTorch's {@code correction=0}); what norms use. */
  public static Tensor populationVariance(Tensor x, int... dims) {
    return EagerReduction.variance(x, dims, false, 0);
  }

  public static Tensor populationVariance(Tensor x, KeepDims dims) {
    return EagerReduction.variance(x, EagerReduction.dims(dims), true, 0);
  }

  /** Index of the largest element along {@code dim}, which is dropped; the first of equal ones. */
  public static Tensor argmax(Tensor x, int dim) {
    return EagerReduction.argmax(x, dim);
  }

  /** The {@code k} largest along the last dimension; of equal ones the first comes first. */
  public static TopK topk(Tensor x, int k) {
    return EagerReduction.topk(x, k);
  }

  // ---- Shape and movement

  /** The same elements in row-major order with another shape; one dimension may be -1. */
  public static Tensor reshape(Tensor x, int... dims) {
    return EagerMovement.reshape(x, dims);
  }

  /** All dimensions but the first as one: {@code [N, ...] → [N, product]}. */
  public static Tensor flatten(Tensor x) {
    return flatten(x, 1);
  }

  /** The dimensions from {@code start} on as one. */
  public static Tensor flatten(Tensor x, int start) {
    return EagerMovement.flatten(x, start);
  }

  /** Without dimension {@code dim}, whose size must be 1. */
  public static Tensor squeeze(Tensor x, int dim) {
    return EagerMovement.squeeze(x, dim);
  }

  /** With a new dimension of size 1 that is dimension {@code dim} of the result. */
  public static Tensor unsqueeze(Tensor x, int dim) {
    return EagerMovement.unsqueeze(x, dim);
  }

  /** Two dimensions exchanged. */
  public static Tensor transpose(Tensor x, int dim0, int dim1) {
    return EagerMovement.transpose(x, dim0, dim1);
  }

  /** Dimension {@code i} of the result is dimension {@code dims[i]} of {@code x}. */
  public static Tensor permute(Tensor x, int... dims) {
    return EagerMovement.permute(x, dims);
  }

  /** Repeated along dimensions of size 1 to the shape given; -1 keeps a size. */
  public static Tensor expand(Tensor x, int... dims) {
    return EagerMovement.expand(x, dims);
  }

  /** One after the other along {@code dim}; all other sizes must agree. */
  public static Tensor concat(int dim, Tensor... tensors) {
    return EagerMovement.concat(dim, List.of(tensors));
  }

  public static Tensor concat(int dim, List<Tensor> tensors) {
    return EagerMovement.concat(dim, tensors);
  }

  /** Tensors of one shape along a new dimension, dimension {@code dim} of the result. */
  public static Tensor stack(int dim, Tensor... tensors) {
    return EagerMovement.stack(dim, List.of(tensors));
  }

  public static Tensor stack(int dim, List<Tensor> tensors) {
    return EagerMovement.stack(dim, tensors);
  }

  /**
   * Cut along {@code dim} into pieces of the sizes given, which must add up. A single size is that
   * of every piece, and the last may be smaller.
   */
  public static List<Tensor> split(Tensor x, int dim, int... sizes) {
    return EagerMovement.split(x, dim, sizes);
  }

  /**
   * Indices {@code from} to {@code to} (exclusive) of {@code dim}; negative ones count from the
   * end.
   */
  public static Tensor slice(Tensor x, int dim, int from, int to) {
    return slice(x, dim, from, to, 1);
  }

  /** Every {@code step}-th index from {@code from} to {@code to} (exclusive) of {@code dim}. */
  public static Tensor slice(Tensor x, int dim, int from, int to, int step) {
    return EagerMovement.slice(x, dim, from, to, step);
  }

  /** Index {@code index} of {@code dim}, which is dropped; a negative one counts from the end. */
  public static Tensor select(Tensor x, int dim, int index) {
    return EagerMovement.select(x, dim, index);
  }

  /** {@code before} and {@code after} zeros added to {@code dim}. */
  public static Tensor pad(Tensor x, int dim, int before, int after) {
    return pad(x, dim, before, after, 0);
  }

  public static Tensor pad(Tensor x, int dim, int before, int after, double value) {
    return EagerMovement.pad(x, dim, before, after, value);
  }
}
