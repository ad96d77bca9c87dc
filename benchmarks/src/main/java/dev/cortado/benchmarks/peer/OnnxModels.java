package dev.cortado.benchmarks.peer;

import dev.cortado.benchmarks.workload.WeightTable;
import dev.cortado.benchmarks.workload.Workload;

/** ONNX models of workloads, as files hold them. */
public final class OnnxModels {
  private OnnxModels() {}

  /** A model for one sample at a time. */
  public static byte[] oneSample(Workload workload, WeightTable weights) {
    return OnnxModel.write(workload, weights, 1);
  }
}
