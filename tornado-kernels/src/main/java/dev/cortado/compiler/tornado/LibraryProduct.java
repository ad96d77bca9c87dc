package dev.cortado.compiler.tornado;

import dev.cortado.compiler.emit.Lines;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.plan.Step;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A product as a library's task. TornadoVM hands a library whole off-heap arrays and sizes that are
 * fixed when a graph is made, whereas a tensor is a part of an array and a batch may be smaller: so
 * kernels lay both operands out at their largest sizes, with zeros around what there is (a
 * convolution's as the matrix that it stands for), and another one takes the result to where it
 * belongs, with bias and activation.
 */
final class LibraryProduct {
  private final Step.Library step;
  private final Product product;
  private final DeviceLayout layout;
  private final List<LoopVar> around;

  private LibraryProduct(
      Step.Library step, Product product, DeviceLayout layout, List<LoopVar> around) {
    this.step = step;
    this.product = product;
    this.layout = layout;
    this.around = around;
  }

  /** Null for products that the network's own kernels compute everywhere. */
  static Task.@Nullable Library of(
      Step.Library step,
      Product product,
      ProductKernels kernels,
      DeviceLayout layout,
      List<LoopVar> around) {
    if (!layout.libraries() || !kernels.isLarge()) {
      return null;
    }
    LibraryProduct library = new LibraryProduct(step, product, layout, around);
    return new Task.Library(
        library.operand("Left", product.left(), "row", product.rows()),
        library.operand("Right", product.right(), "column", product.columns()),
        library.result(),
        product.left().isContiguousInSteps(),
        product.right().isContiguousInSteps());
  }

  private KernelText text() {
    List<String> words = new ArrayList<>(ProductKernels.WORDS);
    words.addAll(List.of("outers", "allOuters", "allSteps", "allRows", "allColumns"));
    words.addAll(DeviceLayout.STAGED);
    return new KernelText(layout, around, words);
  }

  /** Lays a factor out, in the order in which it lies. */
  private Task operand(String side, Factor factor, String outer, Poly outers) {
    KernelText text = text();
    boolean along = factor.isContiguousInSteps();
    Lines lines = new Lines();
    lines.add("int allOuters = " + text.atMost(outers) + ";");
    lines.add("int allSteps = " + text.atMost(product.depth()) + ";");
    Lines body = new Lines();
    body.add("int step = " + (along ? "i % allSteps" : "i / allOuters % allSteps") + ";");
    body.add("int " + outer + " = " + (along ? "i / allSteps % allOuters" : "i % allOuters") + ";");
    body.add("int batch = i / allSteps / allOuters;");
    body.add("float value = 0f;");
    Factor.Read read = factor.at(text, "batch", outer, "step");
    Lines assign = new Lines().add("value = " + read.element() + ";");
    Lines inside = new Lines().addAll(read.before());
    if (read.condition().isEmpty()) {
      inside.addAll(assign);
    } else {
      inside.block("if (" + read.condition() + ")", assign);
    }
    String isThere =
        "step < %s && %s < %s && batch < %s"
            .formatted(
                text.factor(product.depth()),
                outer,
                text.factor(outers),
                text.factor(product.batches()));
    body.block("if (" + isThere + ")", inside);
    body.add("staged" + side + ".set(i, value);");
    String count = text.atMost(product.batches()) + " * allOuters * allSteps";
    lines.block("for (@Parallel int i = 0; i < " + count + "; i++)", body);
    return task(
        side,
        step.title() + ", its " + side.toLowerCase(java.util.Locale.ROOT) + " operand laid out",
        text,
        lines,
        product.batches().times(outers).times(product.depth()));
  }

  /** Takes the product up. */
  private Task result() {
    KernelText text = text();
    Lines lines = new Lines();
    lines.add("int rows = " + text.print(product.rows()) + ";");
    lines.add("int columns = " + text.print(product.columns()) + ";");
    lines.add("int allRows = " + text.atMost(product.rows()) + ";");
    lines.add("int allColumns = " + text.atMost(product.columns()) + ";");
    Lines body = new Lines();
    body.add("int column0 = i % columns;");
    body.add("int row = i / columns % rows;");
    body.add("int batch = i / columns / rows;");
    body.add("float sum = stagedProduct.get((batch * allRows + row) * allColumns + column0);");
    body.addAll(ProductKernels.finished(product, step.epilogue(), text, "sum", "row", "column0"));
    String count = text.factor(product.batches()) + " * rows * columns";
    lines.block("for (@Parallel int i = 0; i < " + count + "; i++)", body);
    return task(
        "Product",
        step.title() + ", from the library",
        text,
        lines,
        product.batches().times(product.rows()).times(product.columns()));
  }

  private Task task(String part, String title, KernelText text, Lines body, Poly items) {
    Lines all = text.declarations().addAll(body);
    List<String> parameters = new ArrayList<>(text.parameters());
    parameters.add("staged" + part);
    return new Task(
        step.name() + part,
        title,
        step.origin(),
        all,
        parameters,
        text.starts(),
        new Task.Grid.Loop(items),
        Poly.ZERO,
        step.forInputGradients());
  }
}
