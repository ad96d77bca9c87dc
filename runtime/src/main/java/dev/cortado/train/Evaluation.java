package dev.cortado.train;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.Port;
import dev.cortado.TrainingSession;
import dev.cortado.data.Batches;
import dev.cortado.data.Dataset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How a network does on data it did not learn from.
 *
 * @param loss mean over the samples
 * @param accuracy the fraction of labels answered rightly; NaN without class labels
 * @param metrics values of the metrics asked for, by name, in order
 */
public record Evaluation(double loss, double accuracy, Map<String, Double> metrics) {

  /** Runs the network over all of {@code data}, dropout off. */
  public static Evaluation of(Network net, Dataset data, int batchSize, Metric... metrics) {
    Fit.check(net, data, "the data set");
    int capacity = Math.min(batchSize, data.size());
    try (TrainingSession session = net.session(capacity)) {
      return of(
          session, Batches.of(data, capacity).sizes(Fit.sizes(net, data)), data, List.of(metrics));
    }
  }

  static Evaluation of(
      TrainingSession session, Batches batches, Dataset data, List<Metric> metrics) {
    List<Metric> all = new ArrayList<>(metrics);
    Metric accuracy = new Accuracy();
    boolean labelled = labelled(data);
    if (labelled) {
      all.add(accuracy);
    }
    all.forEach(Metric::reset);
    double sum = 0;
    for (Batch batch : batches.epoch(0)) {
      float loss = session.evaluate(batch);
      sum += (double) loss * batch.size();
      Answers answers = answers(session, batch, data, loss);
      all.forEach(metric -> metric.add(answers));
    }
    Map<String, Double> values = new LinkedHashMap<>();
    metrics.forEach(metric -> values.put(metric.name(), metric.value()));
    return new Evaluation(
        sum / data.size(),
        labelled ? accuracy.value() : Double.NaN,
        Collections.unmodifiableMap(values));
  }

  /** The first output for every sample of {@code data}, one after the other. */
  public static float[] predict(Network net, Dataset data, int batchSize) {
    Fit.check(net, data, "the data set");
    int capacity = Math.min(batchSize, data.size());
    float[] all = {};
    int filled = 0;
    try (TrainingSession session = net.session(capacity)) {
      for (Batch batch : Batches.of(data, capacity).sizes(Fit.sizes(net, data)).epoch(0)) {
        session.predict(batch);
        int count = session.outputCount(0);
        if (filled == 0) {
          all = new float[Math.multiplyExact(count / batch.size(), data.size())];
        }
        System.arraycopy(session.output(0), 0, all, filled, count);
        filled += count;
      }
    }
    return all;
  }

  static Answers answers(TrainingSession session, Batch batch, Dataset data, float loss) {
    boolean none = batch.targets().isEmpty();
    return new Answers(
        session.output(0),
        session.outputCount(0),
        none ? new float[0] : batch.targets().getFirst(),
        none ? 0 : batch.size() * data.targets().getFirst().count(),
        batch.size(),
        loss);
  }

  static boolean labelled(Dataset data) {
    return !data.targets().isEmpty() && data.targets().getFirst().kind() == Port.Kind.LABEL;
  }
}
