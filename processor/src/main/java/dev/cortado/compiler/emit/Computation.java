package dev.cortado.compiler.emit;

import dev.cortado.compiler.expr.Expr;
import java.util.List;

/** One expression computed at one place. */
final class Computation {
  private final Expr expr;
  private final Scope place;

  /** For a reduction the scopes of its loops; for a choice those of its two branches. */
  private final List<Scope> inner;

  /** The local that holds it, empty while it is written out where it is read. */
  private String name = "";

  private boolean wantsName;

  Computation(Expr expr, Scope place, List<Scope> inner, boolean wantsName) {
    this.expr = expr;
    this.place = place;
    this.inner = inner;
    this.wantsName = wantsName;
  }

  Expr expr() {
    return expr;
  }

  Scope place() {
    return place;
  }

  List<Scope> inner() {
    return inner;
  }

  String name() {
    return name;
  }

  void name(String newName) {
    name = newName;
  }

  /** True when it must stand as statements of its own, before whatever reads it. */
  boolean isStatement() {
    if (!wantsName) {
      wantsName =
          expr instanceof Expr.Reduce
              || (expr instanceof Expr.Select
                  && inner.stream()
                      .flatMap(s -> s.computations().stream())
                      .anyMatch(Computation::isStatement));
    }
    return wantsName;
  }
}
