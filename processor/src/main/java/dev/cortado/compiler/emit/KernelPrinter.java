package dev.cortado.compiler.emit;

import dev.cortado.compiler.expr.Element;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.Cond;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Operand;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.plan.Buffer;
import dev.cortado.compiler.plan.Usage;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Prints the statements of one kernel. */
public final class KernelPrinter {
  private final Dialect dialect;
  private final Surroundings surroundings;
  private final Names names;
  private final Map<Atom, String> variables = new HashMap<>();
  private final Set<LoopVar> loops = new HashSet<>();
  private final Set<Buffer> written;
  private final Integers integers;

  private KernelPrinter(
      Dialect dialect, Surroundings surroundings, Names names, Set<Buffer> written) {
    this.dialect = dialect;
    this.surroundings = surroundings;
    this.names = names;
    this.written = written;
    this.integers = new Integers(this::atom, loops::contains, "", dialect.integerDivisions());
  }

  /**
   * All of a kernel; its outermost parallel loop, if it {@linkplain #hasRange is one}, runs over
   * {@code [from, to)}.
   *
   * @param names the kernel's parameters are taken there
   */
  static Lines print(List<Stmt> body, Dialect dialect, Surroundings surroundings, Names names) {
    KernelPrinter printer =
        new KernelPrinter(dialect, surroundings, names, Usage.of(body).written());
    Scope kernel = new Scope(Scope.Kind.KERNEL, null);
    Stmt first = body.getFirst();
    if (body.size() == 1 && first instanceof Stmt.For f && f.parallel()) {
      return printer.loop(f, kernel, "from", "to");
    }
    return printer.statements(body, kernel);
  }

  /**
   * What parallel loops do for one item.
   *
   * @param before what is computed once, before all items
   * @param body for one item
   * @param variables the names of the loops' variables
   */
  public record Item(Lines before, Lines body, List<String> variables) {}

  /**
   * The body of perfectly nested parallel loops, without the loops: whoever prints them gives
   * {@code variables} their values.
   *
   * @param names the kernel's parameters are taken there
   */
  public static Item item(
      List<LoopVar> variables,
      List<Stmt> body,
      Dialect dialect,
      Surroundings surroundings,
      Names names) {
    KernelPrinter printer =
        new KernelPrinter(dialect, surroundings, names, Usage.of(body).written());
    Scope kernel = new Scope(Scope.Kind.KERNEL, null);
    Scope inside = new Scope(Scope.Kind.LOOP, kernel);
    List<String> declared = new ArrayList<>();
    for (LoopVar variable : variables) {
      declared.add(printer.declare(variable));
      printer.loops.add(variable);
      inside.define(variable);
    }
    Lines lines = printer.statements(body, inside);
    return new Item(kernel.before().drain(), lines, declared);
  }

  /** Whether the kernel is one parallel loop, which then takes its range as parameters. */
  static boolean hasRange(List<Stmt> body) {
    return body.size() == 1 && body.getFirst() instanceof Stmt.For f && f.parallel();
  }

  private Lines statements(List<Stmt> body, Scope scope) {
    Lines lines = new Lines();
    for (Stmt s : body) {
      Lines own = statement(s, scope);
      lines.addAll(scope.before().drain()).addAll(own);
    }
    return lines;
  }

  private Lines statement(Stmt s, Scope scope) {
    return switch (s) {
      case Stmt.For f -> loop(f, scope, "0", integers.print(f.extent()));
      case Stmt.Store st ->
          leaf(
              List.of(st.value()),
              scope,
              p -> place(st.target(), st.index()) + " = " + p.text(st.value(), scope, 0) + ";");
      case Stmt.Accumulate a ->
          leaf(
              List.of(a.value()),
              scope,
              p -> place(a.target(), a.index()) + " += " + p.text(a.value(), scope, 0) + ";");
      case Stmt.Let let -> let(let, scope);
      case Stmt.If i -> branch(i, scope);
    };
  }

  private Lines loop(Stmt.For f, Scope scope, String from, String to) {
    String var = declare(f.var());
    loops.add(f.var());
    Scope inside = Scope.loop(scope, f.var());
    Lines body = statements(f.body(), inside);
    Lines loop =
        new Lines()
            .block("for (int %s = %s; %s < %s; %s++)".formatted(var, from, var, to, var), body);
    return scope.kind() == Scope.Kind.KERNEL ? scope.before().drain().addAll(loop) : loop;
  }

  private Lines let(Stmt.Let let, Scope scope) {
    Lines lines =
        leaf(
            List.of(let.value()),
            scope,
            p -> {
              String value = p.text(let.value(), scope, 3);
              return "int " + declare(let.local()) + " = (int) " + value + ";";
            });
    scope.define(let.local());
    return lines;
  }

  private Lines branch(Stmt.If i, Scope scope) {
    // Conditions of statements are computed in place: they read what the kernel has just written.
    List<Expr> compared = new ArrayList<>();
    dev.cortado.compiler.plan.Expressions.children(i.cond(), compared::add);
    Lines head = leaf(compared, scope, p -> "if (" + p.condition(i.cond(), scope, false) + ")");
    Lines body = statements(i.body(), new Scope(Scope.Kind.BRANCH, scope));
    return new Lines().addAll(head.withBlock(body));
  }

  private interface Printed {
    String with(Expressionist p);
  }

  /** A statement without statements below; what it needs computed before goes before it. */
  private Lines leaf(List<Expr> roots, Scope scope, Printed printed) {
    Placement placement = Placement.of(roots, scope, written);
    Expressionist p = new Expressionist(placement);
    List<Scope> path = new ArrayList<>();
    for (Scope s = scope; s != null; s = s.parent()) {
      path.addFirst(s);
    }
    for (Scope s : path) {
      s.before().addAll(p.computations(s));
      s.computations().clear();
    }
    return new Lines().add(printed.with(p));
  }

  private String declare(LoopVar var) {
    String name = names.unique(var.name());
    variables.put(var, name);
    return name;
  }

  private String place(Operand operand, Poly index) {
    String position = integers.sum(surroundings.start(operand), index);
    return surroundings.array(operand) + "[" + position + "]";
  }

  private String atom(Atom atom) {
    return switch (atom) {
      case Element e ->
          (e.source() instanceof Buffer b && isFloat(b) ? "(int) " : "")
              + place(e.source(), e.index());
      default -> {
        String name = variables.get(atom);
        yield name == null ? surroundings.size(atom) : name;
      }
    };
  }

  private static boolean isFloat(Buffer b) {
    return b.type().element() == dev.cortado.compiler.graph.ElementType.FLOAT;
  }

  /**
   * Prints expressions of one statement. Precedence: 0 choice, 1 sum, 2 product, 3 unary, 4
   * primary.
   */
  private final class Expressionist {
    private final Placement placement;

    Expressionist(Placement placement) {
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
        case Expr.Reduce r -> reduce(c, r, lines);
        case Expr.Select s when needsStatements(c) -> choose(c, s, lines);
        default -> {
          String text = written(c.expr(), c, 0);
          c.name(names.unique(wish(c.expr())));
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
      String name = names.unique("chosen");
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
        loops.add(axis.var());
        vars.add(KernelPrinter.this.declare(axis.var()));
      }
      Scope innermost = c.inner().getLast();
      String name = names.unique(r.kind().name().toLowerCase(java.util.Locale.ROOT));
      List<Lines> bodies = c.inner().stream().map(this::computations).toList();
      Lines body = bodies.getLast();
      String value = text(r.body(), innermost, 0);
      switch (r.kind()) {
        case SUM -> {
          lines.add(dialect.sumType() + " " + name + " = 0;");
          body.add(name + " += " + value + ";");
        }
        case MAX -> {
          lines.add("float " + name + " = Float.NEGATIVE_INFINITY;");
          body.add(name + " = Math.max(" + name + ", " + value + ");");
        }
        case MIN -> {
          lines.add("float " + name + " = Float.POSITIVE_INFINITY;");
          body.add(name + " = Math.min(" + name + ", " + value + ");");
        }
        case ARGMAX -> {
          String best = names.unique("best");
          String candidate = names.unique("candidate");
          lines.add("float " + best + " = Float.NEGATIVE_INFINITY;");
          lines.add("int " + name + " = 0;");
          body.add("float " + candidate + " = " + value + ";");
          body.block(
              "if (" + candidate + " > " + best + ")",
              new Lines()
                  .add(best + " = " + candidate + ";")
                  .add(name + " = " + integers.print(position(r)) + ";"));
        }
      }
      for (int i = r.axes().size() - 1; i >= 0; i--) {
        Lines around = i == 0 ? lines : bodies.get(i - 1);
        around.block(
            "for (int %s = 0; %s < %s; %s++)"
                .formatted(
                    vars.get(i),
                    vars.get(i),
                    integers.print(r.axes().get(i).extent()),
                    vars.get(i)),
            body);
        body = around;
      }
      c.name(name);
    }

    private static Poly position(Expr.Reduce r) {
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
            parenthesised("(float) " + integers.factor(value), 3, precedence);
        case Expr.Load(Operand source, Poly index) ->
            source instanceof Buffer b && !isFloat(b)
                ? parenthesised("(float) " + place(source, index), 3, precedence)
                : place(source, index);
        case Expr.Random(int stream, Poly index) -> dialect.random(stream, integers.print(index));
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
        case REM -> infix(b, " % ", 2, scope, precedence);
        default -> {
          String text = dialect.call(b.op(), text(b.a(), scope, 0), text(b.b(), scope, 0));
          yield parenthesised(text, 3, precedence);
        }
      };
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
            integers.print(a) + operator(op) + integers.print(b);
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
}
