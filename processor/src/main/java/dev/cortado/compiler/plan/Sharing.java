package dev.cortado.compiler.plan;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.Cond;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes equal expressions the same object, so that what occurs twice is computed once. Looks at the
 * objects below an expression, never through them: the cost stays linear however much is shared.
 */
final class Sharing {
  private final Map<Object, Expr> canonical = new HashMap<>();
  private final Map<Expr, Integer> numbers = new IdentityHashMap<>();
  private final Map<Expr, Expr> done = new IdentityHashMap<>();

  /** The one object for this expression; what it holds is made canonical too. */
  Expr share(Expr e) {
    Expr known = done.get(e);
    if (known == null) {
      Expr rebuilt = rebuild(e);
      known = canonical.computeIfAbsent(key(rebuilt), k -> rebuilt);
      numbers.putIfAbsent(known, numbers.size());
      done.put(e, known);
      done.put(known, known);
    }
    return known;
  }

  private Expr rebuild(Expr e) {
    return switch (e) {
      case Expr.Unary(var op, Expr x) -> new Expr.Unary(op, share(x));
      case Expr.Binary(var op, Expr a, Expr b) -> new Expr.Binary(op, share(a), share(b));
      case Expr.Select(Cond cond, Expr then, Expr otherwise) ->
          new Expr.Select(share(cond), share(then), share(otherwise));
      case Expr.Reduce(var kind, var axes, Expr body) -> new Expr.Reduce(kind, axes, share(body));
      case Expr.Const c -> c;
      case Expr.Arg a -> a;
      case Expr.Load l -> l;
      case Expr.OfInt i -> i;
      case Expr.Random r -> r;
    };
  }

  private Cond share(Cond cond) {
    return switch (cond) {
      case Cond.Compare(var op, Expr a, Expr b) -> new Cond.Compare(op, share(a), share(b));
      case Cond.And(Cond a, Cond b) -> new Cond.And(share(a), share(b));
      case Cond.Or(Cond a, Cond b) -> new Cond.Or(share(a), share(b));
      case Cond.Not(Cond a) -> new Cond.Not(share(a));
      case Cond.CompareInt c -> c;
      case Cond.Always a -> a;
    };
  }

  private Object key(Expr e) {
    return switch (e) {
      case Expr.Unary(var op, Expr x) -> List.of(op, number(x));
      case Expr.Binary(var op, Expr a, Expr b) -> List.of(op, number(a), number(b));
      case Expr.Select(Cond cond, Expr then, Expr otherwise) ->
          List.of("select", key(cond), number(then), number(otherwise));
      case Expr.Reduce(var kind, var axes, Expr body) -> List.of(kind, axes, number(body));
      case Expr.Const c -> c;
      case Expr.Arg a -> a;
      case Expr.Load l -> l;
      case Expr.OfInt i -> i;
      case Expr.Random r -> r;
    };
  }

  private Object key(Cond cond) {
    return switch (cond) {
      case Cond.Compare(var op, Expr a, Expr b) -> List.of(op, number(a), number(b));
      case Cond.And(Cond a, Cond b) -> List.of("and", key(a), key(b));
      case Cond.Or(Cond a, Cond b) -> List.of("or", key(a), key(b));
      case Cond.Not(Cond a) -> List.of("not", key(a));
      case Cond.CompareInt c -> c;
      case Cond.Always a -> a;
    };
  }

  private int number(Expr shared) {
    Integer number = numbers.get(shared);
    if (number == null) {
      throw new IllegalStateException("not shared yet: " + shared.getClass().getSimpleName());
    }
    return number;
  }
}
