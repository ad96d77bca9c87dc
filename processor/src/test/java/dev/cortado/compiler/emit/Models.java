package dev.cortado.compiler.emit;

import dev.cortado.compiler.graph.ElementType;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.interpret.Program;
import dev.cortado.compiler.model.ModelGraph;
import dev.cortado.compiler.op.Argument;
import java.util.List;

/** Models of the kinds that people start from, staged by hand. */
final class Models {
  private Models() {}

  static ModelGraph mlp() {
    Stage stage = new Stage("Mlp");
    Value x = stage.input("point", ElementType.FLOAT, "N", 2);
    Value label = stage.target("label", ElementType.LABEL, "N");
    stage.line("fc1", "Tensor h = fc1.apply(point);");
    Value h = stage.dense("fc1", x, 16);
    stage.line("relu", "h = relu(h);");
    h = stage.call("relu", h);
    stage.line("fc2", "return fc2.apply(h);");
    Value logits = stage.dense("fc2", h, 2);
    stage.line("softmaxCrossEntropy", "return softmaxCrossEntropy(logits, label);");
    Value loss = stage.call("softmaxCrossEntropy", logits, label);
    return stage.model(loss, logits);
  }

  /** The MNIST CNN of the documentation. */
  static ModelGraph mnistCnn() {
    Stage stage = new Stage("MnistCnn");
    Value h = stage.input("image", ElementType.FLOAT, "N", 1, 28, 28);
    Value digit = stage.target("digit", ElementType.LABEL, "N");
    stage.line("conv1", "Tensor h = maxPool2d(relu(conv1.apply(image)), 2);");
    h = stage.call("maxPool2d", stage.call("relu", stage.conv("conv1", h, 32, 3)), 2);
    stage.line("conv2", "h = maxPool2d(relu(conv2.apply(h)), 2);");
    h = stage.call("maxPool2d", stage.call("relu", stage.conv("conv2", h, 64, 3)), 2);
    stage.line("fc1", "h = relu(fc1.apply(flatten(h)));");
    h = stage.call("relu", stage.dense("fc1", stage.call("flatten", h), 120));
    stage.line("fc2", "h = relu(fc2.apply(h));");
    h = stage.call("relu", stage.dense("fc2", h, 84));
    stage.line("fc3", "return fc3.apply(h);");
    Value logits = stage.dense("fc3", h, 10);
    stage.line("softmaxCrossEntropy", "return softmaxCrossEntropy(logits, digit);");
    return stage.model(stage.call("softmaxCrossEntropy", logits, digit), logits);
  }

  /** A recurrence over a symbolic number of steps, with dropout, two outputs and two inputs. */
  static ModelGraph recurrent() {
    Stage stage = new Stage("Recurrent");
    Value xs = stage.input("xs", ElementType.FLOAT, "N", "T", 3);
    Value token = stage.input("token", ElementType.INT, "N");
    Value target = stage.target("target", ElementType.FLOAT, "N", 4);
    Value table = stage.parameter("table", 0.5, 7, 4);
    Value u = stage.parameter("cell.u", 0.5, 4, 4);
    Value w = stage.parameter("cell.w", 0.5, 3, 4);
    stage.line("start", "Tensor start = embedding(table, token);");
    Value start = stage.call("embedding", table, token);
    stage.line("scan", "Tensor last = scan(cell::step, start, xs, 1);");
    Argument.Step step =
        (body, state, x, capture) -> {
          Value a = on(body, "matmul", state.getFirst(), capture.captured(u));
          Value b = on(body, "matmul", x, capture.captured(w));
          Value next = on(body, "tanh", on(body, "add", a, b));
          return new Argument.Staged(List.of(on(body, "dropout", next, 0.25)));
        };
    Value all = stage.call("scanAll", step, start, xs, 1);
    Value last = stage.call("select", all, 1, -1);
    stage.line("mse", "return mse(answer.last(), target);");
    Value loss = stage.call("mse", last, target);
    return stage.model(loss, List.of("T"), List.of("last", "all"), last, all);
  }

  private static Value on(GraphBuilder graph, String method, Object... arguments) {
    return Program.call(graph, method, arguments);
  }

  /** Many layers that are alike. */
  static ModelGraph deep(int layers) {
    Stage stage = new Stage("Deep");
    Value h = stage.input("x", ElementType.FLOAT, "N", 8);
    Value label = stage.target("label", ElementType.LABEL, "N");
    for (int i = 0; i < layers; i++) {
      stage.line("layers." + i, "h = relu(layer.apply(h));");
      h = stage.call("relu", stage.dense("layers." + i, h, 8));
    }
    stage.line("softmaxCrossEntropy", "return softmaxCrossEntropy(h, label);");
    return stage.model(stage.call("softmaxCrossEntropy", h, label), h);
  }
}
