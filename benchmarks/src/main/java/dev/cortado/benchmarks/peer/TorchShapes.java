package dev.cortado.benchmarks.peer;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.cortado.benchmarks.workload.Samples;
import dev.cortado.benchmarks.workload.Workload;
import java.util.stream.LongStream;

/** Shapes and scopes of tensors. */
final class TorchShapes {
  private TorchShapes() {}

  /** The shape of a batch of inputs. */
  static long[] batch(Workload workload, Samples samples) {
    return LongStream.concat(
            LongStream.of(samples.batch()),
            workload.sampleShape().stream().mapToLong(Integer::longValue))
        .toArray();
  }

  /**
   * A view of {@code tensor} that {@code scope} closes, as it does all that is computed from it.
   */
  static PtNDArray in(PtNDManager scope, PtNDArray tensor) {
    PtNDArray view = JniUtils.detachGradient(tensor);
    view.attach(scope);
    return view;
  }
}
