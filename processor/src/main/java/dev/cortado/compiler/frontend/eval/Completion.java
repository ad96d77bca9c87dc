package dev.cortado.compiler.frontend.eval;

import org.jspecify.annotations.Nullable;

/** How a statement ended. */
sealed interface Completion {
  Completion NORMAL = new Normal();

  record Normal() implements Completion {}

  record Break(@Nullable String label) implements Completion {}

  record Continue(@Nullable String label) implements Completion {}

  record Return(Val value) implements Completion {}

  record Yield(Val value) implements Completion {}
}
