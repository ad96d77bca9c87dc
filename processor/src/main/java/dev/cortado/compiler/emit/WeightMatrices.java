package dev.cortado.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import dev.cortado.compiled.PackedWeights;
import dev.cortado.compiler.graph.Lowering.Contraction.MatMul;
import dev.cortado.compiler.plan.Home;
import dev.cortado.compiler.plan.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import javax.lang.model.element.Modifier;

/** The matrices of weights that predictions multiply by, which the network lays out once. */
final class WeightMatrices {
  /** Narrower matrices would mostly be padding when they are laid out. */
  private static final int FEWEST_COLUMNS = 8;

  private record Matrix(int n, int k, long offset, boolean transposed) {}

  private static final class Use {
    final int index;
    final String name;
    boolean repeated;

    Use(int index, String name) {
      this.index = index;
      this.name = name;
    }
  }

  private final Map<Matrix, Use> matrices = new LinkedHashMap<>();

  /**
   * The number of the right operand of a step, if that is a matrix of weights.
   *
   * @param repeated whether the step runs several times a prediction
   */
  OptionalInt index(Step.Library step, boolean repeated) {
    if (!(step.call() instanceof MatMul m)
        || m.batchedA()
        || m.batchedB()
        || m.transposeA()
        || !(step.inputs().get(1).home() instanceof Home.Weights(long offset))
        || m.n().intConstant() < FEWEST_COLUMNS) {
      return OptionalInt.empty();
    }
    Matrix matrix = new Matrix(m.n().intConstant(), m.k().intConstant(), offset, m.transposeB());
    String name = step.inputs().get(1).name();
    Use use = matrices.computeIfAbsent(matrix, x -> new Use(matrices.size(), name));
    use.repeated |= repeated;
    return OptionalInt.of(use.index);
  }

  boolean isEmpty() {
    return matrices.isEmpty();
  }

  /** What tells the network of them. */
  MethodSpec method() {
    List<CodeBlock> lines = new ArrayList<>();
    matrices.forEach(
        (m, use) ->
            lines.add(
                CodeBlock.of(
                    "    new $T.Matrix($L, $L, $L, $L, $L)$L // $L: $L\n",
                    PackedWeights.class,
                    m.n,
                    m.k,
                    m.offset,
                    m.transposed,
                    use.repeated,
                    use.index < matrices.size() - 1 ? "," : ");",
                    use.index,
                    use.name)));
    return MethodSpec.methodBuilder("matrices")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED)
        .returns(ParameterizedTypeName.get(List.class, PackedWeights.Matrix.class))
        .addCode("return $T.of(\n", List.class)
        .addCode(CodeBlock.join(lines, ""))
        .build();
  }
}
