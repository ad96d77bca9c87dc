package dev.cortado.benchmarks.peer;

import dev.cortado.benchmarks.workload.Samples;
import dev.cortado.benchmarks.workload.Workload;
import dev.cortado.benchmarks.workload.Workload.Prediction;

/** Cortado, predicting through a predictor of its own, from arrays into an array. */
public final class CortadoPrediction implements Contestant {
  private final Samples samples;
  private final Prediction prediction;
  private final float[] outputs;
  private int next;

  public CortadoPrediction(Workload.Compiled compiled, Samples samples) {
    this.samples = samples;
    prediction = compiled.predictor().apply(samples.batch());
    outputs = new float[samples.batch() * Workload.CLASSES];
  }

  @Override
  public String name() {
    return "Cortado";
  }

  @Override
  public void step() {
    prediction.predict(samples.inputs().get(next), outputs);
    next = (next + 1) % samples.count();
  }

  @Override
  public float[] outputs() {
    prediction.predict(samples.inputs().getFirst(), outputs);
    return outputs.clone();
  }

  @Override
  public void close() {}
}
