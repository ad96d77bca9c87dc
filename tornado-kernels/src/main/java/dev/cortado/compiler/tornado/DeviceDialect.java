package dev.cortado.compiler.tornado;

import dev.cortado.compiler.emit.Dialect;
import dev.cortado.compiler.expr.Expr.BinaryOp;
import dev.cortado.compiler.expr.Expr.UnaryOp;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Scalar arithmetic of a kernel: single precision throughout. What TornadoVM knows is called as it
 * is; the rest is in the generated class {@code DeviceMath}.
 */
final class DeviceDialect implements Dialect {
  private final Set<Integer> streams = new TreeSet<>();

  @Override
  public String call(UnaryOp op, String x) {
    String name = op.name().toLowerCase(Locale.ROOT);
    return switch (op) {
      case NEG -> "-" + x;
      case ABS, EXP, LOG, SQRT, SIN, COS, TAN, ASIN, ACOS, ATAN, TANH, FLOOR, CEIL, SIGNUM ->
          "TornadoMath." + name + "(" + x + ")";
      case EXPM1, LOG1P, CBRT, SINH, COSH, ERF, RINT -> "DeviceMath." + name + "(" + x + ")";
    };
  }

  @Override
  public String call(BinaryOp op, String a, String b) {
    String name = op.name().toLowerCase(Locale.ROOT);
    return switch (op) {
      case MIN, MAX -> "Math." + name + "(" + a + ", " + b + ")";
      case POW, ATAN2 -> "TornadoMath." + name + "(" + a + ", " + b + ")";
      case REM, HYPOT -> "DeviceMath." + name + "(" + a + ", " + b + ")";
      case ADD, SUB, MUL, DIV -> throw new IllegalArgumentException("infix: " + op);
    };
  }

  @Override
  public boolean remainderIsInfix() {
    return false;
  }

  @Override
  public String random(int stream, String index) {
    streams.add(stream);
    return "RandomNumbers.uniform(" + key(stream) + ", " + index + ")";
  }

  /** The local that holds a stream's key; no other local has a name with an underscore. */
  static String key(int stream) {
    return "key_" + stream;
  }

  /** The streams of random numbers asked for: for each, a local {@code key}. */
  Set<Integer> streams() {
    return streams;
  }

  /** Many devices have no double precision, or a slow one. */
  @Override
  public String sumType() {
    return "float";
  }

  @Override
  public String integerDivisions() {
    return "DeviceMath";
  }
}
