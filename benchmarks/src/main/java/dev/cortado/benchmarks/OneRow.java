package dev.cortado.benchmarks;

import com.google.gson.GsonBuilder;
import dev.cortado.benchmarks.measure.Agreement;
import dev.cortado.benchmarks.measure.Peak;
import dev.cortado.benchmarks.measure.Race;
import dev.cortado.benchmarks.measure.Row;
import dev.cortado.benchmarks.peer.Contestant;
import dev.cortado.benchmarks.peer.CortadoPrediction;
import dev.cortado.benchmarks.peer.CortadoTraining;
import dev.cortado.benchmarks.peer.OnnxPrediction;
import dev.cortado.benchmarks.peer.TorchPrediction;
import dev.cortado.benchmarks.peer.TorchTraining;
import dev.cortado.benchmarks.peer.TrainingContestant;
import dev.cortado.benchmarks.workload.Arithmetic;
import dev.cortado.benchmarks.workload.Mode;
import dev.cortado.benchmarks.workload.Samples;
import dev.cortado.benchmarks.workload.WeightTable;
import dev.cortado.benchmarks.workload.Workload;
import dev.cortado.kernel.Team;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Measures one row in this JVM, and writes it as JSON. Started by {@link Benchmarks} for each row,
 * so that no row runs code that HotSpot compiled with another's profile.
 */
final class OneRow {
  private OneRow() {}

  /** The file to write, then a command line with one workload and one mode. */
  public static void main(String[] args) throws IOException {
    Options options = Options.parse(Arrays.copyOfRange(args, 1, args.length));
    Workload workload = options.workloads().iterator().next();
    Mode mode = options.modes().iterator().next();
    Row row = measure(workload, mode, options);
    Files.writeString(Path.of(args[0]), new GsonBuilder().setPrettyPrinting().create().toJson(row));
    System.exit(0); // DJL leaves threads behind.
  }

  private static Row measure(Workload workload, Mode mode, Options options) {
    int threads = options.threads(mode);
    Team.setThreads(threads);
    Samples samples = Samples.of(workload, mode.batch(workload));
    Workload.Compiled compiled = workload.compiled();
    WeightTable weights = new WeightTable(compiled.network());
    List<Contestant> contestants = new ArrayList<>();
    double difference;
    if (mode == Mode.TRAIN) {
      List<TrainingContestant> training = new ArrayList<>();
      training.add(new CortadoTraining(workload, compiled.network(), samples));
      if (!options.without().contains("pytorch")) {
        training.add(new TorchTraining(workload, weights, samples, threads));
      }
      difference = Agreement.training(training, compiled.network().parameters());
      contestants.addAll(training);
    } else {
      contestants.add(new CortadoPrediction(compiled, samples));
      if (!options.without().contains("onnx")) {
        contestants.add(new OnnxPrediction(workload, weights, samples, threads));
      }
      if (!options.without().contains("pytorch")) {
        contestants.add(new TorchPrediction(workload, weights, samples, threads));
      }
      difference = Agreement.outputs(contestants);
    }
    double peak = Peak.gigaflops(threads);
    Race.Outcome outcome = Race.run(contestants, options.plan());
    contestants.forEach(Contestant::close);
    return new Row(
        workload.name(),
        workload.title(),
        mode,
        samples.batch(),
        threads,
        difference,
        Arithmetic.of(workload, weights, mode),
        peak,
        outcome.others(),
        outcome.entries());
  }
}
