package dev.cortado.compiler.tornado;

import dev.cortado.compiler.emit.Lines;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Lowering.Contraction;
import dev.cortado.compiler.plan.Buffer;
import dev.cortado.compiler.plan.Step;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints products as kernels of work groups: a group computes a tile of the result, a work item
 * some of its elements in registers; tiles of the factors pass through local memory, a slice of the
 * depth at a time. A deep product with a small result is computed in slices by several groups, and
 * a second kernel adds the slices up.
 */
final class ProductKernels {
  /** A group is a square of items with this side, at most; how large it is, a device decides. */
  private static final int SIDE = 16;

  /** Side and steps of a tile are at most this when multiplied: local memory is for so many. */
  private static final int MOST = 256;

  static final List<String> WORDS =
      List.of(
          "lane",
          "side",
          "steps",
          "down",
          "across",
          "tile",
          "tiles",
          "tilesAcross",
          "batch",
          "slice",
          "turn",
          "row",
          "column",
          "firstRow",
          "firstColumn",
          "first",
          "last",
          "step",
          "e",
          "k",
          "value",
          "left",
          "right",
          "rows",
          "columns",
          "depth",
          "place",
          "pixel",
          "x",
          "y",
          "i");

  private final Product product;
  private final Step.Epilogue epilogue;
  private final KernelText text;
  private final int slices;

  /** Elements of the result that one work item computes, down and across. */
  private final int high;

  private final int wide;

  private ProductKernels(Product product, Step.Epilogue epilogue, KernelText text) {
    this.product = product;
    this.epilogue = epilogue;
    this.text = text;
    double rows = Typical.of(product.rows());
    double columns = Typical.of(product.columns());
    double small = rows * columns * Typical.of(product.batches());
    boolean few = small < 64.0 * SIDE * SIDE * SIDE;
    this.high = few || rows <= 2 * SIDE ? 1 : 4;
    this.wide = few || columns <= 2 * SIDE ? 1 : 4;
    double groups = small / (high * wide * SIDE * SIDE);
    double depth = Typical.of(product.depth());
    this.slices = groups < 64 && depth >= 4096 ? (int) Math.clamp(depth / 1024, 2, 32) : 1;
  }

  /**
   * The tasks for a contraction of the plan.
   *
   * @param around variables of the loops around a recurrence's step, outermost first
   */
  static List<Task> of(Step.Library step, DeviceLayout layout, List<LoopVar> around) {
    Product product = product(step);
    KernelText text = new KernelText(layout, around, WORDS);
    ProductKernels kernels = new ProductKernels(product, step.epilogue(), text);
    Lines body = kernels.print();
    List<Task> tasks = new ArrayList<>();
    Poly result = product.batches().times(product.rows()).times(product.columns());
    Poly scratch = kernels.slices == 1 ? Poly.ZERO : result.times(kernels.slices);
    tasks.add(
        new Task(
            step.name(),
            step.title(),
            step.origin(),
            text.declarations().addAll(body),
            parameters(text, kernels.slices > 1),
            text.starts(),
            kernels.grid(LibraryProduct.of(step, product, kernels, layout, around)),
            scratch,
            step.forInputGradients()));
    if (kernels.slices > 1) {
      KernelText sums = new KernelText(layout, around, WORDS);
      Lines added = new ProductKernels(product, step.epilogue(), sums).sum();
      tasks.add(
          new Task(
              step.name() + "Sum",
              step.title() + ", its slices added up",
              step.origin(),
              sums.declarations().addAll(added),
              parameters(sums, true),
              sums.starts(),
              new Task.Grid.Loop(result),
              scratch,
              step.forInputGradients()));
    }
    return tasks;
  }

  private static Product product(Step.Library step) {
    return switch (step.call()) {
      case Contraction.MatMul m ->
          MatMulProduct.of(m, step.inputs().get(0), step.inputs().get(1), step.output());
      case Contraction.Conv2d c ->
          ConvolutionProduct.of(c, step.inputs().get(0), step.inputs().get(1), step.output());
      case Lowering.Spread s -> throw new IllegalStateException("not in a portable plan: " + s);
      case Lowering.MaxPool p -> throw new IllegalStateException("not in a portable plan: " + p);
    };
  }

  private static List<String> parameters(KernelText text, boolean scratch) {
    return DeviceLayout.ARRAYS.stream()
        .filter(a -> text.parameters().contains(a) || (scratch && a.equals("scratch")))
        .toList();
  }

  /** A tile's rows, as an expression to stand where a factor may stand. */
  private String tileRows() {
    return high == 1 ? "side" : "(side * " + high + ")";
  }

  private String tileColumns() {
    return wide == 1 ? "side" : "(side * " + wide + ")";
  }

  /** Whether it is one of the large products, which are computed in one piece. */
  boolean isLarge() {
    return slices == 1 && (high > 1 || wide > 1);
  }

  private Task.Grid grid(Task.@Nullable Library library) {
    return new Task.Grid.Tiles(
        product.rows(),
        product.columns(),
        product.depth(),
        product.batches().times(slices),
        high,
        wide,
        library);
  }

  private Lines print() {
    Lines lines = new Lines();
    lines.add("int rows = " + text.print(product.rows()) + ";");
    lines.add("int columns = " + text.print(product.columns()) + ";");
    lines.add("int depth = " + text.print(product.depth()) + ";");
    lines.add("float[] left = context.allocateFloatLocalArray(" + MOST * high + ");");
    lines.add("float[] right = context.allocateFloatLocalArray(" + MOST * wide + ");");
    lines.add("int lane = context.localIdx;");
    lines.add("int down = lane / side;");
    lines.add("int across = lane % side;");
    lines.addAll(place());
    for (int i = 0; i < high; i++) {
      for (int j = 0; j < wide; j++) {
        lines.add("float sum" + i + j + " = 0f;");
      }
    }
    Lines loop = new Lines();
    loop.block(fill(high), fill("left", product.left(), "row", tileRows()));
    loop.block(fill(wide), fill("right", product.right(), "column", tileColumns()));
    loop.add("context.localBarrier();");
    loop.block("for (int k = 0; k < steps; k++)", multiply());
    loop.add("context.localBarrier();");
    lines.block("for (int i = first; i < last; i += steps)", loop);
    return lines.addAll(store());
  }

  /**
   * Which tile this group computes; groups beyond the last one sum over nothing and store nothing.
   */
  private Lines place() {
    Lines lines = new Lines();
    lines.add("int tilesAcross = (columns + %1$s - 1) / %1$s;".formatted(tileColumns()));
    lines.add("int tiles = (rows + %1$s - 1) / %1$s * tilesAcross;".formatted(tileRows()));
    lines.add("int tile = context.groupIdx % tiles;");
    lines.add("int batch = context.groupIdx / tiles;");
    if (slices > 1) {
      lines.add("int slice = batch % " + slices + ";");
      lines.add("batch = batch / " + slices + ";");
    }
    lines.add("int firstRow = tile / tilesAcross * " + tileRows() + ";");
    lines.add("int firstColumn = tile % tilesAcross * " + tileColumns() + ";");
    if (slices > 1) {
      String length = "(depth / (" + slices + " * steps) + 1) * steps";
      lines.add("int first = slice * (" + length + ");");
      lines.add("int last = Math.min(depth, first + " + length + ");");
    } else {
      lines.add("int first = 0;");
      lines.add("int last = depth;");
    }
    lines.block(
        "if (batch >= " + text.print(product.batches()) + ")", new Lines().add("last = 0;"));
    return lines;
  }

  /**
   * The turns of filling a tile of local memory, whose steps are a multiple of its side. All items
   * take the same number of them: beside barriers, PoCL computes something wrong where a loop's
   * length depends on the item.
   */
  private static String fill(int elements) {
    return "for (int turn = 0; turn < steps * %d / side; turn++)"
        .formatted(elements)
        .replace(" * 1 ", " ");
  }

  /** One element of a factor to local memory; neighbouring items read neighbouring elements. */
  private Lines fill(String local, Factor factor, String outer, String tile) {
    boolean alongSteps = factor.isContiguousInSteps();
    String inStep = alongSteps ? "e % steps" : "e / " + tile;
    String inTile = alongSteps ? "e / steps" : "e % " + tile;
    boolean isRow = outer.equals("row");
    Lines lines = new Lines();
    lines.add("int e = turn * side * side + lane;");
    lines.add("int step = i + " + inStep + ";");
    lines.add("int " + outer + " = " + (isRow ? "firstRow" : "firstColumn") + " + " + inTile + ";");
    lines.add("float value = 0f;");
    Factor.Read read = factor.at(text, "batch", outer, "step");
    Lines assign = new Lines().add("value = " + read.element() + ";");
    Lines inside = new Lines().addAll(read.before());
    if (read.condition().isEmpty()) {
      inside.addAll(assign);
    } else {
      inside.block("if (" + read.condition() + ")", assign);
    }
    lines.block("if (step < last && " + outer + " < " + (isRow ? "rows" : "columns") + ")", inside);
    String at = alongSteps ? "e % steps * " + tile + " + e / steps" : "e";
    return lines.add(local + "[" + at + "] = value;");
  }

  private Lines multiply() {
    Lines lines = new Lines();
    for (int i = 0; i < high; i++) {
      lines.add("float left%d = left[k * %s + down%s];".formatted(i, tileRows(), more(i)));
    }
    for (int j = 0; j < wide; j++) {
      lines.add("float right%d = right[k * %s + across%s];".formatted(j, tileColumns(), more(j)));
    }
    for (int i = 0; i < high; i++) {
      for (int j = 0; j < wide; j++) {
        lines.add("sum%1$d%2$d += left%1$d * right%2$d;".formatted(i, j));
      }
    }
    return lines;
  }

  private static String more(int i) {
    return i == 0 ? "" : i == 1 ? " + side" : " + " + i + " * side";
  }

  /**
   * Stores an item's sums. What lies outside of the result is left out by one comparison of two
   * numbers: where conditions are nested after a barrier, PoCL 3.1 stores what they exclude.
   */
  private Lines store() {
    Lines lines = new Lines();
    String batches = text.print(product.batches());
    for (int j = 0; j < wide; j++) {
      String column = "column" + j;
      lines.add("int " + column + " = firstColumn + across" + more(j) + ";");
      for (int i = 0; i < high; i++) {
        String row = "row" + i;
        if (j == 0) {
          lines.add("int " + row + " = firstRow + down" + more(i) + ";");
        }
        Product.Place place = place(row, column);
        if (i == 0) {
          lines.addAll(place.perColumn());
        }
        String room = "Math.min(rows - " + row + ", columns - " + column + ")";
        lines.block(
            "if (Math.min(" + room + ", " + batches + " - batch) > 0)",
            slices == 1
                ? finished("sum" + i + j, place.element(), row, column)
                : new Lines().add(place.element() + " = sum" + i + j + ";"));
      }
    }
    return lines;
  }

  private Product.Place place(String row, String column) {
    if (slices == 1) {
      return product.result().at(text, "batch", row, column);
    }
    String each = "(batch * " + slices + " + slice) * rows + " + row;
    return new Product.Place(new Lines(), "scratch[(" + each + ") * columns + " + column + "]");
  }

  /** The same for whoever has computed a sum. */
  static Lines finished(
      Product product,
      Step.Epilogue epilogue,
      KernelText text,
      String sum,
      String row,
      String column) {
    ProductKernels kernels = new ProductKernels(product, epilogue, text);
    Product.Place place = product.result().at(text, "batch", row, column);
    return new Lines()
        .addAll(place.perColumn())
        .addAll(kernels.finished(sum, place.element(), row, column));
  }

  /** Stores an element: with its bias, and through the activation. */
  private Lines finished(String sum, String element, String row, String column) {
    Lines lines = new Lines();
    Buffer bias = epilogue.bias();
    String value = sum;
    if (bias != null) {
      String channel = product.channel().at(text, "batch", row, column);
      value = sum + " + " + text.element(bias, channel);
    }
    return switch (epilogue.activation()) {
      case NONE -> lines.add(element + " = " + value + ";");
      case RELU ->
          lines
              .add("float result = " + value + ";")
              .add(element + " = result <= 0f ? 0f : result;");
    };
  }

  /** Adds the slices of a result up. */
  private Lines sum() {
    Lines lines = new Lines();
    lines.add("int rows = " + text.print(product.rows()) + ";");
    lines.add("int columns = " + text.print(product.columns()) + ";");
    Lines body = new Lines();
    body.add("int column0 = i % columns;");
    body.add("int row = i / columns % rows;");
    body.add("int batch = i / columns / rows;");
    body.add("float sum = 0f;");
    body.block(
        "for (int slice = 0; slice < " + slices + "; slice++)",
        new Lines()
            .add(
                "sum += scratch[((batch * "
                    + slices
                    + " + slice) * rows + row) * columns + column0];"));
    Product.Place place = product.result().at(text, "batch", "row", "column0");
    body.addAll(place.perColumn()).addAll(finished("sum", place.element(), "row", "column0"));
    Poly items = product.batches().times(product.rows()).times(product.columns());
    return lines.block("for (@Parallel int i = 0; i < " + text.print(items) + "; i++)", body);
  }
}
