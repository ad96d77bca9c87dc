package dev.cortado.compiler.emit;

import dev.cortado.compiler.expr.Expr.BinaryOp;
import dev.cortado.compiler.expr.Expr.UnaryOp;

/**
 * How one emitter writes scalar arithmetic on floats. Operands come parenthesised as far as needed.
 */
public interface Dialect {
  /** A function of one float, as an expression that needs no parentheses. */
  String call(UnaryOp op, String x);

  /** A function of two floats that is no infix operator. */
  String call(BinaryOp op, String a, String b);

  /** Whether {@code a % b} is written so, and not as a function. */
  default boolean remainderIsInfix() {
    return true;
  }

  /** A random number in {@code [0, 1)}. */
  String random(int stream, String index);

  /** The type in which sums are accumulated. */
  String sumType();

  /** The class with {@code floorDiv} and {@code floorMod}. */
  default String integerDivisions() {
    return "Math";
  }

  /** Java on the CPU: {@link Math} in double precision, rounded once. */
  Dialect CPU =
      new Dialect() {
        @Override
        public String call(UnaryOp op, String x) {
          return switch (op) {
            case NEG -> "-" + x;
            case ABS -> "Math.abs(" + x + ")";
            case SIGNUM -> "Math.signum(" + x + ")";
            case ERF -> "erf(" + x + ")";
            default ->
                "(float) Math." + op.name().toLowerCase(java.util.Locale.ROOT) + "(" + x + ")";
          };
        }

        @Override
        public String call(BinaryOp op, String a, String b) {
          return switch (op) {
            case MIN -> "Math.min(" + a + ", " + b + ")";
            case MAX -> "Math.max(" + a + ", " + b + ")";
            default ->
                "(float) Math."
                    + op.name().toLowerCase(java.util.Locale.ROOT)
                    + "("
                    + a
                    + ", "
                    + b
                    + ")";
          };
        }

        @Override
        public String random(int stream, String index) {
          return "uniform(seed, step, " + stream + ", " + index + ")";
        }

        @Override
        public String sumType() {
          return "double";
        }
      };
}
