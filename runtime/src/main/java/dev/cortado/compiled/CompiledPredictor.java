package dev.cortado.compiled;

import dev.cortado.compiled.CompiledNetwork.Purpose;

/** A workspace for predictions, for one thread at a time. Its predictions allocate nothing. */
public abstract class CompiledPredictor {
  private final CompiledNetwork network;
  private final int maxBatch;
  private final float[] arena;
  private final Checks checks;
  private final PackedWeights own;

  /** Values of the symbols besides the batch, in the run being prepared. */
  protected final int[] sizes;

  private final int[] maxima;

  protected CompiledPredictor(CompiledNetwork network, int maxBatch) {
    this.network = network;
    this.maxBatch = maxBatch;
    this.checks = new Checks(network);
    this.own = new PackedWeights(network.matrices());
    this.maxima = network.maxima();
    this.sizes = maxima.clone();
    this.arena =
        Checks.allocate(
            network.name() + ": a predictor",
            network.workspace(Purpose.PREDICT, maxBatch, maxima),
            maxBatch);
  }

  /** The most samples at once. */
  public final int maxBatch() {
    return maxBatch;
  }

  protected final float[] arena() {
    return arena;
  }

  /** The matrices of the weights as they are now. */
  protected final PackedWeights packed() {
    return network.packed(own);
  }

  /** The number of elements of a port, for arrays of the caller. */
  protected final int elements(int port, int n) {
    return Math.toIntExact(network.elements(port, n, sizes));
  }

  /**
   * The number of samples in {@code length} elements of a port, with all symbols at their maxima.
   */
  protected final int samples(int port, int length) {
    System.arraycopy(maxima, 0, sizes, 0, sizes.length);
    return checks.samples(port, length, sizes);
  }

  protected final void checkBatch(int n) {
    checks.batch(n, maxBatch);
    checks.sizes(n, sizes);
  }

  protected final void checkInput(int port, float[] values, int at, int n) {
    checks.length(port, values.length, at, n, sizes);
    checks.values(port, values, at, n, sizes);
  }

  protected final void checkInput(int port, int[] values, int at, int n) {
    checks.length(port, values.length, at, n, sizes);
    checks.values(port, values, at, n, sizes);
  }

  protected final void checkOutput(int port, float[] values, int at, int n) {
    checks.length(port, values.length, at, n, sizes);
  }

  protected final void checkExactly(int port, int length, int n) {
    checks.sizes(n, sizes);
    checks.exactly(port, length, n, sizes);
  }
}
