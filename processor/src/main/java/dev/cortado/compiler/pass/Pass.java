package dev.cortado.compiler.pass;

/** A rewriting that changes how something is computed, never what. */
public interface Pass {
  Goal run(Goal goal);
}
