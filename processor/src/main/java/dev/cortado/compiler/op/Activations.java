package dev.cortado.compiler.op;

import static dev.cortado.compiler.expr.Formula.ONE;
import static dev.cortado.compiler.expr.Formula.ZERO;
import static dev.cortado.compiler.expr.Formula.add;
import static dev.cortado.compiler.expr.Formula.arg;
import static dev.cortado.compiler.expr.Formula.compare;
import static dev.cortado.compiler.expr.Formula.constant;
import static dev.cortado.compiler.expr.Formula.div;
import static dev.cortado.compiler.expr.Formula.exp;
import static dev.cortado.compiler.expr.Formula.mul;
import static dev.cortado.compiler.expr.Formula.neg;
import static dev.cortado.compiler.expr.Formula.select;
import static dev.cortado.compiler.expr.Formula.tanh;
import static dev.cortado.compiler.expr.Formula.unary;

import com.google.auto.service.AutoService;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.Comparison;
import dev.cortado.compiler.expr.Expr.UnaryOp;
import java.util.List;

/**
 * Activation functions, by PyTorch's definitions and with its slopes where a function has a kink.
 */
@AutoService(Operation.class)
public final class Activations implements Operation {
  private static final Expr X = arg(0);

  /** As a choice and not a maximum: slope 0 at 0, NaN stays NaN. */
  public static final Expr RELU = select(compare(Comparison.LE, X, ZERO), ZERO, X);

  /** The gradient of {@link #RELU} by its value and the gradient of that. */
  public static final Expr RELU_GRADIENT = select(compare(Comparison.GT, X, ZERO), arg(1), ZERO);

  static final Expr SIGMOID = div(ONE, add(ONE, exp(neg(X))));
  static final Expr ELU = positive(X, unary(UnaryOp.EXPM1, X));

  // Klambauer et al., "Self-Normalizing Neural Networks", 2017.
  private static final double SELU_ALPHA = 1.6732632423543772848170429916717;
  private static final double SELU_SCALE = 1.0507009873554804934193349852946;

  @Override
  public List<Binding> bindings() {
    return List.of(
        Scalars.bind("relu", RELU),
        Scalars.bind("leakyRelu", positive(X, mul(arg(1), X)), 0.01),
        Scalars.bind("elu", positive(X, mul(arg(1), unary(UnaryOp.EXPM1, X))), 1),
        Scalars.bind(
            "selu",
            positive(
                mul(constant(SELU_SCALE), X),
                mul(constant(SELU_SCALE * SELU_ALPHA), unary(UnaryOp.EXPM1, X)))),
        Scalars.bind("sigmoid", SIGMOID),
        new Binding("silu", Activations::silu),
        Scalars.bind("gelu", gelu()),
        Scalars.bind("geluTanh", geluTanh()),
        Scalars.bind("softplus", softplus()),
        Scalars.bind("tanh", tanh(X)),
        Scalars.bind("hardSigmoid", hardSigmoid()),
        Scalars.bind("hardSwish", hardSwish()));
  }

  private static Expr positive(Expr above, Expr otherwise) {
    return select(compare(Comparison.GT, X, ZERO), above, otherwise);
  }

  /** {@code x sigmoid(x)} of two steps: the gradient then uses the sigmoid that is there. */
  private static Argument silu(Call call) {
    return new Argument.Tensor(
        Arithmetic.mul(
            call.graph(),
            call.tensor(0),
            Elementwise.of(call.graph(), "sigmoid", SIGMOID, call.tensor(0))));
  }

  private static Expr gelu() {
    Expr phi = add(ONE, unary(UnaryOp.ERF, mul(constant(Math.sqrt(0.5)), X)));
    return mul(mul(constant(0.5), X), phi);
  }

  private static Expr geluTanh() {
    Expr cubic = add(X, mul(constant(0.044715), mul(mul(X, X), X)));
    Expr bell = add(ONE, tanh(mul(constant(Math.sqrt(2 / Math.PI)), cubic)));
    return mul(mul(constant(0.5), X), bell);
  }

  /** Beyond 20 the identity, as in PyTorch: {@code exp} must not overflow. */
  private static Expr softplus() {
    return select(compare(Comparison.GT, X, constant(20)), X, unary(UnaryOp.LOG1P, exp(X)));
  }

  private static Expr hardSigmoid() {
    return between(ZERO, div(add(X, constant(3)), constant(6)), ONE);
  }

  private static Expr hardSwish() {
    return between(ZERO, div(mul(X, add(X, constant(3))), constant(6)), X);
  }

  /** {@code below} up to -3, {@code above} from 3 on. */
  private static Expr between(Expr below, Expr inside, Expr above) {
    return select(
        compare(Comparison.LE, X, constant(-3)),
        below,
        select(compare(Comparison.GE, X, constant(3)), above, inside));
  }
}
