package dev.cortado.compiler.interpret;

import dev.cortado.compiler.expr.Element;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.Cond;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Scalar;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.kernel.RandomNumbers;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** Evaluates expressions and runs statements, given values for symbols and loop variables. */
final class Evaluator {
  private final Map<Atom, Long> values = new HashMap<>();
  private final Map<Poly, List<Poly.Term>> terms = new IdentityHashMap<>();
  private final long seed;
  private final long step;

  Evaluator(Map<String, Long> symbols, long seed, long step) {
    symbols.forEach((name, value) -> values.put(new Atom.Symbol(name), value));
    this.seed = seed;
    this.step = step;
  }

  void bind(LoopVar variable, long value) {
    values.put(variable, value);
  }

  long value(Poly poly) {
    long sum = 0;
    for (Poly.Term term : terms.computeIfAbsent(poly, Poly::terms)) {
      long product = term.coefficient();
      for (Atom atom : term.atoms()) {
        product *= value(atom);
      }
      sum += product;
    }
    return sum;
  }

  int size(Poly poly) {
    return Math.toIntExact(value(poly));
  }

  private long value(Atom atom) {
    return switch (atom) {
      case Atom.Quotient q -> Math.floorDiv(value(q.dividend()), value(q.divisor()));
      case Atom.Remainder r -> Math.floorMod(value(r.dividend()), value(r.divisor()));
      case Element e -> (long) ((Buffer) e.source()).data[size(e.index())];
      default -> {
        Long bound = values.get(atom);
        if (bound == null) {
          throw new IllegalStateException(atom + " has no value here");
        }
        yield bound;
      }
    };
  }

  double value(Expr e) {
    return switch (e) {
      case Expr.Const c -> c.value();
      case Expr.Arg a -> throw new IllegalStateException("an argument is left: " + a);
      case Expr.Load l -> ((Buffer) l.source()).data[size(l.index())];
      case Expr.OfInt i -> value(i.value());
      case Expr.Unary u -> Scalar.apply(u.op(), value(u.x()));
      case Expr.Binary b -> Scalar.apply(b.op(), value(b.a()), value(b.b()));
      case Expr.Select s -> holds(s.cond()) ? value(s.then()) : value(s.otherwise());
      case Expr.Random r -> RandomNumbers.uniform(seed, step, r.stream(), size(r.index()));
      case Expr.Reduce r -> new Reduction(r).result();
    };
  }

  private boolean holds(Cond cond) {
    return switch (cond) {
      case Cond.Compare c -> Scalar.apply(c.op(), value(c.a()), value(c.b()));
      case Cond.CompareInt c -> Scalar.apply(c.op(), value(c.a()), value(c.b()));
      case Cond.And c -> holds(c.a()) && holds(c.b());
      case Cond.Or c -> holds(c.a()) || holds(c.b());
      case Cond.Not c -> !holds(c.a());
      case Cond.Always c -> c.value();
    };
  }

  private final class Reduction {
    private final Expr.Reduce reduce;
    private double result;
    private double best = Double.NEGATIVE_INFINITY;
    private long visited;

    Reduction(Expr.Reduce reduce) {
      this.reduce = reduce;
      result =
          switch (reduce.kind()) {
            case SUM, ARGMAX -> 0;
            case MAX -> Double.NEGATIVE_INFINITY;
            case MIN -> Double.POSITIVE_INFINITY;
          };
    }

    double result() {
      loop(0);
      return result;
    }

    private void loop(int axis) {
      if (axis == reduce.axes().size()) {
        visit(value(reduce.body()));
        return;
      }
      Expr.Axis loop = reduce.axes().get(axis);
      long extent = value(loop.extent());
      for (long i = 0; i < extent; i++) {
        values.put(loop.var(), i);
        loop(axis + 1);
      }
      values.remove(loop.var());
    }

    private void visit(double v) {
      switch (reduce.kind()) {
        case SUM -> result += v;
        case MAX -> result = Math.max(result, v);
        case MIN -> result = Math.min(result, v);
        case ARGMAX -> {
          if (v > best) {
            best = v;
            result = visited;
          }
        }
      }
      visited++;
    }
  }

  void run(List<Stmt> statements) {
    statements.forEach(this::run);
  }

  private void run(Stmt statement) {
    switch (statement) {
      case Stmt.For loop -> {
        long extent = value(loop.extent());
        for (long i = 0; i < extent; i++) {
          values.put(loop.var(), i);
          run(loop.body());
        }
        values.remove(loop.var());
      }
      case Stmt.Store s -> ((Buffer) s.target()).data[size(s.index())] = value(s.value());
      case Stmt.Accumulate s -> ((Buffer) s.target()).data[size(s.index())] += value(s.value());
      case Stmt.Let let -> values.put(let.local(), (long) value(let.value()));
      case Stmt.If choice -> {
        if (holds(choice.cond())) {
          run(choice.body());
        }
      }
    }
  }
}
