package dev.cortado.compiler.emit;

import dev.cortado.compiler.expr.LoopVar;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place in a kernel where values can be computed: the kernel itself, a loop, a guarded branch.
 */
final class Scope {
  /** What the scope is, which says whether a computation may be moved out of it. */
  enum Kind {
    KERNEL,
    /** Computations that do not depend on its variable move out. */
    LOOP,
    /** A branch: what reads memory stays inside, it may be out of bounds otherwise. */
    BRANCH,
    /** The right side of a condition: a branch that has no room for statements. */
    CONDITION
  }

  private final Kind kind;
  private final @Nullable Scope parent;
  private final int depth;
  private final Set<LoopVar> defined = new HashSet<>();

  /** Lines that go before the statement being printed. */
  private final Lines before = new Lines();

  /** What is computed right here, readers before what they read. */
  private final List<Computation> computations = new ArrayList<>();

  Scope(Kind kind, @Nullable Scope parent) {
    this.kind = kind;
    this.parent = parent;
    this.depth = parent == null ? 0 : parent.depth + 1;
  }

  static Scope loop(Scope parent, LoopVar var) {
    Scope scope = new Scope(Kind.LOOP, parent);
    scope.define(var);
    return scope;
  }

  void define(LoopVar var) {
    defined.add(var);
  }

  @Nullable Scope parent() {
    return parent;
  }

  Kind kind() {
    return kind;
  }

  Lines before() {
    return before;
  }

  List<Computation> computations() {
    return computations;
  }

  /** The outermost scope that something may be moved to which depends on {@code vars}. */
  Scope outermost(Set<LoopVar> vars) {
    Scope scope = this;
    while (scope.kind == Kind.LOOP && scope.parent != null && !scope.definesAny(vars)) {
      scope = scope.parent;
    }
    return scope;
  }

  private boolean definesAny(Set<LoopVar> vars) {
    return defined.stream().anyMatch(vars::contains);
  }

  /** The innermost branch around, this one included; the kernel's scope when there is none. */
  Scope guard() {
    Scope scope = this;
    while (scope.kind == Kind.LOOP && scope.parent != null) {
      scope = scope.parent;
    }
    return scope;
  }

  boolean isWithin(Scope other) {
    for (Scope s = this; s != null; s = s.parent) {
      if (s == other) {
        return true;
      }
    }
    return false;
  }

  /** The innermost scope around both. */
  Scope common(Scope other) {
    Scope a = this;
    Scope b = other;
    while (a != b) {
      if (a.depth >= b.depth && a.parent != null) {
        a = a.parent;
      } else if (b.parent != null) {
        b = b.parent;
      }
    }
    return a;
  }
}
