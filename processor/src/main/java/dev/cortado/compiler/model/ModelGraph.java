package dev.cortado.compiler.model;

import dev.cortado.compiler.graph.Graph;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A staged model: the frontend's result. Forward and loss are one graph; dropout is in it and is
 * taken out for inference.
 *
 * @param outputs in the order of {@link Signature#outputs}
 * @param loss a scalar, null without one
 * @param parameters nodes whose op is a {@code Parameter}, in declaration order (PyTorch's order)
 * @param layers the applications of layers in order, for {@code summary()}
 */
public record ModelGraph(
    Signature signature,
    Graph graph,
    List<Value> outputs,
    @Nullable Value loss,
    List<Node> parameters,
    List<LayerCall> layers) {

  /**
   * One application of a layer (outermost layers only, plus shape-changing functions such as
   * flatten).
   *
   * @param path {@code conv1}, {@code blocks.0}
   * @param kind simple class name, {@code Conv2d}, or the function's name
   * @param parameters paths of the parameters below it
   * @param nodes ids of the graph nodes made by it, for counting FLOPs
   */
  public record LayerCall(
      String path, String kind, Shape output, List<String> parameters, List<Integer> nodes) {}
}
