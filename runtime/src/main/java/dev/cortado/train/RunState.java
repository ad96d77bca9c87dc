package dev.cortado.train;

import dev.cortado.Network;
import dev.cortado.ParameterInfo;
import dev.cortado.io.FileFormatException;
import dev.cortado.io.NamedArray;
import dev.cortado.io.Safetensors;
import dev.cortado.io.StoredTensor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run must know to go on: everything that changes besides weights and optimizer state. */
final class RunState {
  private static final String PREFIX = "cortado.";
  private static final String OPTIMIZER = PREFIX + "optimizer.";
  private static final String BEST = PREFIX + "best";
  private static final String AVERAGE = PREFIX + "average";

  /** The epoch that is running or comes next, from 1. */
  int epoch = 1;

  /** Batches of it that are done. */
  int batch;

  double lossSum;
  long samplesDone;
  double best;
  int bestEpoch;
  float @Nullable [] bestWeights;
  float @Nullable [] average;
  final Accuracy accuracy = new Accuracy();
  final List<EpochResult> results = new ArrayList<>();

  /**
   * Writes a checkpoint.
   *
   * @param options what a resumed run must agree on, by name
   */
  void save(
      Path file,
      Network network,
      Optimizer optimizer,
      List<Schedule> schedules,
      Map<String, String> options) {
    List<NamedArray> arrays = new ArrayList<>();
    for (ParameterInfo p : network.parameters()) {
      arrays.add(new NamedArray(p.name(), p.shape(), network.lentWeights(), p.offset()));
    }
    optimizer
        .stateArrays()
        .forEach((name, values) -> arrays.add(NamedArray.of(OPTIMIZER + name, values)));
    if (bestWeights != null) {
      arrays.add(NamedArray.of(BEST, bestWeights));
    }
    if (average != null) {
      arrays.add(NamedArray.of(AVERAGE, average));
    }
    Map<String, String> metadata = new LinkedHashMap<>();
    options.forEach((name, value) -> metadata.put(PREFIX + "option." + name, value));
    metadata.put(
        PREFIX + "state",
        String.join(
            " ",
            String.valueOf(epoch),
            String.valueOf(batch),
            Double.toHexString(lossSum),
            String.valueOf(samplesDone),
            String.valueOf(accuracy.right()),
            String.valueOf(accuracy.all()),
            Double.toHexString(best),
            String.valueOf(bestEpoch),
            String.valueOf(optimizer.updates())));
    for (int i = 0; i < schedules.size(); i++) {
      metadata.put(PREFIX + "schedule." + i, hex(schedules.get(i).memory()));
    }
    results.forEach(result -> EpochText.write(result, PREFIX, metadata));
    Safetensors.write(file, arrays, metadata);
  }

  /**
   * Reads a checkpoint into the network, the optimizer and the schedules. All is read and checked
   * before anything is changed.
   */
  static RunState load(
      Path file,
      Network network,
      Optimizer optimizer,
      List<Schedule> schedules,
      Map<String, String> options) {
    Safetensors tensors = Safetensors.open(file);
    Map<String, String> metadata = tensors.metadata();
    checkOptions(file, metadata, options);
    float[] weights = weights(file, tensors, network);
    int count = weights.length;
    RunState state = new RunState();
    long updates = state.read(file, metadata);
    Map<String, float[]> saved = new LinkedHashMap<>();
    for (StoredTensor tensor : tensors.tensors()) {
      if (tensor.name().startsWith(OPTIMIZER)) {
        saved.put(tensor.name().substring(OPTIMIZER.length()), tensors.read(tensor));
      }
    }
    state.bestWeights = tensors.tensor(BEST).map(tensors::read).orElse(null);
    state.average = tensors.tensor(AVERAGE).map(tensors::read).orElse(null);
    if ((state.bestWeights != null && state.bestWeights.length != count)
        || (state.average != null && state.average.length != count)) {
      throw new FileFormatException(file, "an average has not " + count + " elements");
    }
    restore(file, metadata, schedules, () -> optimizer.restore(network, saved, updates));
    System.arraycopy(weights, 0, network.lentWeights(), 0, count);
    return state;
  }

  /** Restores the schedules, then the rest; when that is refused the schedules are as before. */
  private static void restore(
      Path file, Map<String, String> metadata, List<Schedule> schedules, Runnable rest) {
    List<double[]> before = schedules.stream().map(Schedule::memory).toList();
    try {
      for (int i = 0; i < schedules.size(); i++) {
        schedules.get(i).restore(doubles(metadata.getOrDefault(PREFIX + "schedule." + i, "")));
      }
      rest.run();
    } catch (IllegalArgumentException e) {
      for (int i = 0; i < schedules.size(); i++) {
        schedules.get(i).restore(before.get(i));
      }
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static void checkOptions(
      Path file, Map<String, String> metadata, Map<String, String> options) {
    options.forEach(
        (name, value) -> {
          String saved = metadata.get(PREFIX + "option." + name);
          if (saved == null) {
            throw new FileFormatException(file, "not a checkpoint: it does not name the " + name);
          }
          if (!saved.equals(value)) {
            throw new IllegalArgumentException(
                "%s was made with %s %s, this run has %s: it cannot go on from there"
                    .formatted(file, name, saved, value));
          }
        });
  }

  private static float[] weights(Path file, Safetensors tensors, Network network) {
    float[] weights = network.lentWeights().clone();
    for (ParameterInfo parameter : network.parameters()) {
      StoredTensor stored =
          tensors
              .tensor(parameter.name())
              .filter(tensor -> tensor.shape().equals(parameter.shape()))
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "%s holds no %s of shape %s: it is another network's checkpoint"
                              .formatted(file, parameter.name(), parameter.shape())));
      tensors.read(stored, weights, parameter.offset());
    }
    return weights;
  }

  private long read(Path file, Map<String, String> metadata) {
    String[] fields = metadata.getOrDefault(PREFIX + "state", "").split(" ", -1);
    if (fields.length != 9) {
      throw new FileFormatException(file, "not a checkpoint: it holds no state of a run");
    }
    try {
      epoch = Integer.parseInt(fields[0]);
      batch = Integer.parseInt(fields[1]);
      lossSum = Double.parseDouble(fields[2]);
      samplesDone = Long.parseLong(fields[3]);
      accuracy.restore(Long.parseLong(fields[4]), Long.parseLong(fields[5]));
      best = Double.parseDouble(fields[6]);
      bestEpoch = Integer.parseInt(fields[7]);
      results.addAll(EpochText.readAll(PREFIX, metadata));
      long updates = Long.parseLong(fields[8]);
      if (epoch < 1 || batch < 0 || samplesDone < 0 || bestEpoch < 0 || updates < 0) {
        throw new FileFormatException(file, "the state of the run is damaged: " + List.of(fields));
      }
      return updates;
    } catch (NumberFormatException e) {
      throw new FileFormatException(file, "the state of the run is damaged", e);
    }
  }

  private static String hex(double[] values) {
    List<String> texts = new ArrayList<>();
    for (double value : values) {
      texts.add(Double.toHexString(value));
    }
    return String.join(" ", texts);
  }

  private static double[] doubles(String text) {
    if (text.isEmpty()) {
      return new double[0];
    }
    String[] parts = text.split(" ", -1);
    double[] values = new double[parts.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Double.parseDouble(parts[i]);
    }
    return values;
  }
}
