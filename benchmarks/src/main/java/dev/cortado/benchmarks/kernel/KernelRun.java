package dev.cortado.benchmarks.kernel;

import com.google.gson.GsonBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs kernels under JMH with one number of threads, in a process whose environment tells OpenBLAS,
 * oneDNN and PyTorch the same number: {@code KernelRun <file> <threads> <benchmark> [shape ...]}.
 */
public final class KernelRun {
  private KernelRun() {}

  public static void main(String[] args) throws RunnerException, IOException {
    int threads = Integer.parseInt(args[1]);
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include("\\." + args[2] + "\\.")
            .jvmArgsAppend(
                "--add-modules=jdk.incubator.vector",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dcortado.threads=" + threads)
            .timeout(TimeValue.minutes(2))
            .shouldFailOnError(true);
    if (args.length > 3) {
      options.param("shape", List.of(args).subList(3, args.length).toArray(new String[0]));
    }
    List<KernelResult> results = new ArrayList<>();
    for (RunResult run : new Runner(options.build()).run()) {
      String name = run.getParams().getBenchmark();
      List<String> parameters = new ArrayList<>();
      run.getParams().getParamsKeys().forEach(k -> parameters.add(run.getParams().getParam(k)));
      results.add(
          new KernelResult(
              args[2],
              name.substring(name.lastIndexOf('.') + 1),
              parameters,
              threads,
              run.getPrimaryResult().getStatistics().getPercentile(50),
              run.getPrimaryResult().getStatistics().getMin(),
              run.getPrimaryResult().getStatistics().getMax()));
    }
    Files.writeString(
        Path.of(args[0]), new GsonBuilder().setPrettyPrinting().create().toJson(results));
  }
}
