package dev.cortado.compiler.frontend.eval;

import com.sun.source.util.TreePath;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Origin;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.op.Fill;
import dev.cortado.compiler.op.Initial;
import dev.cortado.compiler.op.Parameter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/**
 * Learned tensors. One gets its name when staging is over and the model object is complete; until
 * then it has a number.
 */
final class Parameters {
  private final Interpreter in;
  private final Map<Node, List<TreePath>> declared = new HashMap<>();
  private final Map<Node, List<TreePath>> random = new HashMap<>();

  Parameters(Interpreter in) {
    this.in = in;
  }

  /**
   * What the field then holds: storing a fresh tensor in a {@code @Param} field makes it learned.
   */
  Val stored(Instance object, VariableElement field, Val value, TreePath path, Frame frame) {
    if (Annotations.isParam(field)
        && value instanceof TensorVal tensor
        && !(tensor.value().node().op() instanceof Parameter)) {
      declare(field, tensor, path, frame);
    }
    return value;
  }

  private void declare(VariableElement field, TensorVal tensor, TreePath path, Frame frame) {
    Parameter.Initializer initializer = initializer(tensor.value());
    if (initializer == null) {
      throw Failures.at(
          path,
          frame,
          "param-initial",
          "@Param '"
              + field.getSimpleName()
              + "' must start from ones, zeros, full, uniform or normal, but it is computed by "
              + tensor.value().node().op().name()
              + "; give it one of these, and compute with it where it is used");
    }
    if (!tensor.shape().isConstant()) {
      throw Failures.at(
          path,
          frame,
          "param-shape",
          "@Param '"
              + field.getSimpleName()
              + "' is "
              + tensor.shape()
              + ", but a parameter's size must be known when the model is compiled");
    }
    in.root.graph().at(new Origin("parameter", "", in.source.frames(frame.trace(path))));
    Value parameter =
        in.root.graph().apply(new Parameter("#" + declared.size(), tensor.shape(), initializer));
    declared.put(parameter.node(), frame.trace(path));
    tensor.become(parameter, in.root);
  }

  private static Parameter.@Nullable Initializer initializer(Value value) {
    return switch (value.node().op()) {
      case Initial initial -> initial.initializer();
      case Fill fill -> new Parameter.Initializer.Constant(fill.value());
      default -> null;
    };
  }

  /** Remembers where random values are made: they may go nowhere but into a parameter. */
  void made(Value value, TreePath path, Frame frame) {
    if (value.node().op() instanceof Initial) {
      random.put(value.node(), frame.trace(path));
    }
  }

  /** Where a node that has no place in the finished graph comes from; null for any other. */
  @Nullable List<TreePath> stray(Node node) {
    List<TreePath> trace = random.get(node);
    return trace != null ? trace : declared.get(node);
  }

  /** The names of all parameters below the model's fields, in order. */
  Map<Node, String> named(Instance model) {
    Map<Node, String> names = new LinkedHashMap<>();
    collect("", model, names);
    return names;
  }

  /** The names of the parameters below one layer. */
  List<String> below(Instance layer, Map<Node, String> names) {
    Map<Node, String> own = new LinkedHashMap<>();
    collect("", layer, own);
    return own.keySet().stream().filter(names::containsKey).map(names::get).toList();
  }

  private void collect(String path, Instance layer, Map<Node, String> into) {
    in.fields.walk(
        path,
        layer,
        new FieldTree.Visitor() {
          @Override
          public void layer(String layerPath, Instance met) {}

          @Override
          public void parameter(String parameterPath, TensorVal tensor) {
            into.putIfAbsent(tensor.value().node(), parameterPath);
          }
        });
  }
}
