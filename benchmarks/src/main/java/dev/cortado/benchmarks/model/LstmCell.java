package dev.cortado.benchmarks.model;

import static dev.cortado.Ops.add;
import static dev.cortado.Ops.mul;
import static dev.cortado.Ops.sigmoid;
import static dev.cortado.Ops.split;
import static dev.cortado.Ops.tanh;
import static dev.cortado.Ops.zeros;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import dev.cortado.nn.Dense;
import java.util.List;

/**
 * One step of a long short-term memory, with PyTorch's order of gates: input, forget, cell, output.
 */
@Layer
public class LstmCell {
  private final int size;
  private final Dense fromInput;
  private final Dense fromState;

  /** What a step hands to the next: {@code h} and {@code c}, both {@code [N, size]}. */
  public record State(Tensor h, Tensor c) {}

  /**
   * A cell for inputs {@code [N, features]}.
   *
   * @param size of the state
   */
  public LstmCell(int features, int size) {
    this.size = size;
    fromInput = new Dense(features, 4 * size);
    fromState = new Dense(size, 4 * size);
  }

  /** The state before the first step of {@code n} sequences. */
  public State start(int n) {
    return new State(zeros(n, size), zeros(n, size));
  }

  /** The state after reading {@code x [N, features]}. */
  public State apply(State state, Tensor x) {
    List<Tensor> gates = split(add(fromInput.apply(x), fromState.apply(state.h())), 1, size);
    Tensor written = mul(sigmoid(gates.get(0)), tanh(gates.get(2)));
    Tensor c = add(mul(sigmoid(gates.get(1)), state.c()), written);
    return new State(mul(sigmoid(gates.get(3)), tanh(c)), c);
  }
}
