package dev.cortado.benchmarks.measure;

import dev.cortado.benchmarks.workload.Mode;
import java.util.List;
import java.util.Locale;

/** Rows as a table in Markdown. */
public final class Table {
  private Table() {}

  /** A line for each row and peer. */
  public static String of(List<Row> rows) {
    StringBuilder text =
        new StringBuilder(
            """
            | row | what | batch | threads | Cortado | of peak | peer | peer's | of peak | ratio | min – max | p99/median | peer's |
            |---|---|--:|--:|--:|--:|---|--:|--:|--:|--:|--:|--:|
            """);
    for (Row row : rows) {
      for (String peer : row.peers()) {
        text.append(line(row, peer));
      }
    }
    return text.toString();
  }

  private static String line(Row row, String peer) {
    Spread ratio = row.ratio(peer);
    boolean latency = row.mode() == Mode.LATENCY;
    return String.format(
        Locale.ROOT,
        "| %s %s | %s | %d | %d | %s | %.0f%% | %s | %s | %.0f%% | **%.2f**%s | %.2f – %.2f | %s | %s |%n",
        row.workload(),
        row.title(),
        row.mode() == Mode.TRAIN ? "training" : "inference",
        row.batch(),
        row.threads(),
        value(row, Row.OURS),
        100 * row.share(Row.OURS),
        peer,
        value(row, peer),
        100 * row.share(peer),
        ratio.median(),
        row.disturbed() ? " (disturbed)" : "",
        ratio.min(),
        ratio.max(),
        latency ? String.format(Locale.ROOT, "%.2f", row.tail(Row.OURS)) : "",
        latency ? String.format(Locale.ROOT, "%.2f", row.tail(peer)) : "");
  }

  private static String value(Row row, String contestant) {
    double value = row.value(contestant);
    return row.mode() == Mode.LATENCY
        ? String.format(Locale.ROOT, value < 100 ? "%.2f µs" : "%.0f µs", value)
        : String.format(Locale.ROOT, "%,.0f/s", value);
  }
}
