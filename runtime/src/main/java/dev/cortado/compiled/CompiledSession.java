package dev.cortado.compiled;

import dev.cortado.Batch;
import dev.cortado.Port;
import dev.cortado.TrainingSession;
import java.util.Arrays;
import java.util.List;

/** A workspace for training. The generated subclass runs the programs; everything else is here. */
public abstract class CompiledSession implements TrainingSession {
  private static final float[] NONE = new float[0];

  private final CompiledNetwork network;
  private final int maxBatch;
  private final Checks checks;
  private final PackedWeights own;
  private final int[] maxima;
  private int samples;
  private boolean inputGradientsKnown;

  /** Of the run being prepared, and of the last one. */
  protected final int[] sizes;

  protected final float[] arena;
  protected final float[] gradients;
  protected final float[][] outputs;

  /** One array for each input, empty while its gradient is not wanted. */
  protected final float[][] inputGradients;

  protected final float[] loss = new float[1];
  protected boolean wantsInputGradients;

  protected CompiledSession(CompiledNetwork network, int maxBatch) {
    this(network, maxBatch, network.sessionWorkspace(maxBatch));
  }

  /**
   * @param floats of workspace
   */
  CompiledSession(CompiledNetwork network, int maxBatch, long floats) {
    this.network = network;
    this.maxBatch = maxBatch;
    this.checks = new Checks(network);
    this.own = new PackedWeights(network.matrices());
    this.maxima = network.maxima();
    this.sizes = maxima.clone();
    this.arena = Checks.allocate(network.name() + ": a training session", floats, maxBatch);
    this.gradients = new float[network.lentWeights().length];
    this.outputs = new float[network.outputs().size()][];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = allocate(network.firstOutput() + i, "output " + i);
    }
    this.inputGradients = new float[network.inputs().size()][];
    Arrays.fill(inputGradients, NONE);
  }

  private float[] allocate(int port, String what) {
    return Checks.allocate(
        network.name() + ": " + what, network.elements(port, maxBatch, maxima), maxBatch);
  }

  /** Runs the program; everything has been checked. */
  protected abstract void runTrain(Batch batch, long seed, long step);

  protected abstract void runEvaluate(Batch batch);

  protected abstract void runPredict(Batch batch);

  protected abstract void runBackward(Batch batch, float[][] outputGradients, long seed, long step);

  @Override
  public final int maxBatch() {
    return maxBatch;
  }

  @Override
  public final float train(Batch batch, long seed, long step) {
    needLoss("train");
    check(batch, true);
    if (batch.size() == 0) {
      throw new IllegalArgumentException(network.name() + ": expected samples, but got none");
    }
    runTrain(batch, seed, step);
    inputGradientsKnown = wantsInputGradients;
    return loss[0];
  }

  @Override
  public final float evaluate(Batch batch) {
    needLoss("evaluate");
    check(batch, true);
    if (batch.size() == 0) {
      throw new IllegalArgumentException(network.name() + ": expected samples, but got none");
    }
    runEvaluate(batch);
    return loss[0];
  }

  @Override
  public final void predict(Batch batch) {
    check(batch, false);
    if (batch.size() > 0) {
      runPredict(batch);
    }
  }

  @Override
  public final void backward(Batch batch, float[][] outputGradients, long seed, long step) {
    check(batch, false);
    checkOutputGradients(batch.size(), outputGradients);
    runBackward(batch, outputGradients, seed, step);
    inputGradientsKnown = wantsInputGradients;
  }

  /** The matrices of the weights as they are now. */
  protected final PackedWeights packed() {
    return network.packed(own);
  }

  private void needLoss(String what) {
    if (!network.hasLoss()) {
      throw new UnsupportedOperationException(
          network.name()
              + " has no loss method, so it cannot "
              + what
              + "; add one to the model, or use backward(...) with gradients of the outputs");
    }
  }

  private void check(Batch batch, boolean withTargets) {
    checks.batch(batch.size(), maxBatch);
    sizes(batch.sizes(), batch.size());
    ports("inputs", batch.inputs(), network.inputs(), 0, batch.size());
    if (withTargets) {
      int first = network.inputs().size();
      ports("targets", batch.targets(), network.targets(), first, batch.size());
    }
    samples = batch.size();
  }

  private void sizes(List<Integer> given, int samples) {
    if (!given.isEmpty() && given.size() != sizes.length) {
      throw new IllegalArgumentException(
          network.name()
              + ": expected a size for each of "
              + network.ports().symbols()
              + ", but got "
              + given);
    }
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = given.isEmpty() ? maxima[i] : given.get(i);
    }
    checks.sizes(samples, sizes);
  }

  private void ports(String what, List<Object> arrays, List<Port> ports, int first, int n) {
    if (arrays.size() != ports.size()) {
      throw new IllegalArgumentException(
          network.name()
              + ": expected "
              + ports.size()
              + " "
              + what
              + ", but got "
              + arrays.size());
    }
    for (int i = 0; i < ports.size(); i++) {
      boolean floats = ports.get(i).kind() == Port.Kind.FLOAT;
      if (arrays.get(i) instanceof float[] values && floats) {
        checks.length(first + i, values.length, 0, n, sizes);
        checks.values(first + i, values, 0, n, sizes);
      } else if (arrays.get(i) instanceof int[] values && !floats) {
        checks.length(first + i, values.length, 0, n, sizes);
        checks.values(first + i, values, 0, n, sizes);
      } else {
        throw new IllegalArgumentException(
            network.name()
                + ": "
                + ports.get(i).name()
                + ": expected "
                + (floats ? "float[]" : "int[]")
                + ", but got "
                + arrays.get(i).getClass().getSimpleName());
      }
    }
  }

  private void checkOutputGradients(int n, float[][] outputGradients) {
    if (outputGradients.length != outputs.length) {
      throw new IllegalArgumentException(
          network.name()
              + ": expected "
              + outputs.length
              + " output gradients, but got "
              + outputGradients.length);
    }
    for (int i = 0; i < outputs.length; i++) {
      checks.length(network.firstOutput() + i, outputGradients[i].length, 0, n, sizes);
    }
  }

  /** Called before gradients of weights are handed out: on a device, they come here only then. */
  protected void bringGradients() {}

  /** Called before outputs and gradients of inputs are handed out. */
  protected void bringOutputs() {}

  @Override
  public final float[] gradients() {
    bringGradients();
    return gradients;
  }

  @Override
  public final float[] output(int i) {
    bringOutputs();
    return outputs[i];
  }

  @Override
  public final int outputCount(int i) {
    return samples == 0 ? 0 : (int) network.elements(network.firstOutput() + i, samples, sizes);
  }

  @Override
  public final void wantInputGradients(boolean want) {
    wantsInputGradients = want;
    for (int i = 0; want && i < inputGradients.length; i++) {
      if (network.inputs().get(i).kind() == Port.Kind.FLOAT && inputGradients[i].length == 0) {
        inputGradients[i] = allocate(i, "the gradient of input " + i);
      }
    }
  }

  @Override
  public final float[] inputGradient(int i) {
    if (!inputGradientsKnown) {
      throw new IllegalStateException(
          network.name()
              + ": the last step computed no gradients of inputs; call"
              + " wantInputGradients(true) before train or backward");
    }
    if (network.inputs().get(i).kind() != Port.Kind.FLOAT) {
      throw new IllegalArgumentException(
          network.name()
              + ": "
              + network.inputs().get(i).name()
              + " holds integers, which have no gradient");
    }
    bringOutputs();
    return inputGradients[i];
  }
}
