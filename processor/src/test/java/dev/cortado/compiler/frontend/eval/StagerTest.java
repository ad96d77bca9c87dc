package dev.cortado.compiler.frontend.eval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Origin;
import dev.cortado.compiler.model.ModelGraph;
import dev.cortado.compiler.op.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models that are right, and the graphs they become. */
class StagerTest {
  private static List<String> parameters(ModelGraph graph) {
    return graph.parameters().stream().map(n -> n.op().name()).toList();
  }

  @Test
  void aDenseModelBecomesAGraph() {
    ModelGraph graph =
        Programs.stage(
            Programs.model(
                """
                final Dense hidden = new Dense(4, 8);
                final Dense out = new Dense(3).bias(false);
                Tensor forward(@Shape("N, 4") Tensor x) {
                  return out.apply(relu(hidden.apply(x)));
                }
                """));
    assertThat(Programs.print(graph))
        .isEqualTo(
            """
            %0 = hidden.weight : [8, 4]
            %1 = hidden.bias : [8]
            %2 = out.weight : [3, 8]
            %3 = x : [N, 4]
            %4 = matmul(%3, %0) : [N, 8]
            %5 = add(%4, %1) : [N, 8]
            %6 = relu(%5) : [N, 8]
            %7 = matmul(%6, %2) : [N, 3]\
            """);
    assertThat(graph.layers())
        .containsExactly(
            new ModelGraph.LayerCall(
                "hidden",
                "Dense",
                graph.graph().nodes().get(5).value().shape(),
                List.of("hidden.weight", "hidden.bias"),
                List.of(4, 5)),
            new ModelGraph.LayerCall(
                "out",
                "Dense",
                graph.graph().nodes().get(7).value().shape(),
                List.of("out.weight"),
                List.of(7)));
    double bound = 0.5;
    assertThat(((Parameter) graph.parameters().getFirst().op()).initializer())
        .isEqualTo(new Parameter.Initializer.Uniform(-bound, bound));
  }

  @Test
  void nodesRememberWhereTheyComeFrom() {
    ModelGraph graph =
        Programs.stage(
            Programs.model(
                """
                final Dense hidden = new Dense(4, 8);
                Tensor twice(Tensor x) {
                  return add(x, x);
                }
                Tensor forward(@Shape("N, 4") Tensor x) {
                  return twice(hidden.apply(x));
                }
                """));
    List<Node> nodes = graph.graph().nodes();
    Origin product = nodes.get(3).origin();
    assertThat(product.name()).isEqualTo("hidden");
    assertThat(product.layer()).isEqualTo("hidden");
    assertThat(product.frames()).hasSize(1);
    assertThat(product.frames().getFirst().source()).isEqualTo("return twice(hidden.apply(x));");
    assertThat(product.frames().getFirst().line()).isEqualTo(9);
    assertThat(product.frames().getFirst().column()).isEqualTo(16);
    Origin sum = nodes.get(5).origin();
    assertThat(sum.name()).isEqualTo("add");
    assertThat(sum.layer()).isEmpty();
    assertThat(sum.frames().stream().map(Origin.Frame::line)).containsExactly(6, 9);
    assertThat(nodes.getFirst().origin().frames().getFirst().source())
        .isEqualTo("final Dense hidden = new Dense(4, 8);");
  }

  @Test
  void listsOfLayersAreNamedByIndexAndSharedOnesOnce() {
    ModelGraph graph =
        Programs.stage(
            Programs.model(
                """
                final List<Block> blocks = new ArrayList<>();
                final Dense shared = new Dense(8, 8);
                final Dense again = shared;
                M() { for (int i = 0; i < 2; i++) blocks.add(new Block(8, i == 0)); }
                Tensor forward(@Shape("N, 8") Tensor x) {
                  for (Block b : blocks) x = b.apply(x);
                  return shared.apply(again.apply(x));
                }
                @Layer static class Block {
                  final Dense down;
                  final Sequential seq;
                  final boolean skip;
                  @Param Tensor gain;
                  Block(int n, boolean skip) {
                    down = new Dense(n, 4);
                    seq = new Sequential(new Dense(5), Ops::relu, new Dense(n));
                    this.skip = skip;
                  }
                  Tensor apply(@Shape("..., C") Tensor x) {
                    if (gain == null) gain = ones(x.size(-1));
                    Tensor y = mul(seq.apply(down.apply(x)), gain);
                    return skip ? add(x, y) : y;
                  }
                }
                """));
    assertThat(parameters(graph))
        .containsExactly(
            "blocks.0.down.weight",
            "blocks.0.down.bias",
            "blocks.0.seq.0.weight",
            "blocks.0.seq.0.bias",
            "blocks.0.seq.2.weight",
            "blocks.0.seq.2.bias",
            "blocks.0.gain",
            "blocks.1.down.weight",
            "blocks.1.down.bias",
            "blocks.1.seq.0.weight",
            "blocks.1.seq.0.bias",
            "blocks.1.seq.2.weight",
            "blocks.1.seq.2.bias",
            "blocks.1.gain",
            "shared.weight",
            "shared.bias");
    assertThat(graph.layers().stream().map(ModelGraph.LayerCall::path))
        .containsExactly("blocks.0", "blocks.1", "shared", "shared");
  }

  @Test
  void severalInputsAndOutputsAndALossOfARecord() {
    ModelGraph graph =
        Programs.stage(
            Programs.model(
                """
                record Out(Tensor mean, Tensor spread) {}
                final Dense a = new Dense(3, 2);
                Out forward(@Shape("N, 3") Tensor x, @Shape("N, 2") Tensor y) {
                  var h = a.apply(x);
                  return new Out(add(h, y), exp(h));
                }
                Tensor loss(Out o, @Shape("N, 2") Tensor t) {
                  return sum(mul(sub(o.mean(), t), o.spread));
                }
                """));
    assertThat(Programs.print(graph))
        .isEqualTo(
            """
            %0 = a.weight : [2, 3]
            %1 = a.bias : [2]
            %2 = x : [N, 3]
            %3 = y : [N, 2]
            %4 = matmul(%2, %0) : [N, 2]
            %5 = add(%4, %1) : [N, 2]
            %6 = add(%5, %3) : [N, 2]
            %7 = exp(%5) : [N, 2]
            %8 = t : [N, 2]
            %9 = sub(%6, %8) : [N, 2]
            %10 = mul(%9, %7) : [N, 2]
            %11 = sum(%10) : []\
            """);
    assertThat(graph.outputs().toString()).isEqualTo("[%6, %7]");
    assertThat(String.valueOf(graph.loss())).isEqualTo("%11");
    assertThat(graph.layers()).hasSize(1);
  }

  @Test
  void sizesKnownOnlyAtRunTimeStaySymbolic() {
    ModelGraph graph =
        Programs.stage(
            Programs.model(
                """
                Tensor forward(@Shape("N, T, 6") Tensor x) {
                  int n = x.size(0), t = x.size(1), heads = 2;
                  if (t < 1 || x.size(2) != 6 || x.size(-1) * t / 3 != t * heads) {
                    throw new IllegalArgumentException("never: " + t);
                  }
                  Tensor s = transpose(reshape(x, n, t, heads, x.size(2) / heads), 1, 2);
                  return reshape(s, n * heads, -1, 3);
                }
                """));
    assertThat(graph.outputs().getFirst().shape().toString()).isEqualTo("[2*N, T, 3]");
  }

  @Test
  void nothingIsKeptThatNoOutputNeeds() {
    ModelGraph graph =
        Programs.stage(
            Programs.model(
                """
                @Param final Tensor unused = normal(0, 1, 3);
                @Param Tensor none;
                Tensor forward(@Shape("N, 3") Tensor x) {
                  Tensor dead = exp(x);
                  return neg(x);
                }
                """));
    assertThat(Programs.print(graph))
        .isEqualTo(
            """
            %0 = unused : [3]
            %1 = x : [N, 3]
            %2 = neg(%1) : [N, 3]\
            """);
    assertThat(parameters(graph)).containsExactly("unused");
  }

  @Test
  void tensorsInListsArraysAndRecordsOfTheLibrary() {
    ModelGraph graph =
        Programs.stage(
            Programs.model(
                """
                Tensor forward(@Shape("N, 4") Tensor x) {
                  List<Tensor> parts = split(x, 1, 1, 3);
                  Tensor[] swapped = {parts.get(1), parts.get(0)};
                  TopK best = topk(concat(1, swapped), 2);
                  List<Tensor> all = new ArrayList<>();
                  for (Tensor t : swapped) {
                    all.add(t);
                  }
                  all.add(best.values());
                  return concat(1, all);
                }
                """));
    assertThat(graph.outputs().getFirst().shape().toString()).isEqualTo("[N, 6]");
  }

  @Test
  void symbolsOfAShapeAreFieldsOrBoundByTheCall() {
    ModelGraph graph =
        Programs.stage(
            Programs.model(
                """
                static final int WIDTH = 6;
                Tensor pair(@Shape("N, D") Tensor a, @Shape("N, D") Tensor b) { return add(a, b); }
                Tensor forward(@Shape("N, WIDTH") Tensor x) {
                  @Shape("N, 2*WIDTH") Tensor y = concat(1, x, x);
                  return pair(y, y);
                }
                """));
    assertThat(graph.outputs().getFirst().shape().toString()).isEqualTo("[N, 12]");
  }
}
