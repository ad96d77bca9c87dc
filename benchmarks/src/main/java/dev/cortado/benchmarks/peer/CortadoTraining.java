package dev.cortado.benchmarks.peer;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.TrainingSession;
import dev.cortado.benchmarks.workload.Samples;
import dev.cortado.benchmarks.workload.Workload;
import dev.cortado.train.Adam;
import dev.cortado.train.Optimizer;
import dev.cortado.train.Sgd;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Cortado, training as a user's own loop does: {@code network.step(batch, optimizer)}. */
public final class CortadoTraining implements TrainingContestant {
  private final Network network;
  private final Optimizer optimizer;
  private final List<Batch> batches;
  private final TrainingSession session;
  private int next;

  public CortadoTraining(Workload workload, Network network, Samples samples) {
    this.network = network;
    this.batches = IntStream.range(0, samples.count()).mapToObj(samples::batch).toList();
    this.optimizer =
        switch (workload.update()) {
          case SGD -> new Sgd(Rates.SGD);
          case MOMENTUM -> new Sgd(Rates.SGD).momentum(Rates.MOMENTUM);
          case ADAM -> new Adam(Rates.ADAM);
        };
    this.session = optimizer.session(network, samples.batch());
  }

  @Override
  public String name() {
    return "Cortado";
  }

  @Override
  public void step() {
    network.step(batches.get(next), optimizer);
    next = (next + 1) % batches.size();
  }

  @Override
  public float loss() {
    return session.train(batches.getFirst(), 0, 0);
  }

  @Override
  public float[] gradients() {
    return session.gradients().clone();
  }

  @Override
  public float[] outputs() {
    session.predict(batches.getFirst());
    return Arrays.copyOf(session.output(0), session.outputCount(0));
  }

  @Override
  public void close() {}
}
