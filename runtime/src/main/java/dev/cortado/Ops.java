package dev.cortado;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a model, for {@code import static dev.cortado.Ops.*}. Called directly they
 * compute on eager float64 {@link Tensor}s; inside a model the compiler turns each call into
 * generated code.
 *
 * <p>Element-wise operations broadcast as in NumPy: shapes are aligned at the end, and a size of 1
 * (or a missing dimension) is repeated. Losses never broadcast. Negative dimensions count from the
 * end. Names and defaults are PyTorch's; a difference is documented at the method. Arguments that
 * do not fit raise an {@link IllegalArgumentException} that says what was expected, what came and
 * what to do.
 */
public final class Ops {
  private Ops() {}

  // ---- Creation

  /** Ones; without dimensions the scalar 1. */
  public static Tensor ones(int... dims) {
    return EagerCreation.full(1, dims);
  }

  /** Zeros; without dimensions the scalar 0. */
  public static Tensor zeros(int... dims) {
    return EagerCreation.full(0, dims);
  }

  /** The same value everywhere; without dimensions a scalar. */
  public static Tensor full(double value, int... dims) {
    return EagerCreation.full(value, dims);
  }

  /** Random values in {@code [low, high)}, for {@code @Param} fields; see {@link Eager#seed}. */
  public static Tensor uniform(double low, double high, int... dims) {
    return EagerCreation.uniform(low, high, dims);
  }

  /** Normally distributed random values, for {@code @Param} fields; see {@link Eager#seed}. */
  public static Tensor normal(double mean, double deviation, int... dims) {
    return EagerCreation.normal(mean, deviation, dims);
  }

  /** {@code [0, 1, …, count - 1]}, of shape {@code [count]}. */
  public static Tensor arange(int count) {
    return EagerCreation.arange(0, count);
  }

  /** {@code [from, from + 1, …, to - 1]}, of shape {@code [to - from]}. */
  public static Tensor arange(int from, int to) {
    return EagerCreation.arange(from, to);
  }

  /** The identity matrix, {@code [n, n]}. */
  public static Tensor eye(int n) {
    return EagerCreation.eye(n);
  }

  /** 1 on and below the diagonal, 0 above: {@code [rows, columns]}. A causal mask. */
  public static Tensor lowerTriangle(int rows, int columns) {
    return EagerCreation.lowerTriangle(rows, columns);
  }

  /** 1 at the label's place, else 0: {@code [...] → [..., classes]}. Labels must be in range. */
  public static Tensor oneHot(Labels labels, int classes) {
    return EagerLookup.oneHot(labels.indices(), classes);
  }

  /** 1 at the index, else 0: {@code [...] → [..., classes]}. Indices must be in range. */
  public static Tensor oneHot(IntTensor indices, int classes) {
    return EagerLookup.oneHot(indices, classes);
  }

  /** Rows of {@code table [rows, features]}: {@code indices [...] → [..., features]}. */
  public static Tensor embedding(Tensor table, IntTensor indices) {
    return EagerLookup.embedding(table, indices);
  }

  // ---- Arithmetic, element by element with broadcasting

  public static Tensor add(Tensor a, Tensor b) {
    return EagerElementwise.zip("add", (x, y) -> x + y, a, b);
  }

  public static Tensor add(Tensor a, double b) {
    return add(a, Tensor.scalar(b));
  }

  public static Tensor add(double a, Tensor b) {
    return add(Tensor.scalar(a), b);
  }

  /** {@code a - b}. */
  public static Tensor sub(Tensor a, Tensor b) {
    return EagerElementwise.zip("sub", (x, y) -> x - y, a, b);
  }

  public static Tensor sub(Tensor a, double b) {
    return sub(a, Tensor.scalar(b));
  }

  public static Tensor sub(double a, Tensor b) {
    return sub(Tensor.scalar(a), b);
  }

  /** The product element by element; {@link #matmul} is the matrix product. */
  public static Tensor mul(Tensor a, Tensor b) {
    return EagerElementwise.zip("mul", (x, y) -> x * y, a, b);
  }

  public static Tensor mul(Tensor a, double b) {
    return mul(a, Tensor.scalar(b));
  }

  public static Tensor mul(double a, Tensor b) {
    return mul(Tensor.scalar(a), b);
  }

  /** {@code a / b}. */
  public static Tensor div(Tensor a, Tensor b) {
    return EagerElementwise.zip("div", (x, y) -> x / y, a, b);
  }

  public static Tensor div(Tensor a, double b) {
    return div(a, Tensor.scalar(b));
  }

  public static Tensor div(double a, Tensor b) {
    return div(Tensor.scalar(a), b);
  }

  /** {@code x} to the power {@code y}. */
  public static Tensor pow(Tensor x, Tensor y) {
    return EagerElementwise.zip("pow", Math::pow, x, y);
  }

  public static Tensor pow(Tensor x, double y) {
    return pow(x, Tensor.scalar(y));
  }

  public static Tensor pow(double x, Tensor y) {
    return pow(Tensor.scalar(x), y);
  }

  /** The larger of two, element by element; {@link #max} reduces. */
  public static Tensor maximum(Tensor a, Tensor b) {
    return EagerElementwise.zip("maximum", Math::max, a, b);
  }

  public static Tensor maximum(Tensor a, double b) {
    return maximum(a, Tensor.scalar(b));
  }

  public static Tensor maximum(double a, Tensor b) {
    return maximum(Tensor.scalar(a), b);
  }

  /** The smaller of two, element by element; {@link #min} reduces. */
  public static Tensor minimum(Tensor a, Tensor b) {
    return EagerElementwise.zip("minimum", Math::min, a, b);
  }

  public static Tensor minimum(Tensor a, double b) {
    return minimum(a, Tensor.scalar(b));
  }

  public static Tensor minimum(double a, Tensor b) {
    return minimum(Tensor.scalar(a), b);
  }

  public static Tensor neg(Tensor x) {
    return EagerElementwise.each(v -> -v, x);
  }

  public static Tensor abs(Tensor x) {
    return EagerElementwise.each(Math::abs, x);
  }

  public static Tensor exp(Tensor x) {
    return EagerElementwise.each(Math::exp, x);
  }

  /** The natural logarithm. */
  public static Tensor log(Tensor x) {
    return EagerElementwise.each(Math::log, x);
  }

  /** {@code log(1 + x)}, accurate near 0. */
  public static Tensor log1p(Tensor x) {
    return EagerElementwise.each(Math::log1p, x);
  }

  public static Tensor sqrt(Tensor x) {
    return EagerElementwise.each(Math::sqrt, x);
  }

  /** {@code 1 / sqrt(x)}. */
  public static Tensor rsqrt(Tensor x) {
    return EagerElementwise.each(v -> 1 / Math.sqrt(v), x);
  }

  /** {@code x} cut to {@code [low, high]}. */
  public static Tensor clamp(Tensor x, double low, double high) {
    return EagerElementwise.clamp(x, low, high);
  }

  // ---- Masks: 1 where it holds, else 0

  public static Tensor less(Tensor a, Tensor b) {
    return EagerElementwise.zip("less", (x, y) -> x < y ? 1 : 0, a, b);
  }

  public static Tensor less(Tensor a, double b) {
    return less(a, Tensor.scalar(b));
  }

  public static Tensor lessEqual(Tensor a, Tensor b) {
    return EagerElementwise.zip("lessEqual", (x, y) -> x <= y ? 1 : 0, a, b);
  }

  public static Tensor lessEqual(Tensor a, double b) {
    return lessEqual(a, Tensor.scalar(b));
  }

  public static Tensor greater(Tensor a, Tensor b) {
    return EagerElementwise.zip("greater", (x, y) -> x > y ? 1 : 0, a, b);
  }

  public static Tensor greater(Tensor a, double b) {
    return greater(a, Tensor.scalar(b));
  }

  public static Tensor greaterEqual(Tensor a, Tensor b) {
    return EagerElementwise.zip("greaterEqual", (x, y) -> x >= y ? 1 : 0, a, b);
  }

  public static Tensor greaterEqual(Tensor a, double b) {
    return greaterEqual(a, Tensor.scalar(b));
  }

  public static Tensor equal(Tensor a, Tensor b) {
    return EagerElementwise.zip("equal", (x, y) -> x == y ? 1 : 0, a, b);
  }

  public static Tensor equal(Tensor a, double b) {
    return equal(a, Tensor.scalar(b));
  }

  public static Tensor notEqual(Tensor a, Tensor b) {
    return EagerElementwise.zip("notEqual", (x, y) -> x != y ? 1 : 0, a, b);
  }

  public static Tensor notEqual(Tensor a, double b) {
    return notEqual(a, Tensor.scalar(b));
  }

  /** {@code a} where the mask is not 0, else {@code b}; the three broadcast together. */
  public static Tensor where(Tensor mask, Tensor a, Tensor b) {
    return EagerElementwise.zip("where", (m, x, y) -> m != 0 ? x : y, mask, a, b);
  }

  public static Tensor where(Tensor mask, Tensor a, double b) {
    return where(mask, a, Tensor.scalar(b));
  }

  public static Tensor where(Tensor mask, double a, Tensor b) {
    return where(mask, Tensor.scalar(a), b);
  }

  public static Tensor where(Tensor mask, double a, double b) {
    return where(mask, Tensor.scalar(a), Tensor.scalar(b));
  }

  // ---- Activations

  /** {@code max(x, 0)}. */
  public static Tensor relu(Tensor x) {
    return EagerElementwise.each(v -> Math.max(v, 0), x);
  }

  /** {@code x} above 0, else {@code 0.01 x}. */
  public static Tensor leakyRelu(Tensor x) {
    return leakyRelu(x, 0.01);
  }

  /** {@code x} above 0, else {@code slope * x}. */
  public static Tensor leakyRelu(Tensor x, double slope) {
    return EagerElementwise.each(v -> v > 0 ? v : slope * v, x);
  }

  /** {@code x} above 0, else {@code exp(x) - 1}. */
  public static Tensor elu(Tensor x) {
    return elu(x, 1);
  }

  /** {@code x} above 0, else {@code alpha * (exp(x) - 1)}. */
  public static Tensor elu(Tensor x, double alpha) {
    return EagerElementwise.each(v -> v > 0 ? v : alpha * Math.expm1(v), x);
  }

  /**
   * Scaled elu, {@code scale * (x above 0, else alpha * (exp(x) - 1))} (Klambauer et al., 2017).
   */
  public static Tensor selu(Tensor x) {
    return EagerElementwise.each(EagerFunctions::selu, x);
  }

  /** {@code x * sigmoid(x)}, also called swish. */
  public static Tensor silu(Tensor x) {
    return EagerElementwise.each(v -> v * EagerFunctions.sigmoid(v), x);
  }

  /** {@code x * Φ(x) = x / 2 * (1 + erf(x / √2))}. */
  public static Tensor gelu(Tensor x) {
    return EagerElementwise.each(EagerFunctions::gelu, x);
  }

  /** Gelu's approximation {@code x / 2 * (1 + tanh(√(2/π) * (x + 0.044715 x³)))}. */
  public static Tensor geluTanh(Tensor x) {
    return EagerElementwise.each(EagerFunctions::geluTanh, x);
  }

  /** {@code 1 / (1 + exp(-x))}. */
  public static Tensor sigmoid(Tensor x) {
    return EagerElementwise.each(EagerFunctions::sigmoid, x);
  }

  /** {@code log(1 + exp(x))}. */
  public static Tensor softplus(Tensor x) {
    return EagerElementwise.each(EagerFunctions::softplus, x);
  }

  public static Tensor tanh(Tensor x) {
    return EagerElementwise.each(Math::tanh, x);
  }

  /** {@code x / 6 + 1 / 2} cut to {@code [0, 1]}. */
  public static Tensor hardSigmoid(Tensor x) {
    return EagerElementwise.each(EagerFunctions::hardSigmoid, x);
  }

  /** {@code x * hardSigmoid(x)}. */
  public static Tensor hardSwish(Tensor x) {
    return EagerElementwise.each(v -> v * EagerFunctions.hardSigmoid(v), x);
  }

  /** {@code exp(x)} divided by its sum along {@code dim}. */
  public static Tensor softmax(Tensor x, int dim) {
    return EagerReduction.softmax(x, dim);
  }

  /** {@code log(softmax(x, dim))}, computed without leaving the range of numbers. */
  public static Tensor logSoftmax(Tensor x, int dim) {
    return EagerReduction.logSoftmax(x, dim);
  }

  /**
   * In training, elements are 0 with probability {@code p} and the others are divided by {@code 1 -
   * p}; else {@code x} itself. Eager execution trains only inside {@link Eager#training}.
   */
  public static Tensor dropout(Tensor x, double p) {
    return EagerCreation.dropout(x, p);
  }

  // ---- Functions of the user's own

  /** {@code f} of each element. Eagerly it is given the element rounded to {@code float}. */
  public static Tensor map(ScalarFunction f, Tensor x) {
    return EagerElementwise.each(v -> f.of((float) v), x);
  }

  /** {@code f} of each pair of elements, with broadcasting. */
  public static Tensor map(ScalarFunction2 f, Tensor x, Tensor y) {
    return EagerElementwise.zip("map", (v, w) -> f.of((float) v, (float) w), x, y);
  }

  /** {@code f} of each three elements, with broadcasting. */
  public static Tensor map(ScalarFunction3 f, Tensor x, Tensor y, Tensor z) {
    return EagerElementwise.zip("map", (u, v, w) -> f.of((float) u, (float) v, (float) w), x, y, z);
  }

  /**
   * Runs a recurrence along a dimension of {@code xs} and returns the last state.
   *
   * @param step {@code (state, x) -> state}, {@code x} being a slice of {@code xs} without {@code
   *     dim}
   * @param state the state before the first step: a {@code Tensor} or a record of tensors
   */
  public static <S> S scan(ScanStep<S> step, S state, Tensor xs, int dim) {
    return EagerScan.last(step, state, xs, dim);
  }

  /**
   * Like {@link #scan}, but returns all states, the first step's first, stacked along a new
   * dimension {@code dim} (of a record, each component): for states {@code [N, H]} and {@code dim}
   * 1, {@code [N, T, H]}.
   */
  public static <S> S scanAll(ScanStep<S> step, S state, Tensor xs, int dim) {
    return EagerScan.all(step, state, xs, dim);
  }

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

  // ---- Contractions

  /**
   * The matrix product: {@code [..., m, k] × [..., k, n] → [..., m, n]}; leading dimensions
   * broadcast. A vector {@code [k]} on the left counts as {@code [1, k]}, on the right as {@code
   * [k, 1]}, and that dimension is dropped from the result.
   */
  public static Tensor matmul(Tensor a, Tensor b) {
    return EagerContraction.matmul(a, b);
  }

  /** {@code x [N, C, L]}, {@code weight [out, C, k]} → {@code [N, out, L - k + 1]}. */
  public static Tensor conv1d(Tensor x, Tensor weight) {
    return conv1d(x, weight, null, 1, 0, 1, 1);
  }

  /** With {@code bias [out]}. */
  public static Tensor conv1d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return conv1d(x, weight, bias, 1, 0, 1, 1);
  }

  /**
   * {@code x [N, C, L]}, {@code weight [out, C / groups, k]}, {@code bias [out]} or null → {@code
   * [N, out, (L + 2 padding - dilation (k - 1) - 1) / stride + 1]}.
   */
  public static Tensor conv1d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int stride,
      int padding,
      int dilation,
      int groups) {
    return EagerConvolution.conv1d(x, weight, bias, stride, new int[] {padding}, dilation, groups);
  }

  /** With {@code padding} {@code {left, right}}. */
  public static Tensor conv1d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int stride,
      int[] padding,
      int dilation,
      int groups) {
    return EagerConvolution.conv1d(x, weight, bias, stride, padding, dilation, groups);
  }

  /**
   * {@code x [N, C, H, W]}, {@code weight [out, C, kh, kw]} → {@code [N, out, H - kh + 1, W - kw +
   * 1]}.
   */
  public static Tensor conv2d(Tensor x, Tensor weight) {
    return conv2d(x, weight, null, 1, 0, 1, 1);
  }

  /** With {@code bias [out]}. */
  public static Tensor conv2d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return conv2d(x, weight, bias, 1, 0, 1, 1);
  }

  /** The options of the full form, the same in both directions. */
  public static Tensor conv2d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int stride,
      int padding,
      int dilation,
      int groups) {
    return conv2d(
        x,
        weight,
        bias,
        new int[] {stride, stride},
        new int[] {padding, padding},
        new int[] {dilation, dilation},
        groups);
  }

  /**
   * {@code x [N, C, H, W]}, {@code weight [out, C / groups, kh, kw]}, {@code bias [out]} or null →
   * {@code [N, out, OH, OW]}, where {@code OH = (H + top + bottom - dilation (kh - 1) - 1) / stride
   * + 1}, rounded down.
   *
   * @param stride {@code {vertical, horizontal}}
   * @param padding {@code {vertical, horizontal}} on both sides, or {@code {top, bottom, left,
   *     right}}
   * @param dilation {@code {vertical, horizontal}}
   * @param groups divides the channels of input and output; each group sees its own channels only
   */
  public static Tensor conv2d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int[] stride,
      int[] padding,
      int[] dilation,
      int groups) {
    return EagerConvolution.conv2d(x, weight, bias, stride, padding, dilation, groups);
  }

  /** The options of the full form, the same in both directions; no output padding. */
  public static Tensor convTranspose2d(
      Tensor x, Tensor weight, @Nullable Tensor bias, int stride, int padding) {
    return convTranspose2d(
        x,
        weight,
        bias,
        new int[] {stride, stride},
        new int[] {padding, padding},
        new int[] {0, 0},
        new int[] {1, 1},
        1);
  }

  /**
   * The transposed convolution: {@code x [N, C, H, W]}, {@code weight [C, out / groups, kh, kw]},
   * {@code bias [out]} or null → {@code [N, out, OH, OW]}, where {@code OH = (H - 1) stride - 2
   * padding + dilation (kh - 1) + outputPadding + 1}. All arrays are {@code {vertical,
   * horizontal}}.
   *
   * @param outputPadding rows and columns added at bottom and right; less than stride or dilation
   */
  public static Tensor convTranspose2d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int[] stride,
      int[] padding,
      int[] outputPadding,
      int[] dilation,
      int groups) {
    return EagerConvolution.convTranspose2d(
        x, weight, bias, stride, padding, outputPadding, dilation, groups);
  }

  // ---- Pooling of [N, C, H, W]

  /** Windows of {@code size × size}, side by side. */
  public static Tensor maxPool2d(Tensor x, int size) {
    return maxPool2d(x, size, size, 0);
  }

  public static Tensor maxPool2d(Tensor x, int size, int stride) {
    return maxPool2d(x, size, stride, 0);
  }

  public static Tensor maxPool2d(Tensor x, int size, int stride, int padding) {
    return EagerPooling.max(
        x, new int[] {size, size}, new int[] {stride, stride}, new int[] {padding, padding});
  }

  /**
   * The largest element of each window: {@code OH = (H + 2 padding - size) / stride + 1}, rounded
   * down. Padding is at most half the size and never the largest. All arrays are {@code {vertical,
   * horizontal}}.
   */
  public static Tensor maxPool2d(Tensor x, int[] size, int[] stride, int[] padding) {
    return EagerPooling.max(x, size, stride, padding);
  }

  /** Windows of {@code size × size}, side by side. */
  public static Tensor avgPool2d(Tensor x, int size) {
    return avgPool2d(x, size, size, 0);
  }

  public static Tensor avgPool2d(Tensor x, int size, int stride) {
    return avgPool2d(x, size, stride, 0);
  }

  public static Tensor avgPool2d(Tensor x, int size, int stride, int padding) {
    return EagerPooling.average(
        x, new int[] {size, size}, new int[] {stride, stride}, new int[] {padding, padding});
  }

  /**
   * The mean of each window, shaped as by {@link #maxPool2d(Tensor, int[], int[], int[])}. Padding
   * counts as zeros.
   */
  public static Tensor avgPool2d(Tensor x, int[] size, int[] stride, int[] padding) {
    return EagerPooling.average(x, size, stride, padding);
  }

  /**
   * Means of windows such that the result is {@code [N, C, height, width]}: row {@code i} covers
   * the rows from {@code ⌊i H / height⌋} to {@code ⌈(i + 1) H / height⌉} (exclusive).
   */
  public static Tensor adaptiveAvgPool2d(Tensor x, int height, int width) {
    return EagerPooling.adaptiveAverage(x, height, width);
  }

  /** The mean of each channel: {@code [N, C, H, W] → [N, C]}. */
  public static Tensor globalAvgPool2d(Tensor x) {
    return EagerPooling.globalAverage(x);
  }

  // ---- Losses: a scalar, the mean over what is counted

  /**
   * {@code -log softmax(logits)} at the label: {@code logits [..., C]}, {@code labels [...]}.
   * Classes are the last dimension (PyTorch's second one when there are more than two). A label
   * outside {@code 0 … C - 1} is an error unless it is the one to be ignored; none is by default
   * (PyTorch ignores -100).
   */
  public static Tensor softmaxCrossEntropy(Tensor logits, Labels labels) {
    return EagerLoss.softmaxCrossEntropy(logits, labels, 0, null, null);
  }

  /** With {@code labelSmoothing} of the probability spread evenly over all classes. */
  public static Tensor softmaxCrossEntropy(Tensor logits, Labels labels, double labelSmoothing) {
    return EagerLoss.softmaxCrossEntropy(logits, labels, labelSmoothing, null, null);
  }

  /** With {@code classWeights [C]}: a weighted mean, divided by the weights of the labels. */
  public static Tensor softmaxCrossEntropy(
      Tensor logits, Labels labels, double labelSmoothing, @Nullable Tensor classWeights) {
    return EagerLoss.softmaxCrossEntropy(logits, labels, labelSmoothing, classWeights, null);
  }

  /** With a label that marks what is not to be counted; NaN when nothing is left. */
  public static Tensor softmaxCrossEntropy(
      Tensor logits,
      Labels labels,
      double labelSmoothing,
      @Nullable Tensor classWeights,
      int ignoredLabel) {
    return EagerLoss.softmaxCrossEntropy(
        logits, labels, labelSmoothing, classWeights, ignoredLabel);
  }

  /**
   * {@code -Σ probabilities * log softmax(logits)}, both {@code [..., C]}; mean over the others.
   */
  public static Tensor softmaxCrossEntropy(Tensor logits, Tensor probabilities) {
    return EagerLoss.softmaxCrossEntropy(logits, probabilities, 0, null);
  }

  public static Tensor softmaxCrossEntropy(
      Tensor logits, Tensor probabilities, double labelSmoothing) {
    return EagerLoss.softmaxCrossEntropy(logits, probabilities, labelSmoothing, null);
  }

  /** With {@code classWeights [C]} on each term; the mean is not weighted, as in PyTorch. */
  public static Tensor softmaxCrossEntropy(
      Tensor logits, Tensor probabilities, double labelSmoothing, @Nullable Tensor classWeights) {
    return EagerLoss.softmaxCrossEntropy(logits, probabilities, labelSmoothing, classWeights);
  }

  /** Minus the log-probability at the label: {@code [..., C]} and {@code [...]}. */
  public static Tensor nll(Tensor logProbabilities, Labels labels) {
    return EagerLoss.nll(logProbabilities, labels, null, null);
  }

  /** With {@code classWeights [C]}: a weighted mean, divided by the weights of the labels. */
  public static Tensor nll(Tensor logProbabilities, Labels labels, @Nullable Tensor classWeights) {
    return EagerLoss.nll(logProbabilities, labels, classWeights, null);
  }

  /** With a label that marks what is not to be counted; NaN when nothing is left. */
  public static Tensor nll(
      Tensor logProbabilities, Labels labels, @Nullable Tensor classWeights, int ignoredLabel) {
    return EagerLoss.nll(logProbabilities, labels, classWeights, ignoredLabel);
  }

  /** {@code -(t log σ(x) + (1 - t) log(1 - σ(x)))} for targets {@code t} in {@code [0, 1]}. */
  public static Tensor binaryCrossEntropyWithLogits(Tensor logits, Tensor targets) {
    return EagerLoss.binaryCrossEntropyWithLogits(logits, targets);
  }

  /** Mean squared error. */
  public static Tensor mse(Tensor prediction, Tensor target) {
    return EagerLoss.mse(prediction, target);
  }

  /** Mean absolute error. */
  public static Tensor mae(Tensor prediction, Tensor target) {
    return EagerLoss.mae(prediction, target);
  }

  /** Huber's loss with {@code delta} 1. */
  public static Tensor huber(Tensor prediction, Tensor target) {
    return huber(prediction, target, 1);
  }

  /** {@code d² / 2} for a difference {@code |d| < delta}, else {@code delta (|d| - delta / 2)}. */
  public static Tensor huber(Tensor prediction, Tensor target, double delta) {
    return EagerLoss.huber(prediction, target, delta);
  }

  /**
   * {@code target * (log target - logProbabilities)}, 0 where the target is 0. The mean is over all
   * elements, PyTorch's default; the divergence per sample is that times the number of classes.
   */
  public static Tensor klDivergence(Tensor logProbabilities, Tensor target) {
    return EagerLoss.klDivergence(logProbabilities, target);
  }

  /**
   * The cosine of the angle between rows: {@link #cosineSimilarity(Tensor, Tensor, int)}, dim 1.
   */
  public static Tensor cosineSimilarity(Tensor a, Tensor b) {
    return cosineSimilarity(a, b, 1);
  }

  /**
   * {@code a·b / (max(|a|, 1e-8) max(|b|, 1e-8))} along {@code dim}, which is dropped. Not reduced
   * further: {@code mean(sub(1, cosineSimilarity(a, b)))} is a loss.
   */
  public static Tensor cosineSimilarity(Tensor a, Tensor b, int dim) {
    return EagerLoss.cosineSimilarity(a, b, dim);
  }

  /**
   * {@code max(0, 1 - target * prediction)} for targets -1 and 1 (not PyTorch's embedding loss).
   */
  public static Tensor hinge(Tensor prediction, Tensor target) {
    return EagerLoss.hinge(prediction, target);
  }
}
