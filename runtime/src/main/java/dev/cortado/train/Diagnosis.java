package dev.cortado.train;

import dev.cortado.Batch;
import dev.cortado.Eager;
import dev.cortado.Network;
import dev.cortado.Origin;
import dev.cortado.TrainingSession;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why a loss is not finite: which input, weight or layer it arose in. It is found out after the
 * fact, so that steps that go well cost nothing: the model object that the network was compiled
 * from is run on a sample whose loss is not finite, and watched.
 */
final class Diagnosis {
  private final Network net;
  private final TrainingSession session;
  private final Batch batch;
  private final float loss;

  private Diagnosis(Network net, TrainingSession session, Batch batch, float loss) {
    this.net = net;
    this.session = session;
    this.batch = batch;
    this.loss = loss;
  }

  /**
   * What to tell the user.
   *
   * @param session has just computed {@code loss} from {@code batch}; it is used again
   * @param when the step, in words
   */
  static String of(Network net, TrainingSession session, Batch batch, float loss, String when) {
    return "the loss is "
        + loss
        + " at "
        + when
        + ": "
        + new Diagnosis(net, session, batch, loss).cause();
  }

  private String cause() {
    String input = input();
    if (input != null) {
      return input;
    }
    float[] weights = net.lentWeights();
    if (!Gradients.finite(weights, weights.length)) {
      return "weight " + Gradients.firstNotFinite(net.parameters(), weights) + " is not finite";
    }
    return "inputs and weights are finite; "
        + layer()
        + ". The weights are the last good ones. Try a smaller learning rate, or clip the gradients";
  }

  private @Nullable String input() {
    for (int i = 0; i < batch.inputs().size(); i++) {
      if (!(batch.inputs().get(i) instanceof float[] values)) {
        continue;
      }
      int count = Samples.count(net, net.inputs().get(i), batch);
      int length = count < 0 ? values.length : count * batch.size();
      for (int e = 0; e < length; e++) {
        if (!Float.isFinite(values[e])) {
          return "input %s holds %s in sample %s of the batch"
              .formatted(
                  net.inputs().get(i).name(),
                  values[e],
                  count < 0 ? "with element " + e : String.valueOf(e / count));
        }
      }
    }
    return null;
  }

  /** Where the first value that is not finite arises, in words. */
  private String layer() {
    try {
      return locate();
    } catch (ReflectiveOperationException | RuntimeException e) {
      return outputs() + " (the layer is not known, as the model cannot be run: " + e + ")";
    }
  }

  private String locate() throws ReflectiveOperationException {
    int bad = -1;
    int good = -1;
    boolean alike = false;
    for (int s = 0; Samples.areKnown(net, batch) && s < batch.size(); s++) {
      float own = session.evaluate(Samples.one(net, batch, s));
      if (Float.isFinite(own)) {
        good = good < 0 ? s : good;
      } else if (bad < 0 || (!alike && Float.compare(own, loss) == 0)) {
        bad = s;
        alike = Float.compare(own, loss) == 0;
      }
    }
    if (bad >= 0) {
      List<Origin> found = watched(Samples.one(net, batch, bad));
      // What a sample that goes well has too, such as a mask of infinities, is meant to be so.
      List<Origin> usual =
          good < 0 || found.isEmpty() ? List.of() : watched(Samples.one(net, batch, good));
      Optional<String> told = first(found, usual, "in sample " + bad + " of the batch ");
      return told.isPresent() ? told.get() : unseen(Samples.one(net, batch, bad));
    }
    if (Float.isFinite(session.evaluate(batch))) {
      return "without dropout the loss of this batch is finite, so it arose with what was dropped";
    }
    Optional<String> told = first(watched(batch), List.of(), "");
    return told.isPresent() ? told.get() : unseen(batch);
  }

  private List<Origin> watched(Batch samples) throws ReflectiveOperationException {
    Object model = net.eager();
    return Eager.nonFinite(model, new PlainRun(net, model, samples));
  }

  private static Optional<String> first(List<Origin> found, List<Origin> usual, String where) {
    return found.stream()
        .filter(origin -> !usual.contains(origin))
        .findFirst()
        .map(origin -> where + origin + ", the first that is not finite");
  }

  /** The model object sums in double precision, where what overflows in a kernel may be finite. */
  private String unseen(Batch samples) throws ReflectiveOperationException {
    Object model = net.eager();
    return outputs()
        + Eager.largest(model, new PlainRun(net, model, samples))
            .map(
                origin ->
                    "; sums exceed single precision, most of all where "
                        + origin
                        + ", the largest value")
            .orElse("");
  }

  private String outputs() {
    for (int i = 0; i < net.outputs().size(); i++) {
      if (!Gradients.finite(session.output(i), session.outputCount(i))) {
        return net.outputs().get(i).name() + " is not finite";
      }
    }
    return "the outputs are finite too, so it arose in the loss itself";
  }
}
