package dev.cortado.compiler.emit;

import dev.cortado.compiler.expr.Element;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.Cond;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Operand;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.plan.Buffer;
import dev.cortado.compiler.plan.Expressions;
import dev.cortado.compiler.plan.Usage;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.kernel.Strip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Prints the statements of one kernel. */
public final class KernelPrinter {
  private final Dialect dialect;
  private final Surroundings surroundings;
  private final Names names;
  private final Map<Atom, String> variables = new HashMap<>();
  private final Set<LoopVar> loops = new HashSet<>();
  private final Set<Buffer> written;
  private final Integers integers;

  /** Scratch for loops over strips; null to print every loop element by element. */
  private final StripPrinter.@Nullable Scratches scratches;

  /** Variables of loops that are one strip as a whole: they stand for its start. */
  private final Set<LoopVar> starts = new HashSet<>();

  private KernelPrinter(
      Dialect dialect,
      Surroundings surroundings,
      Names names,
      Set<Buffer> written,
      StripPrinter.@Nullable Scratches scratches) {
    this.dialect = dialect;
    this.scratches = scratches;
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
    return print(body, dialect, surroundings, names, null);
  }

  /** The same, with loops over strips where loops fit that form. */
  static Lines printStrips(
      List<Stmt> body, Dialect dialect, Surroundings surroundings, Names names) {
    try {
      StripPrinter.Scratches scratches = new StripPrinter.Scratches();
      Names own = new Names(names).reserve(StripPrinter.SCRATCH, "j");
      Lines lines = print(SplitRanges.of(body), dialect, surroundings, own, scratches);
      return scratches.used()
          ? new Lines().add("float[] " + StripPrinter.SCRATCH + " = Strip.scratch();").addAll(lines)
          : lines;
    } catch (StripPrinter.TooManyStrips e) {
      return print(body, dialect, surroundings, names);
    }
  }

  private static Lines print(
      List<Stmt> body,
      Dialect dialect,
      Surroundings surroundings,
      Names names,
      StripPrinter.@Nullable Scratches scratches) {
    Set<Buffer> written = Usage.of(body).written();
    KernelPrinter printer = new KernelPrinter(dialect, surroundings, names, written, scratches);
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
        new KernelPrinter(dialect, surroundings, names, Usage.of(body).written(), null);
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
      case Stmt.For f -> loop(f, scope, "0", integer(f.extent()));
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
    if (scratches != null && StripForm.fits(f)) {
      return strips(f, scope, from, to);
    }
    String var = declare(f.var());
    loops.add(f.var());
    Scope inside = Scope.loop(scope, f.var());
    Lines body = statements(f.body(), inside);
    Lines loop =
        new Lines()
            .block("for (int %s = %s; %s < %s; %s++)".formatted(var, from, var, to, var), body);
    return scope.kind() == Scope.Kind.KERNEL ? scope.before().drain().addAll(loop) : loop;
  }

  /** A loop that stores consecutive elements, strip by strip. */
  private Lines strips(Stmt.For f, Scope scope, String from, String to) {
    Stmt stored = f.body().getFirst();
    List<Expr> values = new ArrayList<>();
    Expressions.roots(stored, values::add);
    Expr value = values.getFirst();
    Expressionist p = expressionist(StripForm.scalars(value, f.var()), scope);
    Lines lines =
        blocks(
            f.var(),
            f.extent(),
            from,
            to,
            count -> {
              StripPrinter strip = p.strip(f.var(), count, scope);
              return stored instanceof Stmt.Store st
                  ? strip.store(st.target(), st.index(), value)
                  : strip.accumulate(
                      ((Stmt.Accumulate) stored).target(),
                      ((Stmt.Accumulate) stored).index(),
                      value);
            });
    return scope.kind() == Scope.Kind.KERNEL ? scope.before().drain().addAll(lines) : lines;
  }

  /** The strips of {@code [from, to)}: one if all of it fits, else a loop over them. */
  private Lines blocks(
      LoopVar var, Poly extent, String from, String to, Function<String, Lines> strip) {
    if (from.equals("0") && isOneStrip(extent)) {
      starts.add(var);
      return strip.apply(to);
    }
    String name = declare(var);
    loops.add(var);
    String count = names.unique("count");
    Lines body =
        new Lines().add("int %s = Math.min(Strip.LENGTH, %s - %s);".formatted(count, to, name));
    return new Lines()
        .block(
            "for (int %s = %s; %s < %s; %s += Strip.LENGTH)".formatted(name, from, name, to, name),
            body.addAll(strip.apply(count)));
  }

  private static boolean isOneStrip(Poly extent) {
    return extent.isConstant() && extent.constant() <= Strip.LENGTH;
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
    Expressions.children(i.cond(), compared::add);
    Lines head = leaf(compared, scope, p -> "if (" + p.condition(i.cond(), scope, false) + ")");
    Lines body = statements(i.body(), new Scope(Scope.Kind.BRANCH, scope));
    return new Lines().addAll(head.withBlock(body));
  }

  private interface Printed {
    String with(Expressionist p);
  }

  /** A statement without statements below; what it needs computed before goes before it. */
  private Lines leaf(List<Expr> roots, Scope scope, Printed printed) {
    return new Lines().add(printed.with(expressionist(roots, scope)));
  }

  /** Has what the expressions need computed before the statements of the scopes around. */
  private Expressionist expressionist(List<Expr> roots, Scope scope) {
    Expressionist p =
        new Expressionist(Placement.of(roots, scope, written, KernelPrinter.this::isStripped));
    List<Scope> path = new ArrayList<>();
    for (Scope s = scope; s != null; s = s.parent()) {
      path.addFirst(s);
    }
    for (Scope s : path) {
      s.before().addAll(p.computations(s));
      s.computations().clear();
    }
    return p;
  }

  private boolean isStripped(Expr.Reduce reduce) {
    return scratches != null && StripForm.fits(reduce);
  }

  private String declare(LoopVar var) {
    String name = names.unique(var.name());
    variables.put(var, name);
    return name;
  }

  private String place(Operand operand, Poly index) {
    return surroundings.array(operand) + "[" + position(operand, index) + "]";
  }

  private String position(Operand operand, Poly index) {
    return integers.sum(surroundings.start(operand), here(index));
  }

  private String integer(Poly p) {
    return integers.print(here(p));
  }

  private Poly here(Poly p) {
    return starts.isEmpty()
        ? p
        : p.substitute(a -> a instanceof LoopVar v && starts.contains(v) ? Poly.ZERO : null);
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
        case Expr.Reduce r when isStripped(r) -> reduceStrips(c, r, lines);
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
      if (r.kind() == Expr.Reduction.ARGMAX) {
        String best = names.unique("best");
        String candidate = names.unique("candidate");
        lines.add("float " + best + " = Float.NEGATIVE_INFINITY;");
        lines.add(start(r.kind(), name));
        body.add("float " + candidate + " = " + value + ";");
        body.block(
            "if (" + candidate + " > " + best + ")",
            new Lines()
                .add(best + " = " + candidate + ";")
                .add(name + " = " + integer(rank(r)) + ";"));
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
              return surroundings.array(operand);
            }

            @Override
            public String at(Operand operand, Poly index) {
              return position(operand, index);
            }

            @Override
            public String scalar(Expr e, int precedence) {
              return text(e, scope, precedence);
            }

            @Override
            public String integer(Poly p) {
              return KernelPrinter.this.integer(p);
            }

            @Override
            public String condition(Cond cond) {
              return Expressionist.this.condition(cond, scope, false);
            }

            @Override
            public String declare(LoopVar var) {
              loops.add(var);
              return KernelPrinter.this.declare(var);
            }

            @Override
            public Dialect dialect() {
              return dialect;
            }
          },
          var,
          count,
          Objects.requireNonNull(scratches));
    }

    /** A reduction whose last axis goes strip by strip. */
    private void reduceStrips(Computation c, Expr.Reduce r, Lines lines) {
      List<Expr.Axis> outer = r.axes().subList(0, r.axes().size() - 1);
      Expr.Axis last = r.axes().getLast();
      List<String> vars = new ArrayList<>();
      for (Expr.Axis axis : outer) {
        loops.add(axis.var());
        vars.add(KernelPrinter.this.declare(axis.var()));
      }
      Scope inside = c.inner().isEmpty() ? c.place() : c.inner().getLast();
      List<Lines> bodies = c.inner().stream().map(this::computations).toList();
      String name = names.unique(r.kind().name().toLowerCase(java.util.Locale.ROOT));
      boolean one = outer.isEmpty() && isOneStrip(last.extent());
      if (!one) {
        lines.add(start(r.kind(), name));
      }
      Lines body = bodies.isEmpty() ? lines : bodies.getLast();
      body.addAll(
          blocks(
              last.var(),
              last.extent(),
              "0",
              integer(last.extent()),
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
        String extent = integer(axes.get(i).extent());
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
            parenthesised("(float) " + integers.factor(here(value)), 3, precedence);
        case Expr.Load(Operand source, Poly index) ->
            source instanceof Buffer b && !isFloat(b)
                ? parenthesised("(float) " + place(source, index), 3, precedence)
                : place(source, index);
        case Expr.Random(int stream, Poly index) -> dialect.random(stream, integer(index));
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
        case Cond.CompareInt(var op, Poly a, Poly b) -> integer(a) + operator(op) + integer(b);
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
