package dev.cortado.compiler.frontend.signature;

import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.List;

/** Recursive descent over the text of a {@code @Shape}; one method a rule of the grammar. */
final class ShapeParser {
  /** Ends the parse; never leaves this package. */
  @SuppressWarnings("serial")
  static final class Unexpected extends RuntimeException {
    final int offset;
    final String reason;

    Unexpected(int offset, String reason) {
      super(reason, null, false, false);
      this.offset = offset;
      this.reason = reason;
    }
  }

  private final String text;
  private int at;

  ShapeParser(String text) {
    this.text = text;
  }

  /**
   * {@code shape := [ '...' | sum { ',' sum } ]}, where {@code ...} may stand for the first sum.
   */
  ShapeText.Dimensions shape() {
    List<Poly> dims = new ArrayList<>();
    boolean open = ellipsis();
    if (!open && !atEnd()) {
      dims.add(sum());
    }
    while (!atEnd()) {
      expect(',', "expected ',' between dimensions");
      if (ellipsis()) {
        throw new Unexpected(at - 3, "'...' can only stand first");
      }
      dims.add(sum());
    }
    return new ShapeText.Dimensions(open, dims);
  }

  private boolean ellipsis() {
    skipSpaces();
    boolean found = text.startsWith("...", at);
    at += found ? 3 : 0;
    return found;
  }

  /** {@code sum := product { ('+' | '-') product }}. */
  private Poly sum() {
    Poly sum = product();
    while (true) {
      if (accept('+')) {
        sum = sum.plus(product());
      } else if (accept('-')) {
        sum = sum.minus(product());
      } else {
        return sum;
      }
    }
  }

  /** {@code product := factor { ('*' | '/') factor }}. */
  private Poly product() {
    Poly product = factor();
    while (true) {
      if (accept('*')) {
        product = product.times(factor());
      } else if (accept('/')) {
        int start = at;
        Poly divisor = factor();
        if (divisor.isConstant() && divisor.constant() < 1) {
          throw new Unexpected(start, "expected a divisor of at least 1");
        }
        product = product.floorDiv(divisor);
      } else {
        return product;
      }
    }
  }

  /** {@code factor := integer | symbol | '(' sum ')'}. */
  private Poly factor() {
    skipSpaces();
    if (accept('(')) {
      Poly sum = sum();
      expect(')', "expected ')'");
      return sum;
    }
    int start = at;
    if (at < text.length() && Character.isJavaIdentifierStart(text.charAt(at))) {
      while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
        at++;
      }
      return Poly.symbol(text.substring(start, at));
    }
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    if (start == at) {
      throw new Unexpected(
          at, "expected a dimension: a number, a name, or sums and products of them");
    }
    return number(start);
  }

  private Poly number(int start) {
    try {
      return Poly.of(Integer.parseInt(text.substring(start, at)));
    } catch (NumberFormatException e) {
      throw new Unexpected(start, "a dimension must fit in an int");
    }
  }

  private boolean accept(char c) {
    skipSpaces();
    boolean found = at < text.length() && text.charAt(at) == c;
    at += found ? 1 : 0;
    return found;
  }

  private void expect(char c, String reason) {
    if (!accept(c)) {
      throw new Unexpected(at, reason);
    }
  }

  private boolean atEnd() {
    skipSpaces();
    return at == text.length();
  }

  private void skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
