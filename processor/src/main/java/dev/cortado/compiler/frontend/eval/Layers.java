package dev.cortado.compiler.frontend.eval;

import com.sun.source.util.TreePath;
import dev.cortado.compiler.graph.Origin;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Applications of layers: their names on nodes, in histories and in the summary. */
final class Layers {
  /**
   * One line of the summary.
   *
   * @param layer null for a function such as flatten
   * @param from id of the first node made by it
   * @param to id after the last node made by it
   */
  record Application(
      String name, String kind, Shape output, @Nullable Instance layer, int from, int to) {}

  private final Interpreter in;
  private final List<Application> applications = new ArrayList<>();
  private final Map<TypeElement, Boolean> known = new HashMap<>();
  private int nesting;
  private boolean listed = true;

  Layers(Interpreter in) {
    this.in = in;
  }

  boolean isLayer(TypeElement type) {
    return known.computeIfAbsent(type, t -> Annotations.isLayer(t) && !Annotations.isModel(t));
  }

  List<Application> applications() {
    return applications;
  }

  /** The summary shows what {@code forward} applies, and not the loss. */
  void endOfForward() {
    listed = false;
  }

  /** Runs a method of an object; {@code apply} or {@code forward} of a layer is an application. */
  Val apply(Invocation call, Instance object, Supplier<Val> body) {
    boolean application =
        isLayer(object.type())
            && (call.name().equals("apply") || call.name().equals("forward"))
            && call.frame().self != object;
    if (!application) {
      return body.get();
    }
    int from = in.root.graph().size();
    nesting++;
    Val result = body.get();
    nesting--;
    if (!(result instanceof TensorVal tensor)) {
      return result;
    }
    String name = in.names.of(object);
    if (isListed()) {
      applications.add(
          new Application(
              name,
              object.type().getSimpleName().toString(),
              tensor.shape(),
              object,
              from,
              in.root.graph().size()));
    }
    History before = inputHistory(call.arguments());
    return new TensorVal(
        tensor.value(),
        tensor.level(),
        before.then(name, tensor.shape(), tensor.history().factors()));
  }

  private boolean isListed() {
    return listed && nesting == 0 && in.level == in.root;
  }

  /**
   * A call of an operation in the model that is worth a line: it changes the shape, or is a loop.
   */
  void function(String name, TensorVal input, TensorVal output, int from) {
    boolean worth = !input.shape().equals(output.shape()) || name.startsWith("scan");
    if (isListed() && worth) {
      applications.add(
          new Application(name, name, output.shape(), null, from, in.root.graph().size()));
    }
  }

  /** The history of the tensor that a step takes: the longest among the arguments. */
  static History inputHistory(List<Val> arguments) {
    History longest = History.none(Shape.SCALAR);
    for (Val argument : arguments) {
      History history =
          switch (argument) {
            case TensorVal tensor -> tensor.history();
            case Val.Array array -> inputHistory(List.of(array.elements));
            case Val.Items list -> inputHistory(list.elements);
            default -> longest;
          };
      longest = history.length() > longest.length() ? history : longest;
    }
    return longest;
  }

  /** Where a node comes from, and what it is called: its layer's path, else the operation. */
  Origin origin(String operation, TreePath path, Frame frame) {
    String layer = frame.layer == null ? "" : in.names.of(frame.layer);
    return new Origin(
        layer.isEmpty() ? operation : layer, layer, in.source.frames(frame.trace(path)));
  }
}
