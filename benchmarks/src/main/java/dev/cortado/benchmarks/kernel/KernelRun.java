package dev.cortado.benchmarks.kernel;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.reflect.TypeToken;
import dev.cortado.io.AtomicFile;
import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Runs kernels under JMH with one number of threads, in a process whose environment tells OpenBLAS,
 * oneDNN and PyTorch the same number: {@code KernelRun <file> <threads> <benchmark> <part>/<parts>
 * [shape ...]}. Results join those that the file has, in the order in which the benchmark lists its
 * shapes, as soon as a shape is done: a run that is cut short loses only the shape it was at.
 */
public final class KernelRun {
  private KernelRun() {}

  public static void main(String[] args)
      throws RunnerException, IOException, ClassNotFoundException {
    int threads = Integer.parseInt(args[1]);
    Field shapes = shapes(Class.forName(KernelRun.class.getPackageName() + '.' + args[2]));
    List<String> known = List.of(shapes.getAnnotation(Param.class).value());
    List<String> wanted =
        args.length > 4
            ? List.of(args).subList(4, args.length)
            : part(known, args[3].split("/", -1));
    List<KernelResult> results = new ArrayList<>(measured(Path.of(args[0])));
    for (String shape : wanted) {
      for (RunResult run : run(args[2], shapes.getName(), shape, threads)) {
        KernelResult result = result(args[2], threads, run);
        results.removeIf(result::sameKernel);
        results.add(result);
      }
      results.sort(Comparator.comparing(result -> known.indexOf(result.parameters().getFirst())));
      String json = new GsonBuilder().setPrettyPrinting().create().toJson(results);
      AtomicFile.write(Path.of(args[0]), json.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static Iterable<RunResult> run(
      String benchmark, String parameter, String shape, int threads) throws RunnerException {
    return new Runner(
            new OptionsBuilder()
                .include("\\." + benchmark + "\\.")
                .param(parameter, shape)
                .jvmArgsAppend(
                    "--add-modules=jdk.incubator.vector",
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Dcortado.threads=" + threads)
                .timeout(TimeValue.minutes(2))
                .shouldFailOnError(true)
                .build())
        .run();
  }

  /** The parameter that a benchmark is cut by: the first in alphabetic order. */
  private static Field shapes(Class<?> benchmark) {
    return Arrays.stream(benchmark.getDeclaredFields())
        .filter(field -> field.isAnnotationPresent(Param.class))
        .min(Comparator.comparing(Field::getName))
        .orElseThrow();
  }

  /** The first, second, ... of so many parts; neighbours go to different ones. */
  private static List<String> part(List<String> shapes, String[] part) {
    int number = Integer.parseInt(part[0]);
    int of = Integer.parseInt(part[1]);
    if (number < 1 || number > of) {
      throw new IllegalArgumentException("--part=" + number + '/' + of + ": no such part");
    }
    List<String> chosen = new ArrayList<>();
    for (int i = number - 1; i < shapes.size(); i += of) {
      chosen.add(shapes.get(i));
    }
    return chosen;
  }

  private static List<KernelResult> measured(Path file) throws IOException {
    return Files.exists(file)
        ? new Gson().fromJson(Files.readString(file), new TypeToken<List<KernelResult>>() {})
        : List.of();
  }

  private static KernelResult result(String benchmark, int threads, RunResult run) {
    String name = run.getParams().getBenchmark();
    List<String> parameters = new ArrayList<>();
    run.getParams().getParamsKeys().forEach(k -> parameters.add(run.getParams().getParam(k)));
    return new KernelResult(
        benchmark,
        name.substring(name.lastIndexOf('.') + 1),
        parameters,
        threads,
        run.getPrimaryResult().getStatistics().getPercentile(50),
        run.getPrimaryResult().getStatistics().getMin(),
        run.getPrimaryResult().getStatistics().getMax());
  }
}
