package dev.cortado.benchmarks.kernel;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results of kernels as tables in Markdown. */
public final class KernelTables {
  private KernelTables() {}

  /**
   * A table of one benchmark.
   *
   * @param peaks GFLOP/s of the machine by threads
   */
  public static String of(
      String benchmark, List<KernelResult> results, Map<Integer, Double> peaks) {
    Map<String, Map<String, KernelResult>> rows = new LinkedHashMap<>();
    for (KernelResult result : results) {
      if (result.benchmark().equals(benchmark)) {
        rows.computeIfAbsent(
                String.join(" ", result.parameters()) + '|' + result.threads(),
                k -> new LinkedHashMap<>())
            .put(result.contestant(), result);
      }
    }
    return switch (benchmark) {
      case "MatrixProduct" -> products(rows, peaks);
      case "Convolutions" -> convolutions(rows, peaks);
      default -> bandwidths(benchmark, rows);
    };
  }

  private static String products(
      Map<String, Map<String, KernelResult>> rows, Map<Integer, Double> peaks) {
    StringBuilder text =
        new StringBuilder(
            """
            | m×n×k | threads | Cortado, GFLOP/s | of peak | OpenBLAS | oneDNN | Cortado / the faster |
            |---|--:|--:|--:|--:|--:|--:|
            """);
    rows.forEach(
        (key, row) -> {
          String shape = key.substring(0, key.indexOf('|'));
          int threads = Integer.parseInt(key.substring(key.indexOf('|') + 1));
          double work = Product.parse(shape).operations();
          double ours = rate(row, "cortado", work);
          double openblas = rate(row, "openblas", work);
          double onednn = rate(row, "onednn", work);
          text.append(
              String.format(
                  Locale.ROOT,
                  "| %s | %d | %.1f | %.0f%% | %.1f | %.1f | **%.2f** |%n",
                  shape.replace('x', '×'),
                  threads,
                  ours,
                  100 * ours / peaks.getOrDefault(threads, Double.NaN),
                  openblas,
                  onednn,
                  ours / Math.max(openblas, onednn)));
        });
    return text.toString();
  }

  private static String convolutions(
      Map<String, Map<String, KernelResult>> rows, Map<Integer, Double> peaks) {
    StringBuilder text =
        new StringBuilder(
            """
            | in, size, out, kernel, padding | threads | forward, GFLOP/s | of peak | channels last | PyTorch | ratio | with gradients | channels last | PyTorch | ratio |
            |---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
            """);
    rows.forEach(
        (key, row) -> {
          String shape = key.substring(0, key.indexOf('|'));
          int threads = Integer.parseInt(key.substring(key.indexOf('|') + 1));
          double one = Convolutions.operations(shape);
          List<String> cells = new ArrayList<>(List.of(shape, String.valueOf(threads)));
          double peak = peaks.getOrDefault(threads, Double.NaN);
          direction(row, "forward", one, peak, cells);
          direction(row, "all", 3 * one, Double.NaN, cells);
          text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        });
    return text.toString();
  }

  private static void direction(
      Map<String, KernelResult> row, String what, double work, double peak, List<String> cells) {
    double first = rate(row, what + "First", work);
    double last = rate(row, what + "Last", work);
    double torch = rate(row, what + "Pytorch", work);
    cells.add(String.format(Locale.ROOT, "%.1f", first));
    if (!Double.isNaN(peak)) {
      cells.add(String.format(Locale.ROOT, "%.0f%%", 100 * Math.max(first, last) / peak));
    }
    cells.add(String.format(Locale.ROOT, "%.1f", last));
    cells.add(String.format(Locale.ROOT, "%.1f", torch));
    cells.add(String.format(Locale.ROOT, "**%.2f**", Math.max(first, last) / torch));
  }

  private static String bandwidths(String benchmark, Map<String, Map<String, KernelResult>> rows) {
    StringBuilder text =
        new StringBuilder(
            """
            | what | threads | Cortado, GB/s | PyTorch | ratio |
            |---|--:|--:|--:|--:|
            """);
    rows.forEach(
        (key, row) -> {
          String what = key.substring(0, key.indexOf('|'));
          double bytes =
              benchmark.equals("Updates")
                  ? (double) Updates.bytes(what) * (1024 * 1024 + 1024)
                  : 8.0
                      * RowFunctions.LENGTH
                      * Integer.parseInt(what.substring(what.indexOf(' ') + 1));
          double ours = rate(row, "cortado", bytes);
          double torch = rate(row, "pytorch", bytes);
          text.append(
              String.format(
                  Locale.ROOT,
                  "| %s | %s | %.1f | %.1f | **%.2f** |%n",
                  what,
                  key.substring(key.indexOf('|') + 1),
                  ours,
                  torch,
                  ours / torch));
        });
    return text.toString();
  }

  /** Work a nanosecond. */
  private static double rate(Map<String, KernelResult> row, String contestant, double work) {
    KernelResult result = row.get(contestant);
    return result == null ? Double.NaN : work / result.median();
  }
}
