package dev.cortado.benchmarks.measure;

import dev.cortado.benchmarks.workload.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One row of the table, as it is written to JSON.
 *
 * @param difference the largest relative difference of outputs and gradients before the race
 * @param turns by contestant; Cortado is the first
 */
public record Row(
    String workload,
    String title,
    Mode mode,
    int batch,
    int threads,
    double difference,
    Map<String, List<Turn>> turns) {
  /** Who the others are compared with. */
  public static final String OURS = "Cortado";

  /** Ours over theirs, above 1 where Cortado is faster, of turns of the same round. */
  public Spread ratio(String peer) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < turns.get(OURS).size(); round++) {
      Turn ours = turns.get(OURS).get(round);
      Turn theirs = turns.get(peer).get(round);
      ratios.add(
          mode == Mode.LATENCY
              ? theirs.median() / ours.median()
              : ours.perSecond() / theirs.perSecond());
    }
    return Spread.of(ratios);
  }

  /** Median of a round's median, in microseconds, or samples a second. */
  public double value(String contestant) {
    return Spread.of(
            turns.get(contestant).stream()
                .map(t -> mode == Mode.LATENCY ? t.median() : t.perSecond() * batch)
                .toList())
        .median();
  }

  /** Median of the rounds' 99th percentiles over the median, both of single steps. */
  public double tail(String contestant) {
    return Spread.of(turns.get(contestant).stream().map(t -> t.p99() / t.median()).toList())
        .median();
  }

  public List<String> peers() {
    return turns.keySet().stream().filter(name -> !name.equals(OURS)).toList();
  }
}
