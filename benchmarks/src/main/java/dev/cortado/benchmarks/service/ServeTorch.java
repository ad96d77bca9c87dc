package dev.cortado.benchmarks.service;

import dev.cortado.Network;
import dev.cortado.benchmarks.peer.TorchPrediction;
import dev.cortado.benchmarks.workload.Samples;
import dev.cortado.benchmarks.workload.WeightTable;
import dev.cortado.benchmarks.workload.Workload;
import java.nio.file.Path;

/**
 * The same service on PyTorch through DJL: {@code ServeTorch <row> <weights> <predictions>}. The
 * weights pass through a Cortado network on their way, a few milliseconds.
 */
final class ServeTorch {
  private ServeTorch() {}

  public static void main(String[] args) {
    Workload workload = Workload.named(args[0]);
    Network network = workload.compiled().network();
    network.load(Path.of(args[1]));
    TorchPrediction prediction =
        new TorchPrediction(workload, new WeightTable(network), Samples.of(workload, 1), 1);
    System.out.println("first " + prediction.outputs()[0]);
    Memory.serve(() -> prediction.outputs()[0], Integer.parseInt(args[2]));
    System.exit(0);
  }
}
