package dev.cortado;

/** Scalar functions that {@link Math} lacks, accurate to double precision. */
final class EagerFunctions {
  /**
   * Klambauer et al., Self-Normalizing Neural Networks (2017), appendix A.2, as PyTorch has them.
   */
  private static final double SELU_ALPHA = 1.6732632423543772848170429916717;

  private static final double SELU_SCALE = 1.0507009873554804934193349852946;

  /** From here on erf is 1 to double precision: 1 - erf(6) is 2e-17. */
  private static final double ERF_IS_ONE = 6;

  private EagerFunctions() {}

  static double sigmoid(double x) {
    // Both forms are the same function; each keeps its exponential below 1.
    return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
  }

  static double softplus(double x) {
    return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
  }

  static double selu(double x) {
    return SELU_SCALE * (x > 0 ? x : SELU_ALPHA * Math.expm1(x));
  }

  static double gelu(double x) {
    return 0.5 * x * (1 + erf(x / Math.sqrt(2)));
  }

  static double geluTanh(double x) {
    return 0.5 * x * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
  }

  static double hardSigmoid(double x) {
    return Math.clamp(x / 6 + 0.5, 0.0, 1.0);
  }

  /**
   * The error function, {@code 2/√π e^(-x²) Σ 2ⁿ x^(2n+1) / (1·3·…·(2n+1))} (Abramowitz and Stegun,
   * 7.1.6). All terms have the sign of {@code x}, so that nothing cancels.
   */
  static double erf(double x) {
    if (Math.abs(x) > ERF_IS_ONE) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > Math.abs(sum) * 1e-18; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }
}
