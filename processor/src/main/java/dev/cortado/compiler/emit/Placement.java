package dev.cortado.compiler.emit;

import dev.cortado.compiler.expr.Element;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.Cond;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Operand;
import dev.cortado.compiler.plan.Expressions;
import dev.cortado.compiler.plan.Usage;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides, for the expressions of one statement, where each is computed: as far out of the loops as
 * what it depends on allows, once for all its readers. What reads memory never leaves the branch
 * that guards it; read in two branches, it is computed in each.
 */
final class Placement {
  /** What an expression depends on. */
  private record Facts(Set<LoopVar> vars, boolean readsMemory, boolean readsWritten) {}

  private final Set<? extends Operand> written;
  private final Predicate<Expr.Reduce> stripped;
  private final Map<Expr, Facts> facts = new IdentityHashMap<>();
  private final Map<Expr, Set<Scope>> readers = new IdentityHashMap<>();
  private final Map<Expr, Integer> reads = new IdentityHashMap<>();
  private final Map<Expr, List<Computation>> computations = new IdentityHashMap<>();

  private Placement(Set<? extends Operand> written, Predicate<Expr.Reduce> stripped) {
    this.written = written;
    this.stripped = stripped;
  }

  /**
   * Places the expressions below {@code roots}, which are read in {@code scope}.
   *
   * @param written operands that the kernel writes: loads of them stay where they are read
   * @param stripped reductions whose last axis is taken in strips: of their bodies only what is the
   *     same for a whole strip has a place
   */
  static Placement of(
      List<Expr> roots,
      Scope scope,
      Set<? extends Operand> written,
      Predicate<Expr.Reduce> stripped) {
    Placement placement = new Placement(written, stripped);
    roots.forEach(r -> placement.read(r, scope));
    for (Expr e : placement.readersFirst(roots)) {
      placement.place(e);
    }
    return placement;
  }

  /** The computation of {@code e} that a reader in {@code scope} uses; null for what needs none. */
  @Nullable Computation find(Expr e, Scope scope) {
    for (Computation c : computations.getOrDefault(e, List.of())) {
      if (scope.isWithin(c.place().guard())) {
        return c;
      }
    }
    return null;
  }

  private List<Expr> readersFirst(List<Expr> roots) {
    List<Expr> order = new ArrayList<>();
    Set<Expr> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    roots.forEach(r -> after(r, order, seen));
    return order.reversed();
  }

  private static void after(Expr e, List<Expr> order, Set<Expr> seen) {
    if (seen.add(e)) {
      Expressions.children(e, child -> after(child, order, seen));
      order.add(e);
    }
  }

  private void read(Expr e, Scope scope) {
    readers.computeIfAbsent(e, x -> Collections.newSetFromMap(new LinkedHashMap<>())).add(scope);
    reads.merge(e, 1, Integer::sum);
  }

  private void place(Expr e) {
    if (e instanceof Expr.Const || e instanceof Expr.OfInt || !readers.containsKey(e)) {
      return;
    }
    Facts own = facts(e);
    for (Set<Scope> group : groups(readers.getOrDefault(e, Set.of()), own)) {
      Scope common = group.stream().reduce(Scope::common).orElseThrow();
      Scope place = own.readsWritten ? common : common.outermost(own.vars);
      boolean noRoom = place.kind() == Scope.Kind.CONDITION;
      boolean several = group.size() > 1 || reads.getOrDefault(e, 0) > 1;
      Computation computation =
          new Computation(
              e, place, inner(e, place), !noRoom && (several || !group.contains(place)));
      place.computations().add(computation);
      computations.computeIfAbsent(e, x -> new ArrayList<>()).add(computation);
      hand(e, computation);
    }
  }

  /** Readers that can share one computation. */
  private static List<Set<Scope>> groups(Set<Scope> scopes, Facts own) {
    if (!own.readsMemory) {
      return List.of(scopes);
    }
    List<Scope> outerFirst = new ArrayList<>(scopes);
    outerFirst.sort((a, b) -> Integer.compare(depth(a.guard()), depth(b.guard())));
    Map<Scope, Set<Scope>> byGuard = new LinkedHashMap<>();
    for (Scope scope : outerFirst) {
      Scope guard = scope.guard();
      Scope home = byGuard.keySet().stream().filter(guard::isWithin).findFirst().orElse(guard);
      byGuard.computeIfAbsent(home, g -> new HashSet<>()).add(scope);
    }
    return List.copyOf(byGuard.values());
  }

  private static int depth(Scope scope) {
    int depth = 0;
    for (Scope s = scope.parent(); s != null; s = s.parent()) {
      depth++;
    }
    return depth;
  }

  private List<Scope> inner(Expr e, Scope place) {
    List<Scope> inner = new ArrayList<>();
    if (e instanceof Expr.Reduce r) {
      Scope around = place;
      int loops = r.axes().size() - (stripped.test(r) ? 1 : 0);
      for (Expr.Axis axis : r.axes().subList(0, loops)) {
        around = Scope.loop(around, axis.var());
        inner.add(around);
      }
    } else if (e instanceof Expr.Select) {
      inner.add(new Scope(Scope.Kind.BRANCH, place));
      inner.add(new Scope(Scope.Kind.BRANCH, place));
    }
    return inner;
  }

  /** Tells the expressions right below where they are read. */
  private void hand(Expr e, Computation computation) {
    switch (e) {
      case Expr.Reduce r when stripped.test(r) -> {
        List<Scope> loops = computation.inner();
        Scope inside = loops.isEmpty() ? computation.place() : loops.getLast();
        StripForm.scalars(r.body(), r.axes().getLast().var()).forEach(s -> read(s, inside));
      }
      case Expr.Reduce r -> read(r.body(), computation.inner().getLast());
      case Expr.Select s -> {
        read(s.cond(), computation.place());
        read(s.then(), computation.inner().get(0));
        read(s.otherwise(), computation.inner().get(1));
      }
      default -> Expressions.children(e, child -> read(child, computation.place()));
    }
  }

  private void read(Cond cond, Scope scope) {
    switch (cond) {
      case Cond.And(Cond a, Cond b) -> {
        read(a, scope);
        read(b, onCondition(b, scope));
      }
      case Cond.Or(Cond a, Cond b) -> {
        read(a, scope);
        read(b, onCondition(b, scope));
      }
      default -> Expressions.children(cond, child -> read(child, scope));
    }
  }

  /** The right side of a condition is computed only if the left side says so. */
  private Scope onCondition(Cond right, Scope scope) {
    boolean[] guarded = {false};
    boolean[] loops = {false};
    Expressions.children(
        right,
        e -> {
          guarded[0] |= facts(e).readsMemory;
          Expressions.visit(e, x -> loops[0] |= x instanceof Expr.Reduce);
        });
    return guarded[0] && !loops[0] ? new Scope(Scope.Kind.CONDITION, scope) : scope;
  }

  private Facts facts(Expr e) {
    Facts known = facts.get(e);
    if (known == null) {
      known = compute(e);
      facts.put(e, known);
    }
    return known;
  }

  private Facts compute(Expr e) {
    Set<LoopVar> vars = new HashSet<>();
    boolean[] reads = {e instanceof Expr.Load};
    boolean[] readsWritten = {e instanceof Expr.Load l && written.contains(l.source())};
    Expressions.indices(e, p -> index(p, vars, reads, readsWritten));
    Expressions.children(
        e,
        child -> {
          Facts below = facts(child);
          vars.addAll(below.vars);
          reads[0] |= below.readsMemory;
          readsWritten[0] |= below.readsWritten;
        });
    if (e instanceof Expr.Reduce r) {
      r.axes().forEach(a -> vars.remove(a.var()));
    }
    return new Facts(vars, reads[0], readsWritten[0]);
  }

  private void index(Poly p, Set<LoopVar> vars, boolean[] reads, boolean[] readsWritten) {
    Usage.atoms(
        p,
        atom -> {
          if (atom instanceof LoopVar v) {
            vars.add(v);
          } else if (atom instanceof Element element) {
            reads[0] = true;
            readsWritten[0] |= written.contains(element.source());
          }
        });
  }
}
