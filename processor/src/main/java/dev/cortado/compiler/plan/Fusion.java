package dev.cortado.compiler.plan;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.graph.Graph;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Decides which values are kept in memory; every other one is computed where it is read. Readers
 * are decided before what they read, so it is known how often an element would be computed: once
 * for each iteration of the loops that its index depends on (what does not depend on an inner loop
 * is computed outside of it). A value is kept when computing it so often costs more than a store
 * and a load.
 */
final class Fusion {
  /** A kernel's expression and its reads grow no further than this. */
  private static final int MOST_OPERATIONS = 300;

  private static final int MOST_READS = 40;
  private static final double MEMORY_COST = 2.5;
  private static final double FREE_OF_READS_COST = 16;

  /** One loop around a read: of the kernel, or of a reduction in it. */
  private record Level(LoopVar var, Poly extent, boolean ofReduction) {}

  /**
   * A read of a value at {@code index} inside the loops {@code nest} of a kernel.
   *
   * @param guarded whether it happens under a condition, as the reads of a concatenation do
   */
  private record Use(Kernel kernel, List<Poly> index, List<Level> nest, boolean guarded) {
    /** The same element of the same kernel is computed once, wherever it is read. */
    @Override
    public boolean equals(Object other) {
      return other instanceof Use u && kernel == u.kernel && index.equals(u.index);
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(kernel) + index.hashCode();
    }
  }

  /** A kept value being computed, and how much has been drawn into it. */
  private static final class Kernel {
    private int operations;
    private int reads;
  }

  private final Map<Node, Lowering> lowerings = new IdentityHashMap<>();
  private final Map<Value, Set<Use>> uses = new HashMap<>();
  private final Set<Value> needed = new HashSet<>();
  private final Set<Value> kept = new HashSet<>();
  private final Epilogues epilogues;
  private final boolean calls;
  private final Indices indices;
  private final Function<Value, Buffer> integers;

  private Fusion(
      Epilogues epilogues, boolean calls, Indices indices, Function<Value, Buffer> integers) {
    this.epilogues = epilogues;
    this.calls = calls;
    this.indices = indices;
    this.integers = integers;
  }

  /**
   * The values of pointwise nodes to keep.
   *
   * @param wanted values that must be in memory
   * @param epilogues what contractions compute on the way
   * @param calls whether operations may be {@link Lowering.Call calls}
   * @param integers where integer inputs lie
   */
  static Set<Value> kept(
      Graph graph,
      List<Value> wanted,
      Epilogues epilogues,
      boolean calls,
      Indices indices,
      Function<Value, Buffer> integers) {
    Fusion fusion = new Fusion(epilogues, calls, indices, integers);
    fusion.needed.addAll(wanted);
    List<Node> nodes = graph.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      fusion.decide(nodes.get(i));
    }
    return fusion.kept;
  }

  private void decide(Node node) {
    Epilogues.Fused fused = epilogues.at(node);
    if (fused != null) {
      needed.addAll(Epilogues.operands(fused));
      return;
    }
    Epilogues.Spread spread = epilogues.spreadAt(node);
    if (spread != null) {
      needed.add(spread.gradient());
      return;
    }
    if (epilogues.isAbsorbed(node)) {
      return;
    }
    switch (lowerings.computeIfAbsent(node, n -> n.op().lower(n))) {
      case Lowering.Pointwise p when calls && p.call() != null -> {
        kept.add(node.value());
        needed.addAll(node.inputs());
      }
      case Lowering.Leaf l -> needed.addAll(node.inputs());
      case Lowering.Loops l -> needed.addAll(node.inputs());
      case Lowering.Library l -> needed.addAll(node.inputs());
      case Lowering.Alias a -> alias(node);
      case Lowering.Pointwise p -> pointwise(node, p);
    }
  }

  private void alias(Node node) {
    Value source = node.input(0);
    if (needed.contains(node.value())) {
      needed.add(source);
      return;
    }
    Set<Use> moved = new LinkedHashSet<>();
    for (Use use : uses.getOrDefault(node.value(), Set.of())) {
      List<Poly> index = indices.reshaped(use.index(), node.value().shape(), source.shape());
      if (!Indices.isPlain(index) && Indices.isPlain(use.index())) {
        needed.add(source);
        return;
      }
      moved.add(new Use(use.kernel(), index, use.nest(), use.guarded()));
    }
    uses.computeIfAbsent(source, v -> new LinkedHashSet<>()).addAll(moved);
  }

  private void pointwise(Node node, Lowering.Pointwise lowering) {
    Value value = node.value();
    Set<Use> readers = uses.getOrDefault(value, Set.of());
    if (!needed.contains(value) && !readers.isEmpty() && worthInlining(node, lowering, readers)) {
      readers.forEach(use -> expand(node, lowering, use));
    } else if (needed.contains(value) || !readers.isEmpty()) {
      kept.add(value);
      expand(node, lowering, ownLoops(value));
    }
  }

  /** A kernel's own element, in the loops over its dimensions. */
  private Use ownLoops(Value value) {
    List<Poly> index = new ArrayList<>();
    List<Level> nest = new ArrayList<>();
    for (Poly dim : value.shape().dims()) {
      LoopVar var = LoopVar.named("i");
      indices.declare(var, dim);
      nest.add(new Level(var, dim, false));
      index.add(dim.equals(Poly.ONE) ? Poly.ZERO : Poly.of(var));
    }
    return new Use(new Kernel(), index, nest, false);
  }

  private boolean worthInlining(Node node, Lowering.Pointwise lowering, Set<Use> readers) {
    Expr body = Template.of(node, lowering, ownLoops(node.value()).index(), integers);
    int reads = (int) node.inputs().stream().distinct().count();
    if (!fits(readers, operations(body), reads)) {
      return false;
    }
    if (lowering.cheap()) {
      return true;
    }
    double elements = Cost.value(node.value().shape().count());
    double evaluations = readers.stream().mapToDouble(use -> evaluations(use, elements)).sum();
    double again = evaluations / elements - 1;
    if (again <= 1e-9) {
      return true;
    }
    double cost = new Cost().of(body);
    return reads == 0
        ? cost <= FREE_OF_READS_COST
        : again * (cost + 2 * (reads - 1)) <= MEMORY_COST;
  }

  /** Whether every reader has room for as many computations of the node as it needs. */
  private static boolean fits(Set<Use> readers, int operations, int reads) {
    Map<Kernel, Integer> times = new IdentityHashMap<>();
    readers.forEach(use -> times.merge(use.kernel(), 1, Integer::sum));
    for (Map.Entry<Kernel, Integer> entry : times.entrySet()) {
      Kernel kernel = entry.getKey();
      if (kernel.operations + operations * entry.getValue() > MOST_OPERATIONS
          || (reads > 1 && kernel.reads + reads > MOST_READS)) {
        return false;
      }
    }
    return true;
  }

  private static double evaluations(Use use, double elements) {
    Set<LoopVar> vars = new HashSet<>();
    use.index()
        .forEach(
            p ->
                Indices.atoms(
                    p,
                    a -> {
                      if (a instanceof LoopVar v) {
                        vars.add(v);
                      }
                    }));
    double product = 1;
    double count = 1;
    double axes = 1;
    for (Level level : use.nest()) {
      product *= Cost.value(level.extent());
      axes *= level.ofReduction() ? Cost.value(level.extent()) : 1;
      if (vars.contains(level.var())) {
        count = product;
      }
    }
    // A condition lets each element through about once for each turn of a reduction.
    return use.guarded() ? Math.min(count, elements * axes) : count;
  }

  private static int operations(Expr e) {
    int[] count = {0};
    Expressions.visit(e, x -> count[0]++);
    return count[0];
  }

  /** Hands the reads of a node that is computed at {@code use} on to its inputs. */
  private void expand(Node node, Lowering.Pointwise lowering, Use use) {
    Expr body = Template.of(node, lowering, use.index(), integers);
    use.kernel().operations += operations(body);
    use.kernel().reads += (int) node.inputs().stream().distinct().count();
    reads(node, body, use);
  }

  private void reads(Node node, Expr body, Use use) {
    Set<Expr> seen = java.util.Collections.newSetFromMap(new IdentityHashMap<>());
    new Object() {
      void walk(Expr e, List<Level> around, boolean guarded) {
        if (!seen.add(e)) {
          return;
        }
        if (e instanceof Expr.Load(Template.Hole hole, var zero)) {
          uses.computeIfAbsent(node.input(hole.input()), v -> new LinkedHashSet<>())
              .add(new Use(use.kernel(), simplified(hole.index()), around, guarded));
        }
        List<Level> inside = e instanceof Expr.Reduce r ? within(around, r) : around;
        boolean choice = guarded || (e instanceof Expr.Select s && isOfPlaces(s.cond()));
        Expressions.children(e, child -> walk(child, inside, choice));
      }
    }.walk(body, use.nest(), use.guarded());
  }

  /** Whether a condition looks at places only, not at values. */
  private static boolean isOfPlaces(Expr.Cond cond) {
    return switch (cond) {
      case Expr.Cond.CompareInt c -> true;
      case Expr.Cond.And(Expr.Cond a, Expr.Cond b) -> isOfPlaces(a) && isOfPlaces(b);
      default -> false;
    };
  }

  private List<Poly> simplified(List<Poly> index) {
    return index.stream().map(indices::simplify).toList();
  }

  private List<Level> within(List<Level> around, Expr.Reduce reduce) {
    List<Level> inside = new ArrayList<>(around);
    for (Expr.Axis axis : reduce.axes()) {
      indices.declare(axis.var(), axis.extent());
      inside.add(new Level(axis.var(), axis.extent(), true));
    }
    return inside;
  }
}
