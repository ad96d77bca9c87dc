package dev.cortado.compiler.frontend.eval;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.op.Argument;
import dev.cortado.compiler.shape.Poly;
import java.util.List;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.TypeMirror;

/** What an expression is worth while a model is staged. */
sealed interface Val
    permits Val.Constant,
        Val.Null,
        Val.Nothing,
        Val.Symbolic,
        Val.Scalar,
        Val.Test,
        Val.Handle,
        Val.Thrown,
        Val.Array,
        Val.Items,
        TensorVal,
        Function,
        Instance {
  Val NULL = new Null();
  Val NOTHING = new Nothing();
  Val TRUE = new Constant(true);
  Val FALSE = new Constant(false);

  /** A primitive value in its box, of exactly the Java type it has, or a {@code String}. */
  record Constant(Object value) implements Val {}

  record Null() implements Val {}

  /** What a {@code void} method returns. */
  record Nothing() implements Val {}

  /**
   * An {@code int} or {@code long} that depends on a dimension known only at run time.
   *
   * @param wide true for {@code long}
   */
  record Symbolic(Poly value, boolean wide) implements Val {}

  /** A {@code float} or {@code double} that differs from element to element, inside {@code map}. */
  record Scalar(Expr value) implements Val {}

  /** A {@code boolean} that differs from element to element. */
  record Test(Expr.Cond value) implements Val {}

  /** Something only operations understand, such as {@code keepDims(1)}. */
  record Handle(Argument argument) implements Val {}

  /** An exception, which ends compilation with its message when it is thrown. */
  record Thrown(TypeElement type, String message) implements Val {}

  /** A Java array; compared by identity. */
  final class Array implements Val {
    final TypeMirror component;
    final Val[] elements;

    Array(TypeMirror component, Val[] elements) {
      this.component = component;
      this.elements = elements;
    }
  }

  /** A {@code java.util.List}; compared by identity. */
  final class Items implements Val {
    final List<Val> elements;
    final boolean mutable;

    Items(List<Val> elements, boolean mutable) {
      this.elements = elements;
      this.mutable = mutable;
    }
  }

  static Constant of(Object value) {
    return new Constant(value);
  }

  static Val of(boolean value) {
    return value ? TRUE : FALSE;
  }

  /** An {@code int}: a constant when the polynomial is one. */
  static Val ofInt(Poly value) {
    return value.isConstant() ? new Constant((int) value.constant()) : new Symbolic(value, false);
  }

  /** A condition: a constant when it is decided. */
  static Val of(Expr.Cond condition) {
    return condition instanceof Expr.Cond.Always(boolean value) ? of(value) : new Test(condition);
  }

  /** A number that may depend on the element: a constant when it does not. */
  static Val of(Expr value) {
    return value instanceof Expr.Const(double constant)
        ? new Constant(constant)
        : new Scalar(value);
  }
}
