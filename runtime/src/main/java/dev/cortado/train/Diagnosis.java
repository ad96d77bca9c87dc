package dev.cortado.train;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.TrainingSession;
import dev.cortado.data.Dataset;

/** Why a loss is not finite, as far as can be seen from outside. */
final class Diagnosis {
  private Diagnosis() {}

  static String of(
      Network net,
      TrainingSession session,
      Batch batch,
      Dataset data,
      float loss,
      long step,
      int epoch) {
    String where = "the loss is %s at step %d (epoch %d): ".formatted(loss, step, epoch);
    for (int i = 0; i < batch.inputs().size(); i++) {
      if (batch.inputs().get(i) instanceof float[] values) {
        int each = data.inputs().get(i).count();
        for (int e = 0; e < each * batch.size(); e++) {
          if (!Float.isFinite(values[e])) {
            return where
                + "input %s holds %s in sample %d of the batch"
                    .formatted(net.inputs().get(i).name(), values[e], e / each);
          }
        }
      }
    }
    float[] weights = net.weights();
    if (!Gradients.finite(weights, weights.length)) {
      return where
          + "weight "
          + Gradients.firstNotFinite(net.parameters(), weights)
          + " is not finite";
    }
    for (int i = 0; i < net.outputs().size(); i++) {
      if (!Gradients.finite(session.output(i), session.outputCount(i))) {
        return where
            + "inputs and weights are finite, output %s is not; the weights are the last good ones. Try a"
                .formatted(net.outputs().get(i).name())
            + " smaller learning rate or clip the gradients";
      }
    }
    return where
        + "the outputs are finite, so it arose in the loss itself; the weights are the last good"
        + " ones";
  }
}
