package dev.cortado.benchmarks.measure;

/**
 * How long to measure.
 *
 * @param rounds in which every contestant has one turn
 * @param seconds of a turn
 * @param warmUp the most seconds a contestant may run before the first round
 */
public record Plan(int rounds, double seconds, double warmUp) {
  /** What is used unless something else is asked for. */
  public static final Plan USUAL = new Plan(7, 0.5, 8);
}
