package dev.cortado.compiler.plan;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Builds the loops that compute kept values. */
final class KernelBuilder {
  private final Composer composer;
  private final Indices indices;

  KernelBuilder(Composer composer, Indices indices) {
    this.composer = composer;
    this.indices = indices;
  }

  /** The loops of a pointwise node into {@code target}, in their order from the outermost. */
  LoopNest pointwise(Node node, Lowering.Pointwise lowering, Buffer target) {
    List<Expr.Axis> loops = new ArrayList<>();
    List<Poly> index = index(node.value().shape(), target.order(), loops);
    Expr value = composer.element(node, lowering, index);
    Poly position = indices.simplify(position(target, node.value().shape(), index));
    return new LoopNest(loops, target, position, value).collapsed();
  }

  /** Where the element of a tensor of that shape lies in a buffer that may have another one. */
  private static Poly position(Buffer buffer, Shape shape, List<Poly> index) {
    return buffer.type().shape().equals(shape) ? buffer.position(index) : shape.linear(index);
  }

  /**
   * Loops over the dimensions of {@code shape} that are not 1, and the index in them.
   *
   * @param order the dimensions, that of the outermost loop first
   */
  private List<Poly> index(Shape shape, List<Integer> order, List<Expr.Axis> loops) {
    List<Poly> index = new ArrayList<>(Collections.nCopies(shape.rank(), Poly.ZERO));
    List<Integer> dims =
        order.size() == shape.rank() ? order : IntStream.range(0, shape.rank()).boxed().toList();
    for (int i : dims) {
      Poly dim = shape.dim(i);
      if (!dim.equals(Poly.ONE)) {
        LoopVar var = LoopVar.named(name(shape, i));
        indices.declare(var, dim);
        loops.add(new Expr.Axis(var, dim));
        index.set(i, Poly.of(var));
      }
    }
    return index;
  }

  /** {@code target = source}, which hold the same tensor in different layouts. */
  List<Stmt> convert(Buffer source, Buffer target) {
    Shape shape = target.type().shape();
    List<Expr.Axis> loops = new ArrayList<>();
    List<Poly> index = index(shape, target.order(), loops);
    Expr value = new Expr.Load(source, indices.simplify(position(source, shape, index)));
    return new LoopNest(loops, target, indices.simplify(target.position(index)), value)
        .collapsed()
        .statements();
  }

  private static String name(Shape shape, int i) {
    return shape.rank() == 4 ? List.of("image", "c", "y", "x").get(i) : i == 0 ? "row" : "i";
  }

  /** {@code target = source}, element by element. */
  static List<Stmt> copy(Buffer source, Buffer target) {
    return fill(target, source);
  }

  /** {@code target = 0}. */
  static List<Stmt> zero(Buffer target) {
    LoopVar i = LoopVar.named("i");
    return List.of(
        new Stmt.For(
            i,
            target.count(),
            true,
            List.of(new Stmt.Store(target, Poly.of(i), new Expr.Const(0)))));
  }

  private static List<Stmt> fill(Buffer target, Buffer source) {
    LoopVar i = LoopVar.named("i");
    return List.of(
        new Stmt.For(
            i,
            target.count(),
            true,
            List.of(new Stmt.Store(target, Poly.of(i), new Expr.Load(source, Poly.of(i))))));
  }

  /**
   * The buffers that the nest reads only at the position it then stores to, and that are as large
   * as what it stores: one of them may give its memory to the result.
   */
  static List<Buffer> replaceable(LoopNest nest) {
    Set<Buffer> fitting = new LinkedHashSet<>();
    Set<Buffer> misfits = new HashSet<>();
    Expressions.visit(
        nest.value(),
        e -> {
          if (e instanceof Expr.Load(Buffer b, Poly index)) {
            (index.equals(nest.position()) ? fitting : misfits).add(b);
          }
          Expressions.indices(
              e,
              p ->
                  Indices.atoms(
                      p,
                      a -> {
                        if (a instanceof dev.cortado.compiler.expr.Element el
                            && el.source() instanceof Buffer b) {
                          misfits.add(b);
                        }
                      }));
        });
    return fitting.stream()
        .filter(b -> !misfits.contains(b) && b.count().equals(nest.target().count()))
        .toList();
  }
}
