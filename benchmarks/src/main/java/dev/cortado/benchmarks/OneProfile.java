package dev.cortado.benchmarks;

import dev.cortado.benchmarks.measure.Stopwatch;
import dev.cortado.benchmarks.peer.Contestant;
import dev.cortado.benchmarks.peer.CortadoPrediction;
import dev.cortado.benchmarks.peer.CortadoTraining;
import dev.cortado.benchmarks.workload.Mode;
import dev.cortado.benchmarks.workload.Samples;
import dev.cortado.benchmarks.workload.Workload;
import dev.cortado.kernel.Team;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/**
 * Samples what Cortado's threads are at while a row runs, and says which methods they were in, a
 * line of Markdown. The recording of Java Flight Recorder stays beside the results.
 */
final class OneProfile {
  private static final double SECONDS = 5;
  private static final int SHOWN = 10;

  private OneProfile() {}

  /** The file to write, then a command line with one workload and one mode. */
  public static void main(String[] args) throws IOException {
    Options options = Options.parse(Arrays.copyOfRange(args, 1, args.length));
    Workload workload = options.workloads().iterator().next();
    Mode mode = options.modes().iterator().next();
    Team.setThreads(options.threads(mode));
    Samples samples = Samples.of(workload, mode.batch(workload));
    Workload.Compiled compiled = workload.compiled();
    Contestant ours =
        mode == Mode.TRAIN
            ? new CortadoTraining(workload, compiled.network(), samples)
            : new CortadoPrediction(compiled, samples);
    Stopwatch watch = new Stopwatch();
    watch.warmUp(ours::step, options.plan().warmUp());
    Path file = Path.of(args[0]);
    Path recorded = file.resolveSibling(file.getFileName().toString().replace(".md", ".jfr"));
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10)).withStackTrace();
      recording.start();
      watch.turn(ours::step, SECONDS);
      recording.stop();
      recording.dump(recorded);
    }
    Files.writeString(file, line(workload, mode, samples.batch(), shares(recorded)));
  }

  /** Shares of the samples by the innermost method of Cortado. */
  private static Map<String, Double> shares(Path recorded) throws IOException {
    Map<String, Integer> counts = new LinkedHashMap<>();
    int all = 0;
    for (RecordedEvent event : RecordingFile.readAllEvents(recorded)) {
      if (event.getStackTrace() != null) {
        String method = method(event.getStackTrace().getFrames());
        if (!method.isEmpty()) {
          counts.merge(method, 1, Integer::sum);
          all++;
        }
      }
    }
    Map<String, Double> shares = new LinkedHashMap<>();
    for (Map.Entry<String, Integer> entry : counts.entrySet()) {
      shares.put(entry.getKey(), (double) entry.getValue() / all);
    }
    return shares;
  }

  private static String method(List<RecordedFrame> frames) {
    for (RecordedFrame frame : frames) {
      String type = frame.getMethod().getType().getName();
      if (type.startsWith("dev.cortado.") && !type.startsWith("dev.cortado.benchmarks.measure.")) {
        String simple = type.substring(type.lastIndexOf('.') + 1);
        String outer = simple.substring(simple.lastIndexOf('$') + 1);
        return type.endsWith(".Team") || type.endsWith(".Worker")
            ? "waiting for the other thread"
            : outer + "." + frame.getMethod().getName();
      }
    }
    return "";
  }

  private static String line(Workload workload, Mode mode, int batch, Map<String, Double> shares) {
    String parts =
        shares.entrySet().stream()
            .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
            .limit(SHOWN)
            .filter(entry -> entry.getValue() >= 0.01)
            .map(e -> String.format(Locale.ROOT, "%s %.0f%%", e.getKey(), 100 * e.getValue()))
            .collect(Collectors.joining(", "));
    String what = mode == Mode.TRAIN ? "training" : "inference";
    return "| %s | %s, batch %d | %s |%n".formatted(workload, what, batch, parts);
  }
}
