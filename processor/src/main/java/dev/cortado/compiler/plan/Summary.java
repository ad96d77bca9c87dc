package dev.cortado.compiler.plan;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.graph.Graph;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Lowering.Contraction;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.model.ModelGraph;
import dev.cortado.compiler.op.Parameter;
import dev.cortado.compiler.op.Scan;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The table of a model's layers: output shape, parameters, FLOPs of one sample's forward pass. */
final class Summary {
  private record Row(String layer, String output, String parameters, String flops) {}

  private final ModelGraph model;
  private final ParameterLayout layout;

  private Summary(ModelGraph model, ParameterLayout layout) {
    this.model = model;
    this.layout = layout;
  }

  static String of(ModelGraph model, ParameterLayout layout) {
    return new Summary(model, layout).text();
  }

  private String text() {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("Layer", "Output shape", "Parameters", "FLOPs"));
    Set<String> counted = new HashSet<>();
    for (ModelGraph.LayerCall layer : model.layers()) {
      long parameters = 0;
      for (Parameter p : layout.parameters()) {
        if (layer.parameters().contains(p.path()) && counted.add(p.path())) {
          parameters += p.shape().count().constant();
        }
      }
      Poly flops = Poly.ZERO;
      for (Node node : model.graph().nodes()) {
        if (layer.nodes().contains(node.id())) {
          flops = flops.plus(flops(node));
        }
      }
      String name =
          layer.path().equals(layer.kind())
              ? layer.kind()
              : layer.path() + " (" + layer.kind() + ")";
      rows.add(
          new Row(name, layer.output().toString(), number(Poly.of(parameters)), number(flops)));
    }
    return table(rows);
  }

  private String table(List<Row> rows) {
    int[] widths = new int[4];
    for (Row r : rows) {
      widths[0] = Math.max(widths[0], r.layer.length());
      widths[1] = Math.max(widths[1], r.output.length());
      widths[2] = Math.max(widths[2], r.parameters.length());
      widths[3] = Math.max(widths[3], r.flops.length());
    }
    String rule = "-".repeat(widths[0] + widths[1] + widths[2] + widths[3] + 6) + "\n";
    StringBuilder text = new StringBuilder(model.signature().modelName() + "\n" + rule);
    for (int i = 0; i < rows.size(); i++) {
      Row r = rows.get(i);
      String format =
          "%-" + widths[0] + "s  %-" + widths[1] + "s  %" + widths[2] + "s  %" + widths[3] + "s";
      text.append(
              String.format(Locale.ROOT, format, r.layer, r.output, r.parameters, r.flops)
                  .stripTrailing())
          .append('\n');
      if (i == 0) {
        text.append(rule);
      }
    }
    text.append(rule)
        .append("Parameters: ")
        .append(number(Poly.of(layout.count())))
        .append('\n')
        .append("FLOPs: ")
        .append(number(total(model.graph())))
        .append(" (forward, one sample)\n");
    return text.toString();
  }

  private Poly total(Graph graph) {
    Set<Node> live = new HashSet<>();
    model.outputs().forEach(v -> live(v, live));
    Poly sum = Poly.ZERO;
    for (Node node : graph.nodes()) {
      if (live.contains(node)) {
        sum = sum.plus(flops(node));
      }
    }
    return sum;
  }

  private static void live(Value value, Set<Node> live) {
    if (live.add(value.node())) {
      value.node().inputs().forEach(v -> live(v, live));
    }
  }

  /** Floating-point operations of one sample. */
  private Poly flops(Node node) {
    if (node.op() instanceof Scan scan) {
      Poly step = Poly.ZERO;
      for (Node inner : scan.body().nodes()) {
        step = step.plus(flops(inner));
      }
      return step.times(scan.length());
    }
    return oneSample(
        switch (node.op().lower(node)) {
          case Lowering.Library l -> contraction(l.call());
          case Lowering.Pointwise p -> pointwise(node, p);
          case Lowering.Loops l -> node.value().shape().count();
          case Lowering.Alias a -> Poly.ZERO;
          case Lowering.Leaf l -> Poly.ZERO;
        });
  }

  private static Poly contraction(Contraction call) {
    return switch (call) {
      case Contraction.MatMul m -> m.batch().times(m.m()).times(m.n()).times(m.k()).times(2);
      case Contraction.Conv2d c ->
          c.batch()
              .times(c.outChannels())
              .times(c.outHeight())
              .times(c.outWidth())
              .times(c.inChannels().floorDiv(c.groups()))
              .times(2L * c.kernelH() * c.kernelW());
    };
  }

  private static Poly pointwise(Node node, Lowering.Pointwise lowering) {
    List<Poly> index = new ArrayList<>();
    node.value().shape().dims().forEach(d -> index.add(Poly.of(LoopVar.named("i"))));
    Expr body =
        Template.of(
            node, lowering, index, v -> new Buffer("index", v.type(), new Home.Workspace()));
    return operations(body).times(node.value().shape().count());
  }

  private static Poly operations(Expr e) {
    Poly[] sum = {Poly.ZERO};
    Expressions.children(e, child -> sum[0] = sum[0].plus(operations(child)));
    return switch (e) {
      case Expr.Unary u -> sum[0].plus(1);
      case Expr.Binary b -> sum[0].plus(1);
      case Expr.Select s -> sum[0].plus(1);
      case Expr.Reduce r ->
          r.axes().stream().map(Expr.Axis::extent).reduce(sum[0].plus(1), Poly::times);
      default -> sum[0];
    };
  }

  private Poly oneSample(Poly p) {
    String batch = model.signature().batch();
    return batch == null
        ? p
        : p.substitute(a -> a.equals(new Atom.Symbol(batch)) ? Poly.ONE : null);
  }

  private static String number(Poly p) {
    return p.isConstant() ? String.format(Locale.ROOT, "%,d", p.constant()) : p.toString();
  }
}
