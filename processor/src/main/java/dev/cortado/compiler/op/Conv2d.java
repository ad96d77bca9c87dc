package dev.cortado.compiler.op;

import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Lowering.Contraction.Direction;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Op;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A 2-d convolution or one of its two gradients, by {@link Direction}; the gradients of each are
 * the other two. Inputs and result are {@code x [N, C, H, W]}, {@code weight [O, C / groups, kh,
 * kw]} and {@code y [N, O, OH, OW]}: two of them give the third.
 */
public record Conv2d(Direction direction, Geometry geometry) implements Op {

  /** What does not depend on the batch. */
  public record Geometry(
      Poly channels,
      Poly height,
      Poly width,
      Poly outChannels,
      Poly outHeight,
      Poly outWidth,
      int kernelH,
      int kernelW,
      int strideH,
      int strideW,
      int padTop,
      int padLeft,
      int dilationH,
      int dilationW,
      int groups) {
    Shape x(Poly batch) {
      return Shape.of(batch, channels, height, width);
    }

    Shape y(Poly batch) {
      return Shape.of(batch, outChannels, outHeight, outWidth);
    }

    Shape weight() {
      return Shape.of(outChannels, channels.floorDiv(groups), Poly.of(kernelH), Poly.of(kernelW));
    }
  }

  @Override
  public String name() {
    return switch (direction) {
      case FORWARD -> "conv2d";
      case INPUT_GRADIENT -> "conv2dInputGradient";
      case WEIGHT_GRADIENT -> "conv2dWeightGradient";
    };
  }

  @Override
  public List<Type> infer(List<Type> inputs) {
    Poly batch = inputs.getFirst().shape().dim(0);
    return List.of(
        Type.floats(
            switch (direction) {
              case FORWARD -> geometry.y(batch);
              case INPUT_GRADIENT -> geometry.x(batch);
              case WEIGHT_GRADIENT -> geometry.weight();
            }));
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients) {
    return gradient(graph, node, outputGradients, List.of(true, true));
  }

  @Override
  public List<@Nullable Value> gradient(
      GraphBuilder graph, Node node, List<@Nullable Value> outputGradients, List<Boolean> wanted) {
    Value first = node.input(0);
    Value second = node.input(1);
    Value g = Op.only(outputGradients);
    List<@Nullable Value> gradients = new ArrayList<>();
    // The loss is linear in x, in the weight and in y's gradient; each direction lacks one of the
    // three.
    gradients.add(
        !wanted.get(0)
            ? null
            : switch (direction) {
              case FORWARD -> graph.apply(to(Direction.INPUT_GRADIENT), g, second);
              case INPUT_GRADIENT -> graph.apply(to(Direction.FORWARD), g, second);
              case WEIGHT_GRADIENT -> graph.apply(to(Direction.INPUT_GRADIENT), second, g);
            });
    gradients.add(
        !wanted.get(1)
            ? null
            : switch (direction) {
              case FORWARD -> graph.apply(to(Direction.WEIGHT_GRADIENT), first, g);
              case INPUT_GRADIENT -> graph.apply(to(Direction.WEIGHT_GRADIENT), g, first);
              case WEIGHT_GRADIENT -> graph.apply(to(Direction.FORWARD), first, g);
            });
    return gradients;
  }

  private Conv2d to(Direction other) {
    return new Conv2d(other, geometry);
  }

  @Override
  public Lowering lower(Node node) {
    Geometry s = geometry;
    return new Lowering.Library(
        new Lowering.Contraction.Conv2d(
            direction,
            node.input(0).shape().dim(0),
            s.channels,
            s.height,
            s.width,
            s.outChannels,
            s.outHeight,
            s.outWidth,
            s.kernelH,
            s.kernelW,
            s.strideH,
            s.strideW,
            s.padTop,
            s.padLeft,
            s.dilationH,
            s.dilationW,
            s.groups));
  }
}
