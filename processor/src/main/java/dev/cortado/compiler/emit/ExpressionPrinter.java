package dev.cortado.compiler.emit;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.Cond;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Operand;
import dev.cortado.compiler.plan.Buffer;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.List;

/**
 * Prints expressions of one statement. Precedence: 0 choice, 1 sum, 2 product, 3 unary, 4 primary.
 */
final class ExpressionPrinter {
  private final KernelPrinter kernel;
  private final Dialect dialect;
  private final Placement placement;

  ExpressionPrinter(KernelPrinter kernel, Dialect dialect, Placement placement) {
    this.kernel = kernel;
    this.dialect = dialect;
    this.placement = placement;
  }

  /** The declarations of what is computed in {@code scope}, in the order of need. */
  Lines computations(Scope scope) {
    Lines lines = new Lines();
    for (Computation c : List.copyOf(scope.computations()).reversed()) {
      if (c.isStatement()) {
        declare(c, lines);
      }
    }
    return lines;
  }

  private void declare(Computation c, Lines lines) {
    switch (c.expr()) {
      case Expr.Reduce r when kernel.isStripped(r) -> reduceStrips(c, r, lines);
      case Expr.Reduce r -> reduce(c, r, lines);
      case Expr.Select s when needsStatements(c) -> choose(c, s, lines);
      default -> {
        String text = written(c.expr(), c, 0);
        c.name(kernel.unique(wish(c.expr())));
        lines.add("float " + c.name() + " = " + text + ";");
      }
    }
  }

  private static boolean needsStatements(Computation c) {
    return c.inner().stream()
        .flatMap(s -> s.computations().stream())
        .anyMatch(Computation::isStatement);
  }

  private void choose(Computation c, Expr.Select s, Lines lines) {
    String name = kernel.unique("chosen");
    String cond = condition(s.cond(), c.place(), false);
    Scope then = c.inner().get(0);
    Scope otherwise = c.inner().get(1);
    Lines first = computations(then).add(name + " = " + text(s.then(), then, 0) + ";");
    Lines second =
        computations(otherwise).add(name + " = " + text(s.otherwise(), otherwise, 0) + ";");
    lines.add("float " + name + ";");
    lines.add("if (" + cond + ") {");
    lines.indented(first).add("} else {").indented(second).add("}");
    c.name(name);
  }

  private void reduce(Computation c, Expr.Reduce r, Lines lines) {
    List<String> vars = new ArrayList<>();
    for (Expr.Axis axis : r.axes()) {
      vars.add(kernel.declareLoop(axis.var()));
    }
    Scope innermost = c.inner().getLast();
    String name = kernel.unique(r.kind().name().toLowerCase(java.util.Locale.ROOT));
    List<Lines> bodies = c.inner().stream().map(this::computations).toList();
    Lines body = bodies.getLast();
    String value = text(r.body(), innermost, 0);
    if (r.kind() == Expr.Reduction.ARGMAX) {
      String best = kernel.unique("best");
      String candidate = kernel.unique("candidate");
      lines.add("float " + best + " = Float.NEGATIVE_INFINITY;");
      lines.add(start(r.kind(), name));
      body.add("float " + candidate + " = " + value + ";");
      body.block(
          "if (" + candidate + " > " + best + ")",
          new Lines()
              .add(best + " = " + candidate + ";")
              .add(name + " = " + kernel.integer(rank(r)) + ";"));
    } else {
      lines.add(start(r.kind(), name));
      body.add(next(r.kind(), name, value));
    }
    nest(r.axes(), vars, bodies, lines);
    c.name(name);
  }

  /** The printer of a strip whose constant parts are read in {@code scope}. */
  StripPrinter strip(LoopVar var, String count, Scope scope) {
    return new StripPrinter(
        new StripPrinter.Kernel() {
          @Override
          public String array(Operand operand) {
            return kernel.array(operand);
          }

          @Override
          public String at(Operand operand, Poly index) {
            return kernel.position(operand, index);
          }

          @Override
          public String scalar(Expr e, int precedence) {
            return text(e, scope, precedence);
          }

          @Override
          public String integer(Poly p) {
            return kernel.integer(p);
          }

          @Override
          public String condition(Cond cond) {
            return ExpressionPrinter.this.condition(cond, scope, false);
          }

          @Override
          public String declare(LoopVar var) {
            return kernel.declareLoop(var);
          }

          @Override
          public Dialect dialect() {
            return dialect;
          }
        },
        var,
        count,
        kernel.scratches());
  }

  /** A reduction whose last axis goes strip by strip. */
  private void reduceStrips(Computation c, Expr.Reduce r, Lines lines) {
    List<Expr.Axis> outer = r.axes().subList(0, r.axes().size() - 1);
    Expr.Axis last = r.axes().getLast();
    List<String> vars = new ArrayList<>();
    for (Expr.Axis axis : outer) {
      vars.add(kernel.declareLoop(axis.var()));
    }
    Scope inside = c.inner().isEmpty() ? c.place() : c.inner().getLast();
    List<Lines> bodies = c.inner().stream().map(this::computations).toList();
    String name = kernel.unique(r.kind().name().toLowerCase(java.util.Locale.ROOT));
    boolean one = outer.isEmpty() && KernelPrinter.isOneStrip(last.extent());
    if (!one) {
      lines.add(start(r.kind(), name));
    }
    Lines body = bodies.isEmpty() ? lines : bodies.getLast();
    body.addAll(
        kernel.blocks(
            last.var(),
            last.extent(),
            "0",
            kernel.integer(last.extent()),
            count ->
                strip(last.var(), count, inside)
                    .reduced(
                        r.kind(),
                        r.body(),
                        part ->
                            one
                                ? type(r.kind()) + " " + name + " = " + part + ";"
                                : next(r.kind(), name, part))));
    nest(outer, vars, bodies, lines);
    c.name(name);
  }

  private String type(Expr.Reduction kind) {
    return switch (kind) {
      case SUM -> dialect.sumType();
      case MAX, MIN -> "float";
      case ARGMAX -> "int";
    };
  }

  private String start(Expr.Reduction kind, String name) {
    String value =
        switch (kind) {
          case SUM, ARGMAX -> "0";
          case MAX -> "Float.NEGATIVE_INFINITY";
          case MIN -> "Float.POSITIVE_INFINITY";
        };
    return type(kind) + " " + name + " = " + value + ";";
  }

  private static String next(Expr.Reduction kind, String name, String value) {
    return switch (kind) {
      case SUM -> name + " += " + value + ";";
      case MAX -> name + " = Math.max(" + name + ", " + value + ");";
      case MIN -> name + " = Math.min(" + name + ", " + value + ");";
      case ARGMAX -> throw new IllegalStateException("one by one only");
    };
  }

  /** Puts loops around the innermost body; the outermost goes to {@code lines}. */
  private void nest(List<Expr.Axis> axes, List<String> vars, List<Lines> bodies, Lines lines) {
    for (int i = axes.size() - 1; i >= 0; i--) {
      Lines around = i == 0 ? lines : bodies.get(i - 1);
      String var = vars.get(i);
      String extent = kernel.integer(axes.get(i).extent());
      around.block(
          "for (int %s = 0; %s < %s; %s++)".formatted(var, var, extent, var), bodies.get(i));
    }
  }

  private static Poly rank(Expr.Reduce r) {
    Poly position = Poly.ZERO;
    for (Expr.Axis axis : r.axes()) {
      position = position.times(axis.extent()).plus(Poly.of(axis.var()));
    }
    return position;
  }

  /** A reader's text for {@code e}: the local that holds it, or the expression itself. */
  String text(Expr e, Scope scope, int precedence) {
    Computation c = placement.find(e, scope);
    if (c == null) {
      return written(e, scope, precedence);
    }
    if (c.name().isEmpty()) {
      return written(e, c, precedence);
    }
    boolean converted =
        e instanceof Expr.Reduce r
            && (r.kind() == Expr.Reduction.ARGMAX
                || (r.kind() == Expr.Reduction.SUM && !dialect.sumType().equals("float")));
    return converted ? parenthesised("(float) " + c.name(), 3, precedence) : c.name();
  }

  private String written(Expr e, Computation c, int precedence) {
    if (e instanceof Expr.Select s) {
      String text =
          condition(s.cond(), c.place(), false)
              + " ? "
              + text(s.then(), c.inner().get(0), 1)
              + " : "
              + text(s.otherwise(), c.inner().get(1), 0);
      return parenthesised(text, 0, precedence);
    }
    return written(e, c.place(), precedence);
  }

  private String written(Expr e, Scope scope, int precedence) {
    return switch (e) {
      case Expr.Const(double value) -> constant((float) value, precedence);
      case Expr.OfInt(Poly value) ->
          parenthesised("(float) " + kernel.factor(value), 3, precedence);
      case Expr.Load(Operand source, Poly index) ->
          source instanceof Buffer b && !KernelPrinter.isFloat(b)
              ? parenthesised("(float) " + kernel.place(source, index), 3, precedence)
              : kernel.place(source, index);
      case Expr.Random(int stream, Poly index) -> dialect.random(stream, kernel.integer(index));
      case Expr.Unary(var op, Expr x) -> {
        String text = dialect.call(op, text(x, scope, op == Expr.UnaryOp.NEG ? 4 : 0));
        yield parenthesised(text, 3, precedence);
      }
      case Expr.Binary b -> binary(b, scope, precedence);
      case Expr.Select s -> throw new IllegalStateException("a choice without a place");
      case Expr.Reduce r -> throw new IllegalStateException("a reduction without a place");
      case Expr.Arg a -> throw new IllegalStateException("an argument in a kernel");
    };
  }

  private String binary(Expr.Binary b, Scope scope, int precedence) {
    return switch (b.op()) {
      case ADD -> infix(b, " + ", 1, scope, precedence);
      case SUB -> infix(b, " - ", 1, scope, precedence);
      case MUL -> infix(b, " * ", 2, scope, precedence);
      case DIV -> infix(b, " / ", 2, scope, precedence);
      case REM ->
          dialect.remainderIsInfix()
              ? infix(b, " % ", 2, scope, precedence)
              : function(b, scope, precedence);
      default -> function(b, scope, precedence);
    };
  }

  private String function(Expr.Binary b, Scope scope, int precedence) {
    String text = dialect.call(b.op(), text(b.a(), scope, 0), text(b.b(), scope, 0));
    return parenthesised(text, 3, precedence);
  }

  private String infix(Expr.Binary b, String op, int own, Scope scope, int precedence) {
    String text = text(b.a(), scope, own) + op + text(b.b(), scope, own + 1);
    return parenthesised(text, own, precedence);
  }

  String condition(Cond cond, Scope scope, boolean nested) {
    return switch (cond) {
      case Cond.Compare(var op, Expr a, Expr b) ->
          text(a, scope, 1) + operator(op) + text(b, scope, 1);
      case Cond.CompareInt(var op, Poly a, Poly b) ->
          kernel.integer(a) + operator(op) + kernel.integer(b);
      case Cond.And(Cond a, Cond b) ->
          nested("", condition(a, scope, true) + " && " + condition(b, scope, true), nested);
      case Cond.Or(Cond a, Cond b) ->
          nested("", condition(a, scope, true) + " || " + condition(b, scope, true), nested);
      case Cond.Not(Cond a) -> nested("!", condition(a, scope, false), true);
      case Cond.Always(boolean value) -> String.valueOf(value);
    };
  }

  private static String nested(String operator, String text, boolean nested) {
    return nested ? operator + "(" + text + ")" : text;
  }

  private static String operator(Expr.Comparison op) {
    return switch (op) {
      case LT -> " < ";
      case LE -> " <= ";
      case GT -> " > ";
      case GE -> " >= ";
      case EQ -> " == ";
      case NE -> " != ";
    };
  }

  private static String parenthesised(String text, int own, int wanted) {
    return own < wanted ? "(" + text + ")" : text;
  }

  private static String constant(float value, int precedence) {
    String text;
    if (Float.isNaN(value)) {
      text = "Float.NaN";
    } else if (Float.isInfinite(value)) {
      text = value > 0 ? "Float.POSITIVE_INFINITY" : "Float.NEGATIVE_INFINITY";
    } else if (value == Math.rint(value) && Math.abs(value) < 1e6 && !isNegativeZero(value)) {
      text = (int) value + "f";
    } else {
      text = value + "f";
    }
    return text.startsWith("-") ? parenthesised(text, 3, precedence) : text;
  }

  private static boolean isNegativeZero(float value) {
    return Float.floatToRawIntBits(value) == Float.floatToRawIntBits(-0f);
  }

  private static String wish(Expr e) {
    return switch (e) {
      case Expr.Load l -> l.source().name() + "Value";
      case Expr.Unary u -> u.op().name().toLowerCase(java.util.Locale.ROOT);
      case Expr.Random r -> "random";
      default -> "value";
    };
  }
}
