package dev.cortado.compiler.op;

import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import java.util.List;

/** What a staged call passes and returns: tensors of the graph and compile-time values. */
public sealed interface Argument {
  /** A {@code Tensor}, {@code IntTensor} or {@code Labels}; its type says which. */
  record Tensor(Value value) implements Argument {}

  /**
   * An {@code int} or {@code long}: a constant, or symbolic when it came from {@code x.size(i)}.
   */
  record Int(Poly value) implements Argument {}

  /** A {@code float} or {@code double} constant. */
  record Number(double value) implements Argument {}

  record Flag(boolean value) implements Argument {}

  record Text(String value) implements Argument {}

  /** An enum constant, by name. */
  record Choice(String name) implements Argument {}

  /** An array, varargs or list of any of these. */
  record Many(List<Argument> elements) implements Argument {}

  /** {@code keepDims(1, 2)}. */
  record KeepDims(List<Integer> dims) implements Argument {}

  /**
   * The function given to {@code map}: an expression over {@code Arg}s.
   *
   * @param label what a reader calls it, {@code swish}
   */
  record Function(dev.cortado.compiler.expr.Expr body, int arity, String label)
      implements Argument {}

  /** The step given to {@code scan}: staged by calling it with values of a nested builder. */
  non-sealed interface Step extends Argument {
    /** Stages the body once; state is a tensor or the components of a record of tensors. */
    Staged stage(
        dev.cortado.compiler.graph.GraphBuilder body, List<Value> state, Value x, Capture capture);
  }

  /** The next state. */
  record Staged(List<Value> nextState) {}

  /** Turns a value of an outer graph into one of the body (an extra input of the scan). */
  interface Capture {
    Value captured(Value outer);
  }

  /** {@code null}. */
  record Nothing() implements Argument {}
}
