package dev.cortado.compiler.plan;

import java.util.List;

/**
 * What a network does for one purpose, planned: all that an emitter needs.
 *
 * @param name {@code predict}, {@code evaluate}, {@code train}, {@code backward}
 * @param steps in the order in which they run
 */
public record Program(String name, List<Step> steps, Arena arena) {
  public Program {
    steps = List.copyOf(steps);
  }
}
