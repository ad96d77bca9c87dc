package dev.cortado.compiler.plan;

/**
 * What a plan may use of an emitter's kernels.
 *
 * @param epilogues contractions add a bias and apply an activation before they store
 * @param layouts images may lie with channels last, where that suits convolutions better
 * @param calls operations that are more than one expression an element may be {@link
 *     dev.cortado.compiler.graph.Lowering.Call calls}
 * @param rows threads may take rows of a batch through a recurrence, each at its own step
 */
public record Target(boolean epilogues, boolean layouts, boolean calls, boolean rows) {
  /** Row-major tensors; contractions are all that needs a kernel of the emitter's. */
  public static final Target PORTABLE = new Target(false, false, false, false);

  /** The kernels of {@code dev.cortado.kernel}. */
  public static final Target CPU = new Target(true, true, true, true);
}
