package dev.cortado.benchmarks.measure;

import dev.cortado.benchmarks.peer.Contestant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Contestants in one process, one after the other in every round, in an order that turns by one
 * from round to round. Before a turn there is a pause, in which the threads of the one before go to
 * sleep, and a short run that is not counted, in which those of the next wake up.
 */
public final class Race {
  private static final long PAUSE_MILLIS = 50;
  private static final double LEAD_IN = 0.1;

  private Race() {}

  /** The turns of each contestant, by its name, one a round. */
  public static Map<String, List<Turn>> run(List<? extends Contestant> contestants, Plan plan) {
    Stopwatch watch = new Stopwatch();
    Map<String, List<Turn>> turns = new LinkedHashMap<>();
    for (Contestant contestant : contestants) {
      turns.put(contestant.name(), new ArrayList<>());
      watch.warmUp(contestant, plan.warmUp());
    }
    for (int round = 0; round < plan.rounds(); round++) {
      for (int i = 0; i < contestants.size(); i++) {
        Contestant contestant = contestants.get((round + i) % contestants.size());
        pause();
        watch.turn(contestant, LEAD_IN);
        turns.get(contestant.name()).add(watch.turn(contestant, plan.seconds()));
      }
    }
    return turns;
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
