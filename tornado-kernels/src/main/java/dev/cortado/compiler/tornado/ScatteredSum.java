package dev.cortado.compiler.tornado;

import dev.cortado.compiler.emit.KernelPrinter;
import dev.cortado.compiler.emit.Lines;
import dev.cortado.compiler.expr.Element;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.plan.Buffer;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A sum into the rows of a table that data name, as the gradient of an embedding, without atomic
 * additions: every item has a column and a range of rows, goes through all uses in order, and adds
 * those that fall into its range. There are as many ranges as the device has items to spare; the
 * order of additions, and so every bit, does not depend on how many.
 *
 * @param columns the loops over a row's elements
 * @param uses the loop over what is added
 * @param which the row that a use adds to
 * @param rows how many there are
 */
record ScatteredSum(
    List<Expr.Axis> columns, Stmt.For uses, Stmt.Accumulate add, Element which, Poly rows) {
  static final List<String> WORDS =
      List.of("columns", "ranges", "range", "column", "size", "from", "to");

  /** Null when a nest is nothing of the kind. */
  static @Nullable ScatteredSum of(Nest nest) {
    if (nest.body().size() != 1
        || !(nest.body().getFirst() instanceof Stmt.For uses)
        || uses.body().size() != 1
        || !(uses.body().getFirst() instanceof Stmt.Accumulate add)
        || !(add.target() instanceof Buffer table)) {
      return null;
    }
    List<Poly.Term> named =
        add.index().terms().stream().filter(t -> element(t.atoms()) != null).toList();
    if (named.size() != 1) {
      return null;
    }
    Poly.Term term = named.getFirst();
    Element which = element(term.atoms());
    Poly width = Poly.of(term.coefficient());
    for (Atom atom : term.atoms()) {
      width = atom.equals(which) ? width : width.times(Poly.of(atom));
    }
    Poly rows = table.count().dividedBy(width);
    return which == null || rows == null
        ? null
        : new ScatteredSum(nest.axes(), uses, add, which, rows);
  }

  private static @Nullable Element element(List<Atom> atoms) {
    List<Element> elements =
        atoms.stream().filter(a -> a instanceof Element).map(a -> (Element) a).toList();
    return elements.size() == 1 ? elements.getFirst() : null;
  }

  /** How many elements a row has. */
  Poly width() {
    return new Nest(columns, List.of()).items();
  }

  Lines print(KernelText text) {
    LoopVar from = LoopVar.named("from");
    LoopVar to = LoopVar.named("to");
    Map<LoopVar, String> known = new HashMap<>(Map.of(from, "from", to, "to"));
    List<String> names = new ArrayList<>();
    for (Expr.Axis axis : columns) {
      names.add(columns.size() == 1 ? "column" : text.names().unique(axis.var().name()));
      known.put(axis.var(), names.getLast());
    }
    Poly row = Poly.of((Atom) which);
    Expr.Cond mine =
        Formula.and(
            Formula.compare(Expr.Comparison.GE, row, Poly.of(from)),
            Formula.compare(Expr.Comparison.LT, row, Poly.of(to)));
    Stmt loop =
        new Stmt.For(uses.var(), uses.extent(), false, List.of(new Stmt.If(mine, List.of(add))));
    Lines inside = new Lines();
    inside.add("int size = (" + text.print(rows) + " + ranges - 1) / ranges;");
    inside.add("int from = range * size;");
    inside.add("int to = from + size;");
    if (columns.size() > 1) {
      inside.addAll(LoopKernels.digits(columns, names, "column", text));
    }
    inside.addAll(KernelPrinter.inside(known, List.of(loop), text.dialect(), text, text.names()));
    Lines lines = new Lines();
    lines.add("int columns = " + text.print(width()) + ";");
    lines.add("int ranges = context.globalGroupSizeX / columns;");
    lines.add("int range = context.globalIdx / columns;");
    lines.add("int column = context.globalIdx % columns;");
    return lines.block("if (range < ranges)", inside);
  }
}
