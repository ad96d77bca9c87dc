package dev.cortado.compiler.frontend.signature;

import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the text of a {@code @Shape} says. Dimensions are separated by commas; each is made of
 * integers, symbols, {@code + - * /} (division rounds down) and parentheses. {@code ...} in front
 * stands for any leading dimensions. The empty text is a scalar.
 */
public sealed interface ShapeText {

  /**
   * A well-formed text.
   *
   * @param open it starts with {@code ...}: any number of dimensions may stand before {@code dims}
   */
  record Dimensions(boolean open, List<Poly> dims) implements ShapeText {
    public Dimensions {
      dims = List.copyOf(dims);
    }

    /** Replaces symbols that have a value; the function returns null for one that stays. */
    public Dimensions resolve(Function<String, @Nullable Poly> values) {
      return new Dimensions(
          open,
          dims.stream()
              .map(
                  d ->
                      d.substitute(a -> a instanceof Atom.Symbol s ? values.apply(s.name()) : null))
              .toList());
    }

    /** The names in it, in order of appearance, each once. */
    public List<String> symbols() {
      return dims.stream().flatMap(d -> symbols(d).stream()).distinct().toList();
    }

    private static List<String> symbols(Poly dim) {
      List<String> names = new ArrayList<>();
      var unused =
          dim.substitute(
              a -> {
                if (a instanceof Atom.Symbol s) {
                  names.add(s.name());
                }
                return null;
              });
      return names;
    }
  }

  /**
   * A text that is not a shape.
   *
   * @param offset of the first character that does not fit
   * @param reason what was expected there
   */
  record Malformed(int offset, String reason) implements ShapeText {}

  /** Reads the text of a {@code @Shape}. */
  static ShapeText parse(String text) {
    try {
      return new ShapeParser(text).shape();
    } catch (ShapeParser.Unexpected e) {
      return new Malformed(e.offset, e.reason);
    }
  }
}
