package dev.cortado.compiler.expr;

import static dev.cortado.compiler.expr.Formula.arg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cortado.compiler.expr.Expr.BinaryOp;
import dev.cortado.compiler.expr.Expr.Comparison;
import dev.cortado.compiler.expr.Expr.UnaryOp;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DerivativeTest {

  private static double value(Expr e, double... arguments) {
    List<Expr> constants = java.util.Arrays.stream(arguments).mapToObj(Formula::constant).toList();
    return ((Expr.Const) Rewriter.substitute(e, constants)).value();
  }

  private static void check(Expr e, int by, double... at) {
    double h = 1e-6;
    double[] above = at.clone();
    double[] below = at.clone();
    above[by] += h;
    below[by] -= h;
    double expected = (value(e, above) - value(e, below)) / (2 * h);
    assertThat(value(Derivative.of(e, by), at)).isCloseTo(expected, within(1e-6));
  }

  @ParameterizedTest
  @EnumSource
  void ofEveryFunctionOfOneNumber(UnaryOp op) {
    boolean positive = op == UnaryOp.LOG || op == UnaryOp.SQRT;
    for (double x : positive ? new double[] {0.3, 2} : new double[] {-0.7, -0.2, 0.4, 0.9}) {
      check(Formula.unary(op, arg(0)), 0, x);
      check(Formula.unary(op, Formula.mul(arg(0), arg(1))), 1, 0.5, x);
    }
  }

  @ParameterizedTest
  @EnumSource
  void ofEveryFunctionOfTwo(BinaryOp op) {
    for (double[] at : new double[][] {{0.5, 1.5}, {2.3, 0.7}, {1.2, 1.3}}) {
      check(Formula.binary(op, arg(0), arg(1)), 0, at);
      check(Formula.binary(op, arg(0), arg(1)), 1, at);
      check(Formula.binary(op, Formula.mul(arg(0), arg(1)), Formula.add(arg(0), arg(1))), 0, at);
    }
  }

  @Test
  void ofAChoice() {
    Expr e =
        Formula.select(
            Formula.and(
                Formula.compare(Comparison.GT, arg(0), Formula.ZERO),
                Formula.not(Formula.compare(Comparison.GE, arg(0), Formula.ONE))),
            Formula.mul(arg(0), arg(0)),
            Formula.exp(arg(0)));
    check(e, 0, 0.5);
    check(e, 0, -0.5);
    check(e, 0, 1.5);
  }

  @Test
  void aPowerAtZero() {
    Expr power = Formula.pow(arg(0), arg(1));
    assertThat(value(Derivative.of(power, 0), 0, 0)).isZero();
    assertThat(value(Derivative.of(power, 1), 0, 2)).isZero();
    assertThat(value(Derivative.of(power, 0), -2, 3)).isEqualTo(12);
  }

  @Test
  void whatAMaskCutsOffStaysCutOff() {
    Expr safe =
        Formula.select(
            Formula.compare(Comparison.GT, arg(0), Formula.ZERO),
            Formula.log(arg(0)),
            Formula.ZERO);
    Expr slope = Formula.mul(Derivative.of(safe, 0), arg(1));
    assertThat(value(slope, 0, 1)).isZero();
    assertThat(value(slope, 0, Double.POSITIVE_INFINITY)).isZero();
    assertThat(value(slope, 2, 3)).isEqualTo(1.5);
  }

  @Test
  void sharedPartsAreDerivedOnce() {
    Expr e = arg(0);
    for (int i = 0; i < 200; i++) {
      e = new Expr.Binary(BinaryOp.MUL, e, e);
    }
    assertThat(Occurrences.arguments(Derivative.of(e, 0))).containsExactly(0);
    assertThat(Occurrences.writtenSize(e)).isGreaterThan(1e50);
  }

  @Test
  void constantsFold() {
    assertThat(Formula.mul(Formula.constant(2), Formula.mul(Formula.constant(3), arg(0))))
        .isEqualTo(new Expr.Binary(BinaryOp.MUL, Formula.constant(6), arg(0)));
    assertThat(Formula.add(arg(0), Formula.neg(arg(0))))
        .isEqualTo(new Expr.Binary(BinaryOp.SUB, arg(0), arg(0)));
    assertThat(Formula.pow(arg(0), Formula.ONE)).isEqualTo(arg(0));
    assertThat(Formula.div(Formula.ZERO, arg(0))).isEqualTo(Formula.ZERO);
    assertThat(Formula.neg(Formula.neg(arg(0)))).isEqualTo(arg(0));
    assertThat(Formula.sub(Formula.ZERO, arg(0))).isEqualTo(Formula.neg(arg(0)));
  }

  @Test
  void theErrorFunction() {
    // Abramowitz and Stegun, table 7.1.
    assertThat(Scalar.erf(0.5)).isCloseTo(0.5204998778130465, within(1e-15));
    assertThat(Scalar.erf(-1)).isCloseTo(-0.8427007929497149, within(1e-15));
    assertThat(Scalar.erf(2)).isCloseTo(0.9953222650189527, within(1e-15));
    assertThat(Scalar.erf(2.6)).isCloseTo(0.9997639655834707, within(1e-15));
    assertThat(Scalar.erf(4)).isCloseTo(0.9999999845827421, within(1e-15));
    assertThat(Scalar.erf(0)).isZero();
    assertThat(Scalar.erf(Double.NaN)).isNaN();
    assertThat(Scalar.erf(Double.NEGATIVE_INFINITY)).isEqualTo(-1);
  }
}
