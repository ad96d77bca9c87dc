package dev.cortado.compiler.expr;

import dev.cortado.compiler.shape.Poly;
import java.util.List;

/**
 * A float-valued scalar expression: what is computed for one element. Used both for element-wise
 * functions (over {@link Arg}s, where it is differentiated symbolically) and for kernel bodies
 * (over {@link Load}s).
 */
public sealed interface Expr {
  record Const(double value) implements Expr {}

  /** The current element of the {@code index}-th operand of an element-wise function. */
  record Arg(int index) implements Expr {}

  /** The element of {@code source} at a row-major position. */
  record Load(Operand source, Poly index) implements Expr {}

  /** An integer quantity (loop index, dimension, label) as a float. */
  record OfInt(Poly value) implements Expr {}

  record Unary(UnaryOp op, Expr x) implements Expr {}

  record Binary(BinaryOp op, Expr a, Expr b) implements Expr {}

  /** Only the chosen branch is evaluated: a branch may hold a load that is in bounds only then. */
  record Select(Cond cond, Expr then, Expr otherwise) implements Expr {}

  /**
   * {@code kind} over the product of the ranges {@code [0, extent)} of {@code axes}, the first
   * outermost.
   */
  record Reduce(Reduction kind, List<Axis> axes, Expr body) implements Expr {}

  /**
   * A uniform random number in {@code [0, 1)}: a pure function of the program's seed, its step
   * number, the stream (one per random operation of the model) and the element's row-major index.
   */
  record Random(int stream, Poly index) implements Expr {}

  /** One loop of a reduction. */
  record Axis(LoopVar var, Poly extent) {}

  enum UnaryOp {
    NEG,
    ABS,
    EXP,
    EXPM1,
    LOG,
    LOG1P,
    SQRT,
    CBRT,
    SIN,
    COS,
    TAN,
    ASIN,
    ACOS,
    ATAN,
    SINH,
    COSH,
    TANH,
    ERF,
    FLOOR,
    CEIL,
    RINT,
    SIGNUM
  }

  enum BinaryOp {
    ADD,
    SUB,
    MUL,
    DIV,
    REM,
    MIN,
    MAX,
    POW,
    ATAN2,
    HYPOT
  }

  enum Reduction {
    SUM,
    MAX,
    MIN,
    /**
     * The row-major position, in the product of the axes, of the first largest value, as a float.
     */
    ARGMAX
  }

  /** A condition on floats or integers. */
  sealed interface Cond {
    record Compare(Comparison op, Expr a, Expr b) implements Cond {}

    record CompareInt(Comparison op, Poly a, Poly b) implements Cond {}

    record And(Cond a, Cond b) implements Cond {}

    record Or(Cond a, Cond b) implements Cond {}

    record Not(Cond a) implements Cond {}

    record Always(boolean value) implements Cond {}
  }

  enum Comparison {
    LT,
    LE,
    GT,
    GE,
    EQ,
    NE
  }
}
