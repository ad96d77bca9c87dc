package dev.cortado.compiler.graph;

import dev.cortado.compiler.shape.Poly;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A primitive operation: a record whose components are its constant attributes. Its shape rule,
 * gradient rule and lowering are its three methods, in one file of {@code dev.cortado.compiler.op}.
 * Equal records applied to equal inputs compute equal values (a random operation carries its stream
 * number).
 */
public interface Op {
  /** The name in messages and comments. */
  String name();

  /**
   * The types of the results.
   *
   * @throws OpError when the inputs do not fit, saying what was expected and what came
   */
  List<Type> infer(List<Type> inputs);

  /**
   * The gradient of each input, or null where none flows (an integer input, a mask). Never called
   * when all output gradients are absent.
   *
   * @param outputGradients one for each result; null where nothing depends on it
   */
  List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients);

  /** The gradient of the one result, which is always there when a gradient is asked for. */
  static Value only(List<@Nullable Value> outputGradients) {
    return Objects.requireNonNull(outputGradients.getFirst());
  }

  /**
   * The same, told which inputs' gradients anybody reads; the others may be null.
   *
   * @param wanted one for each input
   */
  default List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients, List<Boolean> wanted) {
    return gradient(graph, node, outputGradients);
  }

  /**
   * The operation to use where a gradient is going to be taken: its first results are this one's,
   * and what follows is what {@link #gradient} needs of the forward pass beyond inputs and results.
   */
  default Op saving() {
    return this;
  }

  /**
   * Sizes that must not be negative when the program runs, besides those of the results' shapes:
   * what a shape rule cannot decide because it depends on a symbol.
   */
  default List<Poly> requirements(Node node) {
    return List.of();
  }

  /** How the results are computed: emitter-neutral. */
  Lowering lower(Node node);
}
