package dev.cortado;

/**
 * The part of {@link Ops} that makes tensors and works on them element by element. Members reach
 * models as inherited ones of {@code Ops}, the only class to name.
 */
abstract class ElementwiseOps {
  ElementwiseOps() {}

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
}
