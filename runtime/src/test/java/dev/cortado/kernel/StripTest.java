package dev.cortado.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StripTest {
  private static final int GUARD = 19;
  private static final int[] LENGTHS = {0, 1, 7, 16, 17, 63, 64, 65, 200};

  private interface Unary {
    void apply(float[] a, int aAt, float[] out, int outAt, int n);
  }

  private interface Binary {
    void apply(float[] a, int aAt, float[] b, int bAt, float[] out, int outAt, int n);
  }

  private interface Scalar {
    void apply(float[] a, int aAt, float s, float[] out, int outAt, int n);
  }

  /**
   * A function, its definition, the arguments it is tried on and the units in the last place
   * allowed.
   */
  record UnaryCase(
      String name, Unary strip, DoubleUnaryOperator exact, double from, double to, double ulps) {
    @Override
    public String toString() {
      return name + " in [" + from + ", " + to + "]";
    }
  }

  record BinaryCase(String name, Binary strip, DoubleBinaryOperator exact) {
    @Override
    public String toString() {
      return name;
    }
  }

  record ScalarCase(String name, Scalar strip, DoubleBinaryOperator exact) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<UnaryCase> unary() {
    return Stream.of(
        new UnaryCase("neg", Strip::neg, x -> -x, -9, 9, 0),
        new UnaryCase("abs", Strip::abs, Math::abs, -9, 9, 0),
        new UnaryCase("sqrt", Strip::sqrt, Math::sqrt, 0, 1e9, 0.5),
        new UnaryCase("rsqrt", Strip::rsqrt, x -> 1 / Math.sqrt(x), 1e-9, 1e9, 1.5),
        new UnaryCase("reciprocal", Strip::reciprocal, x -> 1 / x, 1e-6, 1e6, 0.5),
        new UnaryCase("square", Strip::square, x -> x * x, -99, 99, 0.5),
        new UnaryCase("relu", Strip::relu, x -> Math.max(x, 0), -9, 9, 0),
        new UnaryCase("exp", Strip::exp, Math::exp, -87.3, 88.7, 2),
        new UnaryCase("exp", Strip::exp, Math::exp, -1, 1, 2),
        new UnaryCase("log", Strip::log, Math::log, 1e-3, 1e3, 2),
        new UnaryCase("log", Strip::log, Math::log, 0.9, 1.1, 2),
        new UnaryCase("log", Strip::log, Math::log, 1e-44, 1e-37, 2),
        new UnaryCase("log", Strip::log, Math::log, 1e30, 3.4e38, 2),
        new UnaryCase("log1p", Strip::log1p, Math::log1p, -1e-3, 1e-3, 3),
        new UnaryCase("log1p", Strip::log1p, Math::log1p, -0.99, 50, 3),
        new UnaryCase("tanh", Strip::tanh, Math::tanh, -1, 1, 3),
        new UnaryCase("tanh", Strip::tanh, Math::tanh, -20, 20, 3),
        new UnaryCase("tanh", Strip::tanh, Math::tanh, -1e-3, 1e-3, 3),
        new UnaryCase("sigmoid", Strip::sigmoid, StripTest::sigmoid, -80, 20, 4),
        new UnaryCase("erf", Strip::erf, StripTest::erf, -1, 1, 2),
        new UnaryCase("erf", Strip::erf, StripTest::erf, -3, 3, 2));
  }

  /** The error function as the sum of its Taylor series, exact enough for small arguments. */
  private static double erf(double x) {
    double term = x;
    double sum = x;
    for (int n = 1; n < 200; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return sum * 2 / Math.sqrt(Math.PI);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  static Stream<BinaryCase> binary() {
    return Stream.of(
        new BinaryCase("add", Strip::add, (x, y) -> x + y),
        new BinaryCase("sub", Strip::sub, (x, y) -> x - y),
        new BinaryCase("mul", Strip::mul, (x, y) -> x * y),
        new BinaryCase("div", Strip::div, (x, y) -> x / y),
        new BinaryCase("max", Strip::max, Math::max),
        new BinaryCase("min", Strip::min, Math::min),
        new BinaryCase("greater", Strip::greater, (x, y) -> x > y ? 1 : 0),
        new BinaryCase("greaterOrEqual", Strip::greaterOrEqual, (x, y) -> x >= y ? 1 : 0),
        new BinaryCase("equal", Strip::equal, (x, y) -> x == y ? 1 : 0),
        new BinaryCase(
            "mulAdd",
            (a, i, b, j, out, k, n) -> Strip.mulAdd(a, i, b, j, a, i, out, k, n),
            (x, y) -> x * y + x),
        new BinaryCase(
            "mulAdd of a scalar",
            (a, i, b, j, out, k, n) -> Strip.mulAdd(a, i, 2.5f, b, j, out, k, n),
            (x, y) -> x * 2.5 + y),
        new BinaryCase(
            "where",
            (a, i, b, j, out, k, n) -> Strip.where(a, i, b, j, a, i, out, k, n),
            (x, y) -> x != 0 ? y : x),
        new BinaryCase(
            "whereGreater",
            (a, i, b, j, out, k, n) -> Strip.whereGreater(a, i, 0.25f, b, j, out, k, n),
            (x, y) -> x > 0.25 ? y : 0),
        new BinaryCase(
            "zeroWhereAtMost",
            (a, i, b, j, out, k, n) -> Strip.zeroWhereAtMost(a, i, 0.25f, b, j, out, k, n),
            (x, y) -> x > 0.25 ? y : 0));
  }

  static Stream<ScalarCase> scalar() {
    return Stream.of(
        new ScalarCase("add", Strip::add, (x, s) -> x + s),
        new ScalarCase("mul", Strip::mul, (x, s) -> x * s),
        new ScalarCase("div", Strip::div, (x, s) -> x / s),
        new ScalarCase("max", Strip::max, Math::max),
        new ScalarCase("min", Strip::min, Math::min),
        new ScalarCase("subFrom", Strip::subFrom, (x, s) -> s - x),
        new ScalarCase("divInto", Strip::divInto, (x, s) -> s / x),
        new ScalarCase("greater", Strip::greater, (x, s) -> x > s ? 1 : 0),
        new ScalarCase("greaterOrEqual", Strip::greaterOrEqual, (x, s) -> x >= s ? 1 : 0),
        new ScalarCase("less", Strip::less, (x, s) -> x < s ? 1 : 0));
  }

  @ParameterizedTest
  @MethodSource("unary")
  void unaryStripsAreAccurate(UnaryCase c) {
    int n = 20_001;
    float[] a = new float[GUARD + n];
    for (int i = 0; i < n; i++) {
      a[GUARD + i] = (float) (c.from + (c.to - c.from) * i / (n - 1));
    }
    float[] out = new float[n + GUARD];
    c.strip.apply(a, GUARD, out, 0, n);
    double worst = 0;
    float at = 0;
    for (int i = 0; i < n; i++) {
      double exact = c.exact.applyAsDouble(a[GUARD + i]);
      double error = Math.abs(out[i] - exact) / Math.ulp((float) exact);
      if (!(error <= worst)) {
        worst = error;
        at = a[GUARD + i];
      }
    }
    assertThat(worst).as("%s at %s, in ulps", c, at).isLessThanOrEqualTo(c.ulps);
  }

  @ParameterizedTest
  @MethodSource("unary")
  void unaryStripsKeepToTheirRange(UnaryCase c) {
    for (int n : LENGTHS) {
      float[] a = Floats.random(new Random(n), GUARD + n + GUARD);
      for (int i = 0; i < a.length; i++) {
        a[i] = (float) (c.from + (c.to - c.from) * (a[i] + 1) / 2);
      }
      float[] out = Floats.random(new Random(n + 1), GUARD + n + GUARD);
      double[] expected = Floats.widen(out);
      for (int i = 0; i < n; i++) {
        expected[GUARD + i] = c.exact.applyAsDouble(a[GUARD + i]);
      }
      double largest = Math.max(Math.abs(c.exact.applyAsDouble(c.from)), 1);
      largest = Math.max(Math.abs(c.exact.applyAsDouble(c.to)), largest);
      c.strip.apply(a, GUARD, out, GUARD, n);
      Floats.assertClose(out, expected, largest * 1e-6, GUARD);
    }
  }

  @ParameterizedTest
  @MethodSource("binary")
  void binaryStripsAgreeWithTheirDefinition(BinaryCase c) {
    for (int n : LENGTHS) {
      float[] a = Floats.random(new Random(n), 3 + n + GUARD);
      float[] b = Floats.random(new Random(n + 1), 5 + n + GUARD);
      for (int i = 0; i < n; i += 3) {
        b[5 + i] = a[3 + i];
      }
      for (int i = 1; i < n; i += 5) {
        a[3 + i] = 0;
      }
      float[] out = Floats.random(new Random(n + 2), GUARD + n + GUARD);
      double[] expected = Floats.widen(out);
      for (int i = 0; i < n; i++) {
        expected[GUARD + i] = c.exact.applyAsDouble(a[3 + i], b[5 + i]);
      }
      c.strip.apply(a, 3, b, 5, out, GUARD, n);
      for (int i = 0; i < n; i++) {
        assertThat((double) out[GUARD + i])
            .isEqualTo(expected[GUARD + i], within(1e-6 * (1 + Math.abs(expected[GUARD + i]))));
        expected[GUARD + i] = out[GUARD + i];
      }
      Floats.assertClose(out, expected, 0, GUARD);
    }
  }

  @ParameterizedTest
  @MethodSource("scalar")
  void scalarStripsAgreeWithTheirDefinition(ScalarCase c) {
    float s = 0.375f;
    for (int n : LENGTHS) {
      float[] a = Floats.random(new Random(n), 3 + n + GUARD);
      for (int i = 0; i < n; i += 3) {
        a[3 + i] = s;
      }
      float[] out = Floats.random(new Random(n + 2), GUARD + n + GUARD);
      double[] expected = Floats.widen(out);
      for (int i = 0; i < n; i++) {
        expected[GUARD + i] = (float) c.exact.applyAsDouble(a[3 + i], s);
      }
      c.strip.apply(a, 3, s, out, GUARD, n);
      Floats.assertClose(out, expected, 0, GUARD);
    }
  }

  @Test
  void specialValues() {
    float inf = Float.POSITIVE_INFINITY;
    float nan = Float.NaN;
    float[] a = {inf, -inf, nan, 0f, 200f, -200f, -1f};
    assertThat(applied(Strip::exp, a)).containsExactly(inf, 0f, nan, 1f, inf, 0f, 0.36787945f);
    assertThat(applied(Strip::tanh, a))
        .containsExactly(1f, -1f, nan, 0f, 1f, -1f, (float) Math.tanh(-1));
    assertThat(applied(Strip::sigmoid, a))
        .usingElementComparator((x, y) -> Math.abs(x - y) <= 1e-37f ? 0 : Float.compare(x, y))
        .containsExactly(1f, 0f, nan, 0.5f, 1f, 0f, 0.26894143f);
    assertThat(applied(Strip::erf, a)).startsWith(1f, -1f, nan, 0f, 1f, -1f);
    assertThat(applied(Strip::log, new float[] {inf, -inf, nan, 0f, -0f, 1f, -1f}))
        .containsExactly(inf, nan, nan, -inf, -inf, 0f, nan);
    assertThat(applied(Strip::log1p, new float[] {inf, -2f, nan, 0f, -1f}))
        .containsExactly(inf, nan, nan, 0f, -inf);
    assertThat(applied(Strip::relu, new float[] {inf, -inf, nan, -1f}))
        .containsExactly(inf, 0f, nan, 0f);
  }

  private static float[] applied(Unary strip, float[] a) {
    float[] out = new float[a.length];
    strip.apply(a, 0, out, 0, a.length);
    return out;
  }

  @Test
  void geluAndItsDerivative() {
    float[] a = new float[601];
    for (int i = 0; i < a.length; i++) {
      a[i] = (i - 300) * 0.02f;
    }
    float[] gelu = applied(Strip::gelu, a);
    float[] derivative = applied(Strip::geluDerivative, a);
    for (int i = 0; i < a.length; i++) {
      double x = a[i];
      double cumulative = 0.5 * (1 + erf(x / Math.sqrt(2)));
      double density = Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
      assertThat((double) gelu[i]).isEqualTo(x * cumulative, within(3e-7 * (1 + Math.abs(x))));
      assertThat((double) derivative[i]).isEqualTo(cumulative + x * density, within(3e-7));
    }
  }

  @Test
  void reductions() {
    for (int n : LENGTHS) {
      float[] a = Floats.random(new Random(n), 3 + n + 3);
      float[] b = Floats.random(new Random(n + 1), 5 + n + 3);
      double sum = 0;
      double dot = 0;
      double max = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < n; i++) {
        sum += a[3 + i];
        dot += (double) a[3 + i] * b[5 + i];
        max = Math.max(max, a[3 + i]);
      }
      assertThat((double) Strip.sum(a, 3, n)).isEqualTo(sum, within(1e-5));
      assertThat((double) Strip.dot(a, 3, b, 5, n)).isEqualTo(dot, within(1e-5));
      assertThat((double) Strip.max(a, 3, n)).isEqualTo(max);
    }
    assertThat(Strip.max(new float[] {1, Float.NaN, 2}, 0, 3)).isNaN();
  }

  @Test
  void oneElementThatIsNotFiniteIsFound() {
    float[] strange = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY};
    for (int n : LENGTHS) {
      float[] a = new float[3 + n + 3];
      Arrays.fill(a, -Float.MAX_VALUE);
      a[2] = a[3 + n] = Float.NaN;
      assertThat(Strip.isFinite(a, 3, n)).isTrue();
      for (int i = 0; i < n; i++) {
        a[3 + i] = strange[i % 3];
        assertThat(Strip.isFinite(a, 3, n)).as("element %d of %d", i, n).isFalse();
        a[3 + i] = Float.MAX_VALUE;
      }
    }
  }

  @Test
  void inPlace() {
    float[] a = Floats.random(new Random(1), 100);
    float[] expected = applied(Strip::exp, a);
    Strip.exp(a, 0, a, 0, 100);
    assertThat(a).isEqualTo(expected);
  }
}
