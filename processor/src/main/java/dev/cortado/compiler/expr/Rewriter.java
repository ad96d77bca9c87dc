package dev.cortado.compiler.expr;

import dev.cortado.compiler.expr.Expr.Cond;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds expressions from the leaves up in simplified form, replacing what its two functions
 * replace. A subexpression that is one object before is one object after.
 */
public final class Rewriter {
  private final Function<Expr, @Nullable Expr> replacement;
  private final Function<Atom, @Nullable Poly> atoms;
  private final Map<Expr, Expr> done = new IdentityHashMap<>();

  /**
   * @param replacement what stands instead of an expression, taken as it is; null to rebuild it
   * @param atoms what stands instead of an atom of an index; null to keep it
   */
  public Rewriter(
      Function<Expr, @Nullable Expr> replacement, Function<Atom, @Nullable Poly> atoms) {
    this.replacement = replacement;
    this.atoms = atoms;
  }

  /** {@code e} with {@code Arg(i)} replaced by the {@code i}-th of {@code arguments}. */
  public static Expr substitute(Expr e, List<Expr> arguments) {
    return new Rewriter(x -> x instanceof Expr.Arg a ? arguments.get(a.index()) : null, x -> null)
        .of(e);
  }

  /** The same function with constants folded. */
  public static Expr simplify(Expr e) {
    return new Rewriter(x -> null, x -> null).of(e);
  }

  public Expr of(Expr e) {
    Expr known = done.get(e);
    if (known == null) {
      Expr replaced = replacement.apply(e);
      known = replaced != null ? replaced : rebuild(e);
      done.put(e, known);
    }
    return known;
  }

  private Expr rebuild(Expr e) {
    return switch (e) {
      case Expr.Const c -> c;
      case Expr.Arg a -> a;
      case Expr.Load(Operand source, Poly index) -> new Expr.Load(source, of(index));
      case Expr.OfInt(Poly value) -> Formula.ofInt(of(value));
      case Expr.Unary(Expr.UnaryOp op, Expr x) -> Formula.unary(op, of(x));
      case Expr.Binary(Expr.BinaryOp op, Expr a, Expr b) -> Formula.binary(op, of(a), of(b));
      case Expr.Select(Cond cond, Expr then, Expr otherwise) ->
          Formula.select(of(cond), of(then), of(otherwise));
      case Expr.Reduce(Expr.Reduction kind, List<Expr.Axis> axes, Expr body) ->
          new Expr.Reduce(
              kind,
              axes.stream().map(a -> new Expr.Axis(a.var(), of(a.extent()))).toList(),
              of(body));
      case Expr.Random(int stream, Poly index) -> new Expr.Random(stream, of(index));
    };
  }

  public Cond of(Cond cond) {
    return switch (cond) {
      case Cond.Compare(Expr.Comparison op, Expr a, Expr b) -> Formula.compare(op, of(a), of(b));
      case Cond.CompareInt(Expr.Comparison op, Poly a, Poly b) -> Formula.compare(op, of(a), of(b));
      case Cond.And(Cond a, Cond b) -> Formula.and(of(a), of(b));
      case Cond.Or(Cond a, Cond b) -> Formula.or(of(a), of(b));
      case Cond.Not(Cond a) -> Formula.not(of(a));
      case Cond.Always a -> a;
    };
  }

  public Poly of(Poly index) {
    return index.substitute(atoms);
  }
}
