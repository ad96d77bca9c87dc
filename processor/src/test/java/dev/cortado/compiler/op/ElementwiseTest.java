package dev.cortado.compiler.op;

import static dev.cortado.compiler.expr.Formula.add;
import static dev.cortado.compiler.expr.Formula.arg;
import static dev.cortado.compiler.expr.Formula.constant;
import static dev.cortado.compiler.expr.Formula.mul;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.graph.OpError;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.interpret.Program;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElementwiseTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "neg",
        "abs",
        "exp",
        "log",
        "log1p",
        "sqrt",
        "rsqrt",
        "relu",
        "leakyRelu",
        "elu",
        "selu",
        "silu",
        "gelu",
        "geluTanh",
        "sigmoid",
        "softplus",
        "tanh",
        "hardSigmoid",
        "hardSwish"
      })
  void ofOneTensor(String method) {
    boolean positive = method.matches("log|log1p|sqrt|rsqrt");
    Program p = new Program().with("N", 3);
    Value x = positive ? p.between(0.1, 4, "N", 7) : p.between(-5, 5, "N", 7);
    Value y = p.call(method, x);
    assertThat(y.shape()).isEqualTo(x.shape());
    DoubleUnaryOperator f = function(method);
    double[] out = p.run(y);
    for (int i = 0; i < out.length; i++) {
      assertThat(out[i]).isCloseTo(f.applyAsDouble(p.data(x)[i]), within(1e-12));
    }
    p.checkGradients(y);
  }

  /** PyTorch's definitions, written without looking at the formulas under test. */
  private static DoubleUnaryOperator function(String method) {
    return switch (method) {
      case "neg" -> v -> -v;
      case "abs" -> Math::abs;
      case "exp" -> Math::exp;
      case "log" -> Math::log;
      case "log1p" -> Math::log1p;
      case "sqrt" -> Math::sqrt;
      case "rsqrt" -> v -> 1 / Math.sqrt(v);
      case "relu" -> v -> Math.max(v, 0);
      case "leakyRelu" -> v -> Math.max(v, 0) + 0.01 * Math.min(v, 0);
      case "elu" -> v -> v > 0 ? v : Math.exp(v) - 1;
      case "selu" -> v -> 1.0507009873554805 * (v > 0 ? v : 1.6732632423543772 * (Math.exp(v) - 1));
      case "silu" -> v -> v / (1 + Math.exp(-v));
      case "gelu" -> v -> v * 0.5 * (1 + erf(v / Math.sqrt(2)));
      case "geluTanh" ->
          v -> 0.5 * v * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (v + 0.044715 * v * v * v)));
      case "sigmoid" -> v -> 1 / (1 + Math.exp(-v));
      case "softplus" -> v -> Math.log(1 + Math.exp(v));
      case "tanh" -> Math::tanh;
      case "hardSigmoid" -> v -> Math.clamp(v / 6 + 0.5, 0, 1);
      case "hardSwish" -> v -> v * Math.clamp(v / 6 + 0.5, 0, 1);
      default -> throw new IllegalArgumentException(method);
    };
  }

  /** By Simpson's rule. */
  private static double erf(double x) {
    int steps = 4000;
    double h = x / steps;
    double sum = 1 + Math.exp(-x * x);
    for (int i = 1; i < steps; i++) {
      sum += (i % 2 == 0 ? 2 : 4) * Math.exp(-(i * h) * (i * h));
    }
    return 2 / Math.sqrt(Math.PI) * sum * h / 3;
  }

  @ParameterizedTest
  @ValueSource(strings = {"add", "sub", "mul", "div", "pow", "maximum", "minimum"})
  void ofTwoTensorsThatBroadcast(String method) {
    Program p = new Program().with("N", 2).with("T", 3);
    Value a = p.between(0.5, 2, "N", 1, 5);
    Value b = p.between(0.5, 2, "T", 1);
    Value y = p.call(method, a, b);
    assertThat(y.shape()).isEqualTo(Program.shape("N", "T", 5));
    DoubleBinaryOperator f = binary(method);
    double[] out = p.run(y);
    for (int n = 0; n < 2; n++) {
      for (int t = 0; t < 3; t++) {
        for (int i = 0; i < 5; i++) {
          assertThat(out[(n * 3 + t) * 5 + i])
              .isEqualTo(f.applyAsDouble(p.data(a)[n * 5 + i], p.data(b)[t]));
        }
      }
    }
    p.checkGradients(y);
  }

  private static DoubleBinaryOperator binary(String method) {
    return switch (method) {
      case "add" -> (a, b) -> a + b;
      case "sub" -> (a, b) -> a - b;
      case "mul" -> (a, b) -> a * b;
      case "div" -> (a, b) -> a / b;
      case "pow" -> Math::pow;
      case "maximum" -> Math::max;
      case "minimum" -> Math::min;
      default -> throw new IllegalArgumentException(method);
    };
  }

  @ParameterizedTest
  @CsvSource({"add", "sub", "mul", "div", "pow", "maximum", "minimum"})
  void withANumberOnEitherSide(String method) {
    Program p = new Program();
    Value x = p.between(0.5, 2, 3, 2);
    Value right = p.call(method, x, 1.25);
    Value left = p.call(method, 1.25, x);
    for (int i = 0; i < 6; i++) {
      double v = p.data(x)[i];
      assertThat(p.run(right)[i]).isEqualTo(binary(method).applyAsDouble(v, 1.25));
      assertThat(p.run(left)[i]).isEqualTo(binary(method).applyAsDouble(1.25, v));
    }
    p.checkGradients(left, right);
  }

  @Test
  void smallPowersAreProducts() {
    Program p = new Program();
    Value x = p.between(-2, 2, 4);
    for (double power : new double[] {0, 1, 2, 3, 4, -1, -2}) {
      Value y = p.call("pow", x, power);
      for (int i = 0; i < 4; i++) {
        assertThat(p.run(y)[i]).isCloseTo(Math.pow(p.data(x)[i], power), within(1e-9));
      }
      p.checkGradients(y);
    }
  }

  @Test
  void masksCarryNoGradient() {
    Program p = new Program();
    Value x = p.given(new double[] {-1, 0, 2}, 3);
    assertThat(p.run(p.call("less", x, 0.0))).containsExactly(1, 0, 0);
    assertThat(p.run(p.call("lessEqual", x, 0.0))).containsExactly(1, 1, 0);
    assertThat(p.run(p.call("greater", x, 0.0))).containsExactly(0, 0, 1);
    assertThat(p.run(p.call("greaterEqual", x, 0.0))).containsExactly(0, 1, 1);
    assertThat(p.run(p.call("equal", x, 0.0))).containsExactly(0, 1, 0);
    assertThat(p.run(p.call("notEqual", x, 0.0))).containsExactly(1, 0, 1);
    Value chosen = p.call("where", p.call("less", x, 1.0), p.call("mul", x, 3.0), 7.0);
    assertThat(p.run(chosen)).containsExactly(-3, 0, 7);
    assertThat(gradient(p, chosen, x)).containsExactly(3, 3, 0);
  }

  private static double[] gradient(Program p, Value y, Value x) {
    return p.gradients(y, x);
  }

  @Test
  void slopesAtKinksArePyTorchs() {
    Program p = new Program();
    Value x = p.given(new double[] {0, 1, -2, 3, -3}, 5);
    assertThat(gradient(p, p.call("relu", x), x)).containsExactly(0, 1, 0, 1, 0);
    assertThat(gradient(p, p.call("leakyRelu", x, 0.25), x))
        .containsExactly(0.25, 1, 0.25, 1, 0.25);
    assertThat(gradient(p, p.call("abs", x), x)).containsExactly(0, 1, -1, 1, -1);
    assertThat(gradient(p, p.call("clamp", x, -2.0, 1.0), x)).containsExactly(1, 1, 1, 0, 0);
    assertThat(gradient(p, p.call("maximum", x, 0.0), x)).containsExactly(0.5, 1, 0, 1, 0);
    assertThat(gradient(p, p.call("minimum", x, 1.0), x)).containsExactly(1, 0.5, 1, 0, 1);
    assertThat(gradient(p, p.call("hardSigmoid", x), x)).startsWith(1 / 6.0).endsWith(0, 0);
  }

  @Test
  void reluKeepsNotANumber() {
    Program p = new Program();
    Value x = p.given(new double[] {Double.NaN, Double.NEGATIVE_INFINITY}, 2);
    assertThat(p.run(p.call("relu", x))).containsExactly(Double.NaN, 0);
    assertThat(p.run(p.call("sigmoid", p.given(new double[] {-1000, 1000}, 2))))
        .containsExactly(0, 1);
  }

  @Test
  void aFunctionOfTheUsersOwn() {
    Program p = new Program();
    Value x = p.input(2, 3);
    Value y = p.input(3);
    Expr body = add(mul(arg(0), arg(0)), mul(constant(3), mul(arg(0), arg(1))));
    Value z = p.call("map", new Argument.Function(body, 2, "mixed"), x, y);
    assertThat(p.run(z)[4])
        .isEqualTo(p.data(x)[4] * p.data(x)[4] + 3 * (p.data(x)[4] * p.data(y)[1]));
    p.checkGradients(z);
  }

  @Test
  void anOperandThatIsNotReadStillBroadcasts() {
    Program p = new Program();
    Value x = p.input(3);
    Value y = p.input(2, 1);
    Value z = p.call("map", new Argument.Function(arg(0), 2, "first"), x, y);
    assertThat(z.shape()).isEqualTo(Program.shape(2, 3));
    p.checkGradients(z);
  }

  @Test
  void shapesThatDoNotBroadcast() {
    Program p = new Program();
    Value a = p.with("N", 2).input("N", 3);
    Value b = p.input("N", 4);
    assertThatThrownBy(() -> p.call("add", a, b))
        .isInstanceOf(OpError.class)
        .hasMessage(
            "add: shapes do not broadcast: [N, 3] and [N, 4], 3 against 4 in dimension -1; sizes"
                + " must be equal or 1, aligned at the end");
    Value c = p.with("T", 2).input("T", 3);
    assertThatThrownBy(() -> p.call("mul", a, c)).hasMessageContaining("N against T");
  }

  @Test
  void boundsTheWrongWayRound() {
    Program p = new Program();
    Value x = p.input(3);
    assertThatThrownBy(() -> p.call("clamp", x, 2.0, 1.0))
        .isInstanceOf(OpError.class)
        .hasMessage(
            "clamp: the lower bound must not be above the upper one, but they are 2.0 and 1.0");
  }

  @Test
  void aFunctionThatIsTooLarge() {
    Program p = new Program();
    Expr body = arg(0);
    for (int i = 0; i < 30; i++) {
      body = mul(body, body);
    }
    Argument.Function function = new Argument.Function(body, 1, "tower");
    Value x = p.input(3);
    assertThatThrownBy(() -> p.call("map", function, x))
        .isInstanceOf(OpError.class)
        .hasMessageContaining("apply it in several map(...) steps");
  }

  @Test
  void anEmptyBatch() {
    Program p = new Program().with("N", 0);
    Value x = p.input("N", 3);
    Value w = p.input(3);
    Value y = p.call("tanh", p.call("mul", x, w));
    assertThat(p.run(y)).isEmpty();
    p.checkGradients(y);
  }
}
