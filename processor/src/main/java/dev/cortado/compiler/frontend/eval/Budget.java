package dev.cortado.compiler.frontend.eval;

/** How much a model may do at compile time, so that javac never hangs on it. */
final class Budget {
  static final int STEPS = 2_000_000;
  static final int DEPTH = 100;
  static final int OPERATIONS = 30_000;
  static final int ELEMENTS = 10_000_000;
  static final int TEXT = 1_000_000;

  private int steps;
  private int operations;
  private long elements;

  /** False once too much was evaluated. */
  boolean step() {
    return ++steps <= STEPS;
  }

  boolean operation() {
    return ++operations <= OPERATIONS;
  }

  boolean allocate(long count) {
    elements += count;
    return elements <= ELEMENTS;
  }
}
