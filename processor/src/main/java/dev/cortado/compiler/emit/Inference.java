package dev.cortado.compiler.emit;

import com.palantir.javapoet.CodeBlock;
import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds sizes from the lengths of the arrays that are handed in. */
public final class Inference {
  private Inference() {}

  /**
   * Declarations of the symbols besides the batch, each from the length of an input that grows with
   * it; empty when some symbol cannot be found so.
   *
   * @param batch the number of samples, as an expression
   */
  public static Optional<CodeBlock> of(
      Signature signature, List<String> inputs, List<String> names, String batch) {
    List<String> open = new ArrayList<>(signature.symbols());
    CodeBlock.Builder code = CodeBlock.builder();
    boolean found = true;
    while (found && !open.isEmpty()) {
      found = false;
      for (int i = 0; i < inputs.size() && !found; i++) {
        Poly count = signature.inputs().get(i).shape().count();
        for (String symbol : List.copyOf(open)) {
          Poly factor = factor(count, symbol, open);
          if (factor != null) {
            int at = signature.symbols().indexOf(symbol);
            Integers text =
                new Integers(
                    a ->
                        a.toString().equals(signature.batch())
                            ? batch
                            : Names.identifier(a.toString()),
                    a -> true,
                    "");
            code.addStatement(
                "int $L = $L.length / Math.max(1, $L)",
                names.get(at),
                inputs.get(i),
                text.print(factor));
            open.remove(symbol);
            found = true;
            break;
          }
        }
      }
    }
    return open.isEmpty() ? Optional.of(code.build()) : Optional.empty();
  }

  /**
   * What {@code symbol} is multiplied with in {@code count}, when that is known and all there is.
   */
  private static @org.jspecify.annotations.Nullable Poly factor(
      Poly count, String symbol, List<String> open) {
    Poly factor = count.dividedBy(Poly.symbol(symbol));
    if (factor == null) {
      return null;
    }
    boolean known =
        factor.atoms().stream()
            .allMatch(a -> a instanceof Atom.Symbol s && !open.contains(s.name()));
    return known ? factor : null;
  }
}
