package dev.cortado.compiler.plan;

import dev.cortado.compiler.expr.Element;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Operand;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The buffers a step touches.
 *
 * @param written first written, then only read ones follow in {@code read}, each in order of
 *     appearance
 */
public record Usage(Set<Buffer> written, Set<Buffer> read) {

  public static Usage of(Step step) {
    Usage usage = new Usage(new LinkedHashSet<>(), new LinkedHashSet<>());
    usage.add(step);
    return usage;
  }

  /** The buffers of statements. */
  public static Usage of(List<Stmt> body) {
    Usage usage = new Usage(new LinkedHashSet<>(), new LinkedHashSet<>());
    usage.add(body);
    return usage;
  }

  private void add(Step step) {
    switch (step) {
      case Step.Kernel k -> add(k.body());
      case Step.Library l -> {
        written.add(l.output());
        if (l.second() != null) {
          written.add(l.second());
        }
        read.addAll(l.inputs());
        if (l.epilogue().bias() != null) {
          read.add(l.epilogue().bias());
        }
      }
      case Step.Loop l -> l.body().forEach(this::add);
    }
  }

  private void add(List<Stmt> body) {
    Expressions.statements(
        body,
        s -> {
          switch (s) {
            case Stmt.Store st -> written.add(buffer(st.target()));
            case Stmt.Accumulate a -> written.add(buffer(a.target()));
            default -> {}
          }
          Expressions.indices(s, this::add);
          Expressions.roots(s, root -> Expressions.visit(root, this::add));
        });
  }

  private void add(Expr e) {
    if (e instanceof Expr.Load load) {
      read.add(buffer(load.source()));
    }
    Expressions.indices(e, this::add);
  }

  private void add(Poly index) {
    Indices.atoms(
        index,
        atom -> {
          if (atom instanceof Element e) {
            read.add(buffer(e.source()));
          }
        });
  }

  /** Visits every atom of an index, also those inside others. */
  public static void atoms(Poly index, Consumer<Atom> visitor) {
    Indices.atoms(index, visitor);
  }

  private static Buffer buffer(Operand operand) {
    return (Buffer) operand;
  }
}
