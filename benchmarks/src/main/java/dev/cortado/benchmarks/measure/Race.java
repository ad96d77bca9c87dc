package dev.cortado.benchmarks.measure;

import dev.cortado.benchmarks.peer.Contestant;
import java.util.ArrayList;
import java.util.List;

/**
 * Contestants in one process, one after the other in every round, in an order that turns by one
 * from round to round. Before a turn there is a pause, in which the threads of the one before go to
 * sleep, and a short run that is not counted, in which those of the next wake up.
 */
public final class Race {
  private static final long PAUSE_MILLIS = 50;
  private static final double LEAD_IN = 0.1;

  private Race() {}

  /**
   * A race that was run.
   *
   * @param entries the turns of each contestant, one a round
   * @param others processors that other programs kept busy meanwhile
   */
  public record Outcome(List<Entry> entries, double others) {}

  /** Warms up, and runs all rounds. */
  public static Outcome run(List<? extends Contestant> contestants, Plan plan) {
    Stopwatch watch = new Stopwatch();
    List<Entry> entries = new ArrayList<>();
    for (Contestant contestant : contestants) {
      entries.add(new Entry(contestant.name(), new ArrayList<>()));
      watch.warmUp(contestant::step, plan.warmUp());
    }
    Processors processors = new Processors();
    for (int round = 0; round < plan.rounds(); round++) {
      for (int i = 0; i < contestants.size(); i++) {
        int at = (round + i) % contestants.size();
        Contestant contestant = contestants.get(at);
        pause();
        watch.turn(contestant::step, LEAD_IN);
        entries.get(at).turns().add(watch.turn(contestant::step, plan.seconds()));
      }
    }
    return new Outcome(entries, processors.others());
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
