package dev.cortado.compiler.pass;

/** Keeps only what the results need. */
public final class RemoveDeadCode implements Pass {
  @Override
  public Goal run(Goal goal) {
    return Rebuild.of(goal, Rebuild::same);
  }
}
