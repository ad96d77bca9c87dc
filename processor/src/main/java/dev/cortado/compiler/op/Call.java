package dev.cortado.compiler.op;

import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.OpError;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.List;

/**
 * A call of an {@code Ops} method (or a method of {@code Tensor}, its receiver first) being staged.
 * The host compiler has checked the Java types; varargs arrive as one {@link Argument.Many}.
 *
 * @param arguments the values
 * @param texts how the user wrote each, for messages: {@code flatten(h)}
 */
public record Call(
    GraphBuilder graph, String method, List<Argument> arguments, List<String> texts) {

  public int arity() {
    return arguments.size();
  }

  public boolean isTensor(int i) {
    return i < arity() && arguments.get(i) instanceof Argument.Tensor;
  }

  public Value tensor(int i) {
    if (arguments.get(i) instanceof Argument.Tensor t) {
      return t.value();
    }
    throw unexpected(i, "a tensor");
  }

  /**
   * Something else than {@code expected} came. Java's types leave but two ways: null, which is the
   * user's mistake, or a mistake of ours.
   */
  RuntimeException unexpected(int i, String expected) {
    return unexpected(arguments.get(i), texts.get(i), expected);
  }

  private RuntimeException unexpected(Argument came, String text, String expected) {
    return came instanceof Argument.Nothing
        ? new OpError(
            "null", method + ": " + text + " is null here; give it a value where it is declared")
        : new IllegalStateException(
            method + " expects " + expected + " where " + text + " is " + came);
  }

  /** The tensors from argument {@code from} on: singly, in an array or in a list. */
  public List<Value> tensors(int from) {
    List<Value> values = new ArrayList<>();
    for (int i = from; i < arity(); i++) {
      collect(arguments.get(i), texts.get(i), values);
    }
    return values;
  }

  private void collect(Argument argument, String text, List<Value> values) {
    switch (argument) {
      case Argument.Tensor t -> values.add(t.value());
      case Argument.Many m -> m.elements().forEach(e -> collect(e, text, values));
      default -> throw unexpected(argument, text, "tensors");
    }
  }

  /** A compile-time number. */
  public double number(int i) {
    return switch (arguments.get(i)) {
      case Argument.Number n -> n.value();
      case Argument.Int n when n.value().isConstant() -> n.value().constant();
      case Argument.Nothing n -> throw unexpected(i, "a number");
      default ->
          throw new OpError(
              "not-constant",
              method + ": " + texts.get(i) + " must be a number known at compile time");
    };
  }

  /** A dimension: constant or symbolic. */
  public Poly dim(int i) {
    if (arguments.get(i) instanceof Argument.Int n) {
      return n.value();
    }
    throw new OpError("not-constant", method + ": " + texts.get(i) + " must be an int");
  }

  /** A constant {@code int}. */
  public int integer(int i) {
    Poly value = dim(i);
    if (!value.isConstant()) {
      throw new OpError(
          "not-constant",
          method + ": " + texts.get(i) + " is " + value + ", but must be known at compile time");
    }
    return value.intConstant();
  }

  public boolean flag(int i) {
    if (arguments.get(i) instanceof Argument.Flag f) {
      return f.value();
    }
    throw new OpError(
        "not-constant", method + ": " + texts.get(i) + " must be known at compile time");
  }

  /** The ints from argument {@code from} on (an {@code int...} tail or an {@code int[]}). */
  public List<Poly> dims(int from) {
    List<Poly> dims = new ArrayList<>();
    for (Argument a : arguments.subList(from, arity())) {
      switch (a) {
        case Argument.Int n -> dims.add(n.value());
        case Argument.Many m -> m.elements().forEach(e -> dims.add(((Argument.Int) e).value()));
        default -> throw new OpError("not-constant", method + ": expected ints");
      }
    }
    return dims;
  }

  /** Like {@link #dims}, all constant. */
  public List<Integer> integers(int from) {
    List<Integer> values = new ArrayList<>();
    for (Poly p : dims(from)) {
      if (!p.isConstant()) {
        throw new OpError("not-constant", method + ": " + p + " must be known at compile time");
      }
      values.add(p.intConstant());
    }
    return values;
  }

  /** How the user wrote argument {@code i}. */
  public String text(int i) {
    return texts.get(i);
  }
}
