package dev.cortado.compiler.plan;

import dev.cortado.compiler.graph.Graph;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Lowering.Contraction;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.op.Activations;
import dev.cortado.compiler.op.Elementwise;
import dev.cortado.compiler.op.Input;
import dev.cortado.compiler.op.MaxPool2d;
import dev.cortado.compiler.op.Parameter;
import dev.cortado.compiler.shape.Shape;
import dev.cortado.kernel.Activation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds {@code relu(contraction + bias)} and {@code contraction + bias}: the contraction's kernel
 * does all of it before it stores its result. A convolution also does max-pooling by two by two.
 * For the gradient it then notes which of four elements was the largest, so that the result itself
 * need not be kept.
 */
final class Epilogues {
  /** The node whose value is stored stands for all of them. */
  record Fused(Node contraction, Value bias, Activation activation, @Nullable Pooling pooling) {}

  /**
   * @param winners whether the gradient needs them
   */
  record Pooling(boolean winners) {}

  /**
   * The gradient of pooling, and of an activation before it, computed from the winners.
   *
   * @param pool whose winners
   * @param gradient that of the pooled value
   */
  record Spread(Node pool, Value gradient, Lowering.MaxPool windows) {}

  private final Map<Node, Fused> fused = new HashMap<>();
  private final Map<Node, Spread> spreads = new HashMap<>();
  private final Set<Node> absorbed = new HashSet<>();

  private Epilogues() {}

  static Epilogues none() {
    return new Epilogues();
  }

  /**
   * @param layouts how images lie
   * @param pools whether a convolution may pool what it computes
   * @param isGiven whether a value has a place of its own, such as an output of the program
   */
  static Epilogues of(
      Graph graph, List<Value> wanted, Layouts layouts, boolean pools, Predicate<Value> isGiven) {
    Epilogues epilogues = new Epilogues();
    Readers readers = new Readers(graph, wanted);
    for (Node node : graph.nodes()) {
      if (node.op() instanceof Elementwise e && e.isSum()) {
        epilogues.sum(node, 0, readers);
        if (epilogues.at(node) == null) {
          epilogues.sum(node, 1, readers);
        }
      } else if (node.op() instanceof Elementwise e && e.body().equals(Activations.RELU)) {
        epilogues.relu(node, readers);
      } else if (pools && node.op() instanceof MaxPool2d && !isGiven.test(node.value())) {
        epilogues.pool(node, readers, last -> fits(node, last, layouts) && !isGiven.test(last));
      }
    }
    return epilogues;
  }

  /** What a node's value is computed by, or null when the node is like any other. */
  @Nullable Fused at(Node node) {
    return fused.get(node);
  }

  /** How a node's value is computed from winners, or null when the node is like any other. */
  @Nullable Spread spreadAt(Node node) {
    return spreads.get(node);
  }

  /** Whether the node is part of what another stands for. */
  boolean isAbsorbed(Node node) {
    return absorbed.contains(node);
  }

  private void sum(Node node, int product, Readers readers) {
    Value term = node.input(product);
    Value bias = node.input(1 - product);
    Set<Node> between = new HashSet<>();
    while (readers.isOnlyOne(term)
        && term.node().op().lower(term.node()) instanceof Lowering.Alias) {
      between.add(term.node());
      term = term.node().input(0);
    }
    Node contraction = term.node();
    if (readers.isOnlyOne(term)
        && node.input(product).shape().equals(node.value().shape())
        && contraction.op().lower(contraction) instanceof Lowering.Library(Contraction call)
        && isBias(call, bias, node.value().shape())) {
      fused.put(node, new Fused(contraction, bias, Activation.NONE, null));
      absorbed.add(contraction);
      absorbed.addAll(between);
    }
  }

  /** Whether {@code bias}, in memory anyway, has one number for each column or channel. */
  private static boolean isBias(Contraction call, Value bias, Shape result) {
    Value source = Buffers.source(bias);
    int rank = bias.shape().rank();
    boolean given = source.node().op() instanceof Parameter || source.node().op() instanceof Input;
    return given
        && switch (call) {
          case Contraction.MatMul m ->
              !m.batchedA()
                  && !m.batchedB()
                  && rank >= 1
                  && bias.shape().dim(-1).equals(m.n())
                  && bias.shape().count().equals(m.n())
                  && result.dim(-1).equals(m.n());
          case Contraction.Conv2d c ->
              c.direction() == Contraction.Direction.FORWARD
                  && result.rank() == 4
                  && rank >= 3
                  && bias.shape().dim(-3).equals(c.outChannels())
                  && bias.shape().count().equals(c.outChannels());
        };
  }

  private void relu(Node node, Readers readers) {
    Node sum = node.input(0).node();
    Fused below = fused.get(sum);
    if (below != null
        && below.pooling() == null
        && below.activation() == Activation.NONE
        && readers.isOnlyOne(node.input(0))) {
      fused.remove(sum);
      absorbed.add(sum);
      fused.put(node, new Fused(below.contraction(), below.bias(), Activation.RELU, null));
    }
  }

  /** Whether a gradient lies as the winners do. */
  private static boolean fits(Node pool, Value gradient, Layouts layouts) {
    return layouts.of(pool.value()) == layouts.of(gradient);
  }

  private void pool(Node node, Readers readers, Predicate<Value> canSpread) {
    Value image = node.input(0);
    Fused below = fused.get(image.node());
    if (below == null
        || below.pooling() != null
        || readers.isWanted(image)
        || !(node.op().lower(node) instanceof Lowering.Pointwise p
            && p.call() instanceof Lowering.MaxPool windows
            && isHalving(windows))) {
      return;
    }
    boolean alone = readers.isOnlyOne(image);
    Node spread = alone ? null : spread(image, windows, readers);
    Node last = spread == null ? null : cut(spread, image, below.activation(), readers);
    if (!alone
        && (last == null
            || !canSpread.test(last.value())
            || !List.of(node, spread, last).containsAll(readers.of(image)))) {
      return;
    }
    fused.remove(image.node());
    absorbed.add(image.node());
    fused.put(
        node,
        new Fused(below.contraction(), below.bias(), below.activation(), new Pooling(!alone)));
    if (spread != null && last != null) {
      absorbed.add(spread);
      absorbed.remove(last);
      spreads.put(last, new Spread(node, spread.input(1), windows));
    }
  }

  private static boolean isHalving(Lowering.MaxPool w) {
    return w.kernelH() == 2
        && w.kernelW() == 2
        && w.strideH() == 2
        && w.strideW() == 2
        && w.padTop() == 0
        && w.padLeft() == 0
        && w.outHeight().equals(w.height().floorDiv(2))
        && w.outWidth().equals(w.width().floorDiv(2));
  }

  /** The gradient of pooling {@code image}. */
  private static @Nullable Node spread(Value image, Lowering.MaxPool windows, Readers readers) {
    for (Node reader : readers.of(image)) {
      if (reader.op() instanceof MaxPool2d.Spread
          && reader.input(0).equals(image)
          && reader.op().lower(reader) instanceof Lowering.Loops l
          && l.call() instanceof Lowering.MaxPool m
          && isHalving(m)
          && m.outHeight().equals(windows.outHeight())) {
        return reader;
      }
    }
    return null;
  }

  /** What makes the gradient of the activation's operand of that of its value; null for another. */
  private static @Nullable Node cut(
      Node spread, Value image, Activation activation, Readers readers) {
    if (activation == Activation.NONE) {
      return spread;
    }
    if (!readers.isOnlyOne(spread.value())) {
      return null;
    }
    Node reader = readers.of(spread.value()).getFirst();
    return reader.op() instanceof Elementwise e
            && e.body().equals(Activations.RELU_GRADIENT)
            && reader.inputs().equals(List.of(image, spread.value()))
        ? reader
        : null;
  }

  /** What must be in memory before the node's value is computed. */
  static List<Value> operands(Fused fused) {
    List<Value> operands = new ArrayList<>(fused.contraction().inputs());
    operands.add(fused.bias());
    return operands;
  }
}
