package dev.cortado.compiler.plan;

import dev.cortado.compiler.expr.Element;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Operand;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import java.util.List;
import java.util.function.Function;

/** The element of a pointwise node at an index, with {@link Hole}s where it reads its inputs. */
final class Template {
  /** The element of the node's {@code input}-th input at {@code index}. */
  record Hole(int input, List<Poly> index) implements Operand {
    @Override
    public String name() {
      return "input" + input;
    }
  }

  private Template() {}

  /**
   * @param integers where an integer input lies
   */
  static Expr of(
      Node node, Lowering.Pointwise lowering, List<Poly> index, Function<Value, Buffer> integers) {
    return lowering
        .rule()
        .at(
            new Lowering.Inputs() {
              @Override
              public Expr at(int i, List<Poly> at) {
                return new Expr.Load(new Hole(i, List.copyOf(at)), Poly.ZERO);
              }

              @Override
              public Poly intAt(int i, List<Poly> at) {
                Value input = node.input(i);
                return Poly.of(new Element(integers.apply(input), input.shape().linear(at)));
              }
            },
            index);
  }
}
