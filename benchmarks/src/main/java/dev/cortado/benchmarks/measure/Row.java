package dev.cortado.benchmarks.measure;

import dev.cortado.benchmarks.workload.Mode;
import java.util.ArrayList;
import java.util.List;

/**
 * One row of the table, as it is written to JSON.
 *
 * @param difference the largest relative difference of outputs and gradients before the race
 * @param operations floating-point operations of one sample, see {@code Arithmetic}
 * @param peak the machine's, of so many threads, in GFLOP/s
 * @param others processors that other programs kept busy during the race, on average
 * @param entries of the race; Cortado is the first
 */
public record Row(
    String workload,
    String title,
    Mode mode,
    int batch,
    int threads,
    double difference,
    long operations,
    double peak,
    double others,
    List<Entry> entries) {
  /** Who the others are compared with. */
  public static final String OURS = "Cortado";

  /** Ours over theirs, above 1 where Cortado is faster, of turns of the same round. */
  public Spread ratio(String peer) {
    List<Double> ratios = new ArrayList<>();
    for (int round = 0; round < turns(OURS).size(); round++) {
      Turn ours = turns(OURS).get(round);
      Turn theirs = turns(peer).get(round);
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
            turns(contestant).stream()
                .map(t -> mode == Mode.LATENCY ? t.median() : t.perSecond() * batch)
                .toList())
        .median();
  }

  /** Median of the rounds' 99th percentiles over the median, both of single steps. */
  public double tail(String contestant) {
    return Spread.of(turns(contestant).stream().map(t -> t.p99() / t.median()).toList()).median();
  }

  /** The share of the machine's peak that a contestant reaches. */
  public double share(String contestant) {
    double value = value(contestant);
    double perSecond = mode == Mode.LATENCY ? 1e6 / value : value;
    return operations * perSecond / (peak * 1e9);
  }

  /** Whether others used the machine so much that the times say little. */
  public boolean disturbed() {
    return others > 0.1;
  }

  public List<String> peers() {
    return entries.stream().map(Entry::contestant).filter(name -> !name.equals(OURS)).toList();
  }

  private List<Turn> turns(String contestant) {
    return entries.stream()
        .filter(entry -> entry.contestant().equals(contestant))
        .findFirst()
        .orElseThrow()
        .turns();
  }
}
