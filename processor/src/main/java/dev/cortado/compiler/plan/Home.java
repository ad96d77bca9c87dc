package dev.cortado.compiler.plan;

import dev.cortado.compiler.op.Input;
import dev.cortado.compiler.shape.Poly;

/** Where the elements of a {@link Buffer} lie while a program runs. */
public sealed interface Home {
  /** In the workspace; {@link Arena} says at which offset. */
  record Workspace() implements Home {}

  /** In the network's parameters, from a constant offset. */
  record Weights(long offset) implements Home {}

  /** In the gradients of the parameters, from a constant offset. */
  record Gradients(long offset) implements Home {}

  /** An array the caller hands in. */
  record Given(Input.Role role, int position) implements Home {}

  /** The array for output {@code position}. */
  record Output(int position) implements Home {}

  /** The array for the gradient of input {@code position}. */
  record InputGradient(int position) implements Home {}

  /** The array of one element that holds the loss. */
  record Loss() implements Home {}

  /** Elements of another buffer from {@code start} on: the slice of one step of a scan. */
  record View(Buffer of, Poly start) implements Home {}
}
