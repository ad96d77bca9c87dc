package dev.cortado.compiler.op;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.Comparison;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.graph.OpError;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.Collections;
import java.util.List;

/**
 * Windows that slide over the last two of four dimensions.
 *
 * @param padH rows added above and below, at most half the height
 */
public record Windows(int height, int width, int strideH, int strideW, int padH, int padW) {

  /** Of a pooling call: size, then stride (the size without one), then padding. */
  static Windows of(Call call) {
    requireImages(call);
    List<Integer> size = both(call, 1);
    List<Integer> stride = call.arity() > 2 ? both(call, 2) : size;
    List<Integer> padding = call.arity() > 3 ? both(call, 3) : List.of(0, 0);
    atLeast(call, "size", 1, size.get(0), size.get(1));
    atLeast(call, "stride", 1, stride.get(0), stride.get(1));
    atLeast(call, "padding", 0, padding.get(0), padding.get(1));
    for (int i = 0; i < 2; i++) {
      if (padding.get(i) > size.get(i) / 2) {
        throw new OpError(
            "pool-padding",
            call.method()
                + ": the padding must be at most half the size "
                + size.get(i)
                + ", but is "
                + padding.get(i));
      }
    }
    return new Windows(
        size.get(0), size.get(1), stride.get(0), stride.get(1), padding.get(0), padding.get(1));
  }

  static void requireImages(Call call) {
    Shape x = call.tensor(0).shape();
    if (x.rank() != 4) {
      throw new OpError(
          "rank", call.method() + ": " + call.text(0) + " must be [N, C, H, W], but is " + x);
    }
  }

  /** One number for both directions, or one each. */
  static List<Integer> both(Call call, int i) {
    return call.arguments().get(i) instanceof Argument.Many
        ? numbers(call, i, 2)
        : Collections.nCopies(2, call.integer(i));
  }

  /** The numbers of an array, of which there must be {@code count}. */
  static List<Integer> numbers(Call call, int i, int count) {
    List<Argument> array = List.of(call.arguments().get(i));
    List<Integer> values =
        new Call(call.graph(), call.method(), array, List.of(call.text(i))).integers(0);
    if (values.size() != count) {
      throw new OpError(
          "option-count",
          call.method()
              + ": "
              + call.text(i)
              + " must hold "
              + count
              + " numbers, but holds "
              + values.size());
    }
    return values;
  }

  static void atLeast(Call call, String option, int least, int... values) {
    for (int value : values) {
      if (value < least) {
        throw new OpError(
            "window-option",
            call.method() + ": " + option + " must be at least " + least + ", but is " + value);
      }
    }
  }

  /** How many places a window has along a dimension: PyTorch's formula, rounded down. */
  static Poly places(
      Call call, Shape in, int dim, int padding, int kernel, int dilation, int stride) {
    int span = dilation * (kernel - 1) + 1;
    Poly room = in.dim(dim).plus(padding).minus(span);
    if (room.isConstant() && room.constant() < 0) {
      throw new OpError(
          "window-size",
          call.method()
              + ": a window that spans "
              + span
              + " does not fit into dimension "
              + dim
              + " of "
              + in
              + (padding > 0 ? ", " + in.dim(dim).plus(padding) + " with its padding" : "")
              + "; use a smaller window or more padding");
    }
    return room.floorDiv(stride).plus(1);
  }

  Shape pooled(Call call, Shape in) {
    return Shape.of(
        in.dim(0),
        in.dim(1),
        places(call, in, 2, 2 * padH, height, 1, strideH),
        places(call, in, 3, 2 * padW, width, 1, strideW));
  }

  /** The row of the input below row {@code a} of the window at place {@code i}. */
  Poly row(Poly i, Poly a) {
    return i.times(strideH).plus(a).minus(padH);
  }

  Poly column(Poly j, Poly b) {
    return j.times(strideW).plus(b).minus(padW);
  }

  /** Whether a position is in the input and not in its padding. */
  Expr.Cond inside(Poly row, Poly column, Poly inHeight, Poly inWidth) {
    return Formula.and(within(padH, row, inHeight), within(padW, column, inWidth));
  }

  private static Expr.Cond within(int padding, Poly position, Poly size) {
    return padding == 0
        ? new Expr.Cond.Always(true)
        : Formula.and(
            Formula.compare(Comparison.GE, position, Poly.ZERO),
            Formula.compare(Comparison.LT, position, size));
  }

  /** An element of a plane. */
  interface Cell {
    Expr at(Poly row, Poly column);
  }

  /** Reduces the window at place {@code (i, j)}; what lies in the padding is {@code outside}. */
  Expr reduce(Expr.Reduction kind, Shape x, Poly i, Poly j, Cell cell, Expr outside) {
    LoopVar a = LoopVar.named("kh");
    LoopVar b = LoopVar.named("kw");
    Poly row = row(i, Poly.of(a));
    Poly column = column(j, Poly.of(b));
    return new Expr.Reduce(
        kind,
        List.of(new Expr.Axis(a, Poly.of(height)), new Expr.Axis(b, Poly.of(width))),
        Formula.select(inside(row, column, x.dim(2), x.dim(3)), cell.at(row, column), outside));
  }

  /** Whether no two windows share an element. */
  boolean areApart() {
    return strideH >= height && strideW >= width;
  }

  /**
   * What the window at place {@code (i, j)} gives to the element that it covers at a place in it.
   */
  interface Given {
    Expr from(Poly i, Poly j, Poly inWindow);
  }

  /**
   * The sum of what all windows over an element give it.
   *
   * @param row of the element, and {@code column}
   */
  Expr gather(Poly row, Poly column, Shape pooled, Given given) {
    LoopVar a = LoopVar.named("back");
    LoopVar b = LoopVar.named("left");
    Poly i = row.plus(padH).floorDiv(strideH).minus(Poly.of(a));
    Poly j = column.plus(padW).floorDiv(strideW).minus(Poly.of(b));
    Poly inRow = row.plus(padH).minus(i.times(strideH));
    Poly inColumn = column.plus(padW).minus(j.times(strideW));
    Expr.Cond there =
        Formula.and(
            Formula.and(among(i, pooled.dim(2)), among(j, pooled.dim(3))),
            Formula.and(
                Formula.compare(Comparison.LT, inRow, Poly.of(height)),
                Formula.compare(Comparison.LT, inColumn, Poly.of(width))));
    return new Expr.Reduce(
        Expr.Reduction.SUM,
        List.of(
            new Expr.Axis(a, Poly.of((height + strideH - 1) / strideH)),
            new Expr.Axis(b, Poly.of((width + strideW - 1) / strideW))),
        Formula.select(there, given.from(i, j, inRow.times(width).plus(inColumn)), Formula.ZERO));
  }

  private static Expr.Cond among(Poly i, Poly count) {
    return Formula.and(
        Formula.compare(Comparison.GE, i, Poly.ZERO), Formula.compare(Comparison.LT, i, count));
  }
}
