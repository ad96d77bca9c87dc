package dev.cortado.compiler.frontend.eval;

import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How a tensor came about, for messages: the steps that changed its shape, and the product form of
 * its dimensions.
 *
 * @param last the step that made it, null for a tensor made from nothing
 * @param factors how each dimension came about, {@code 64*5*5}; the dimension itself where it did
 *     not come about by multiplying others
 */
record History(@Nullable Step last, List<String> factors) {
  /**
   * One line of the chain.
   *
   * @param name an input, a layer's path or an operation
   * @param before the step whose result this one took, null for the first
   * @param number of this line, from 1 on
   */
  record Step(String name, Shape shape, @Nullable Step before, int number) {}

  History {
    factors = List.copyOf(factors);
  }

  static History none(Shape shape) {
    return new History(null, plain(shape));
  }

  static History of(String name, Shape shape) {
    return new History(new Step(name, shape, null, 1), plain(shape));
  }

  /** After a step of that name; a step that keeps the shape is not worth a line. */
  History then(String name, Shape shape, List<String> newFactors) {
    if (last != null && last.shape().equals(shape)) {
      return new History(last, newFactors);
    }
    return new History(new Step(name, shape, last, length() + 1), newFactors);
  }

  /** The number of steps. */
  int length() {
    return last == null ? 0 : last.number();
  }

  static List<String> plain(Shape shape) {
    return shape.dims().stream().map(Object::toString).toList();
  }

  /** {@code [N, 1600] = [N, 64*5*5]}, or the shape alone when the products say nothing new. */
  String describe(Shape shape) {
    if (factors.size() != shape.rank() || factors.equals(plain(shape))) {
      return shape.toString();
    }
    return shape + " = " + factors;
  }

  /** The aligned lines of the chain, first step first, without a newline at the end. */
  String lines() {
    List<Step> steps = new ArrayList<>();
    for (Step s = last; s != null; s = s.before()) {
      steps.add(s);
    }
    Collections.reverse(steps);
    int width = steps.stream().mapToInt(s -> s.name().length()).max().orElse(0);
    int column = Math.max(15, width) + 2;
    return steps.stream()
        .map(s -> "  " + s.name() + " ".repeat(column - s.name().length()) + s.shape())
        .collect(Collectors.joining("\n"));
  }
}
