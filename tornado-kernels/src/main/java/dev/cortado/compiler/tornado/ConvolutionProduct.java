package dev.cortado.compiler.tornado;

import dev.cortado.compiler.emit.Lines;
import dev.cortado.compiler.graph.Lowering.Contraction.Conv2d;
import dev.cortado.compiler.plan.Buffer;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.List;

/**
 * The matrix products, one for each group, that a convolution or one of its gradients is. The
 * factors that a convolution reads are never laid out as matrices: a kernel finds each element in
 * the image ("implicit matrix product").
 */
final class ConvolutionProduct {
  private final Conv2d c;
  private final Poly places;
  private final Poly pixels;
  private final Poly groupIn;
  private final Poly groupOut;
  private final int window;

  private ConvolutionProduct(Conv2d c) {
    this.c = c;
    this.places = c.outHeight().times(c.outWidth());
    this.pixels = c.height().times(c.width());
    this.groupIn = c.inChannels().floorDiv(c.groups());
    this.groupOut = c.outChannels().floorDiv(c.groups());
    this.window = c.kernelH() * c.kernelW();
  }

  static Product of(Conv2d c, Buffer first, Buffer second, Buffer out) {
    ConvolutionProduct p = new ConvolutionProduct(c);
    return switch (c.direction()) {
      case FORWARD -> p.forward(first, second, out);
      case INPUT_GRADIENT -> p.inputGradient(first, second, out);
      case WEIGHT_GRADIENT -> p.weightGradient(first, second, out);
    };
  }

  private Product forward(Buffer x, Buffer weight, Buffer y) {
    Poly depth = groupIn.times(window);
    Factor left = factor(true, (t, g, row, k) -> weightRow(t, weight, g, row, k));
    Factor right = factor(false, (t, g, column, k) -> image(t, x, g, column, k, k));
    return new Product(
        groups(),
        groupOut,
        c.batch().times(places),
        depth,
        left,
        right,
        planes(y, groupOut, c.outChannels(), places),
        (t, g, row, column) -> channel(t, g, groupOut, row));
  }

  private Product inputGradient(Buffer y, Buffer weight, Buffer x) {
    Factor left =
        factor(
            false,
            (t, g, row, k) -> {
              String o = k + " / " + window;
              String line = index(t, channel(t, g, groupOut, o), groupIn, row);
              return Factor.Read.always(
                  t.element(weight, "(" + line + ") * " + window + " + " + k + " % " + window));
            });
    Factor right = factor(false, (t, g, column, k) -> spread(t, y, g, column, k));
    return new Product(
        groups(),
        groupIn,
        c.batch().times(pixels),
        groupOut.times(window),
        left,
        right,
        planes(x, groupIn, c.inChannels(), pixels),
        (t, g, row, column) -> channel(t, g, groupIn, row));
  }

  private Product weightGradient(Buffer x, Buffer y, Buffer weight) {
    Factor left =
        factor(
            true,
            (t, g, row, k) -> {
              String plane =
                  index(
                      t,
                      k + " / " + t.factor(places),
                      c.outChannels(),
                      channel(t, g, groupOut, row));
              return Factor.Read.always(
                  t.element(
                      y,
                      "("
                          + plane
                          + ") * "
                          + t.factor(places)
                          + " + "
                          + k
                          + " % "
                          + t.factor(places)));
            });
    Factor right = factor(false, (t, g, column, k) -> image(t, x, g, k, column, column));
    Poly columns = groupIn.times(window);
    return new Product(
        groups(),
        groupOut,
        columns,
        c.batch().times(places),
        left,
        right,
        (t, g, row, column) ->
            new Product.Place(
                new Lines(),
                t.element(weight, index(t, channel(t, g, groupOut, row), columns, column))),
        (t, g, row, column) -> channel(t, g, groupOut, row));
  }

  private Poly groups() {
    return Poly.of(c.groups());
  }

  private Factor.Read weightRow(KernelText t, Buffer weight, String g, String row, String k) {
    return Factor.Read.always(
        t.element(weight, index(t, channel(t, g, groupOut, row), groupIn.times(window), k)));
  }

  /** The pixel under element {@code inWindow} (channel and place in the window) at a place. */
  private Factor.Read image(
      KernelText t, Buffer x, String g, String place, String channel, String inWindow) {
    String width = t.factor(c.outWidth());
    Lines before = new Lines();
    before.add("int place = " + place + " % " + t.factor(places) + ";");
    before.add(
        "int y = place / "
            + width
            + times(c.strideH())
            + " + "
            + inWindow
            + row()
            + times(c.dilationH())
            + minus(c.padTop())
            + ";");
    before.add(
        "int x = place % "
            + width
            + times(c.strideW())
            + " + "
            + inWindow
            + " % "
            + c.kernelW()
            + times(c.dilationW())
            + minus(c.padLeft())
            + ";");
    List<String> conditions = new ArrayList<>();
    Poly lastRow = last(c.outHeight(), c.strideH(), c.kernelH(), c.dilationH(), c.padTop());
    inside(t, conditions, "y", c.padTop(), c.height(), lastRow);
    Poly lastColumn = last(c.outWidth(), c.strideW(), c.kernelW(), c.dilationW(), c.padLeft());
    inside(t, conditions, "x", c.padLeft(), c.width(), lastColumn);
    String plane =
        index(
            t,
            place + " / " + t.factor(places),
            c.inChannels(),
            channel(t, g, groupIn, channel + " / " + window));
    String line = index(t, plane, c.height(), "y");
    return new Factor.Read(
        before, String.join(" && ", conditions), t.element(x, index(t, line, c.width(), "x")));
  }

  /** The row in the window of an element of it. */
  private String row() {
    return " / " + c.kernelW() + " % " + c.kernelH();
  }

  /** The last pixel that a window reaches. */
  private static Poly last(Poly outSize, int stride, int kernel, int dilation, int padding) {
    return outSize.minus(1).times(stride).plus((long) (kernel - 1) * dilation - padding);
  }

  /** What must be asked to know that a pixel is not in the padding. */
  private static void inside(
      KernelText t, List<String> conditions, String name, int padding, Poly size, Poly last) {
    if (padding > 0) {
      conditions.add(name + " >= 0");
    }
    if (!size.minus(1).minus(last).isAtLeast(0)) {
      conditions.add(name + " < " + t.factor(size));
    }
  }

  /** The gradient of the place whose window has pixel {@code column} at element {@code k}. */
  private Factor.Read spread(KernelText t, Buffer y, String g, String column, String k) {
    Lines before = new Lines();
    before.add("int pixel = " + column + " % " + t.factor(pixels) + ";");
    before.add(
        "int y = pixel / "
            + t.factor(c.width())
            + plusNumber(c.padTop())
            + " - "
            + k
            + row()
            + times(c.dilationH())
            + ";");
    before.add(
        "int x = pixel % "
            + t.factor(c.width())
            + plusNumber(c.padLeft())
            + " - "
            + k
            + " % "
            + c.kernelW()
            + times(c.dilationW())
            + ";");
    List<String> conditions = new ArrayList<>(List.of("y >= 0", "x >= 0"));
    divisible(conditions, "y", c.strideH(), t.factor(c.outHeight()));
    divisible(conditions, "x", c.strideW(), t.factor(c.outWidth()));
    String plane =
        index(
            t,
            column + " / " + t.factor(pixels),
            c.outChannels(),
            channel(t, g, groupOut, k + " / " + window));
    String line = index(t, plane, c.outHeight(), "y" + over(c.strideH()));
    return new Factor.Read(
        before,
        String.join(" && ", conditions),
        t.element(y, index(t, line, c.outWidth(), "x" + over(c.strideW()))));
  }

  private static void divisible(List<String> conditions, String name, int stride, String size) {
    if (stride > 1) {
      conditions.add(name + " % " + stride + " == 0");
    }
    conditions.add(name + over(stride) + " < " + size);
  }

  /** A result of planes: {@code [batch, channels, size]}, columns running over batch and size. */
  private Product.Result planes(Buffer out, Poly perGroup, Poly channels, Poly size) {
    return (t, g, row, column) -> {
      String number = column.replaceAll("\\D", "");
      Lines lines = new Lines();
      lines.add(
          "int plane"
              + number
              + " = "
              + column
              + " / "
              + t.factor(size)
              + " * "
              + t.factor(channels)
              + ";");
      lines.add("int pixel" + number + " = " + column + " % " + t.factor(size) + ";");
      String plane = "plane" + number + " + " + channel(t, g, perGroup, row);
      return new Product.Place(lines, t.element(out, index(t, plane, size, "pixel" + number)));
    };
  }

  /** The channel, of all groups together. */
  private String channel(KernelText t, String g, Poly perGroup, String inGroup) {
    return c.groups() == 1 ? inGroup : index(t, g, perGroup, inGroup);
  }

  private static String index(KernelText t, String outer, Poly size, String inner) {
    return MatMulProduct.index(t, outer, size, inner);
  }

  private static String times(int factor) {
    return factor == 1 ? "" : " * " + factor;
  }

  private static String over(int divisor) {
    return divisor == 1 ? "" : " / " + divisor;
  }

  private static String minus(int number) {
    return number == 0 ? "" : " - " + number;
  }

  private static String plusNumber(int number) {
    return number == 0 ? "" : " + " + number;
  }

  private interface Reading {
    Factor.Read at(KernelText text, String group, String outer, String step);
  }

  private static Factor factor(boolean contiguousInSteps, Reading reading) {
    return new Factor() {
      @Override
      public Read at(KernelText text, String batch, String outer, String step) {
        return reading.at(text, batch, outer, step);
      }

      @Override
      public boolean isContiguousInSteps() {
        return contiguousInSteps;
      }
    };
  }
}
