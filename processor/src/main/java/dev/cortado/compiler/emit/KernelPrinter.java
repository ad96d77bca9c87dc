package dev.cortado.compiler.emit;

import dev.cortado.compiler.expr.Element;
import dev.cortado.compiler.expr.Expr;
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
  private final @Nullable Scratches scratches;

  /** Variables of loops that are one strip as a whole: they stand for its start. */
  private final Set<LoopVar> starts = new HashSet<>();

  private KernelPrinter(
      Dialect dialect,
      Surroundings surroundings,
      Names names,
      Set<Buffer> written,
      @Nullable Scratches scratches) {
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
      Scratches scratches = new Scratches();
      Names own = new Names(names).reserve(StripPrinter.SCRATCH, "j");
      Lines lines = print(SplitRanges.of(body), dialect, surroundings, own, scratches);
      return scratches.used()
          ? new Lines().add("float[] " + StripPrinter.SCRATCH + " = Strip.scratch();").addAll(lines)
          : lines;
    } catch (Scratches.TooMany e) {
      return print(body, dialect, surroundings, names);
    }
  }

  private static Lines print(
      List<Stmt> body,
      Dialect dialect,
      Surroundings surroundings,
      Names names,
      @Nullable Scratches scratches) {
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

  /**
   * Statements inside loops that somebody else prints.
   *
   * @param known variables of those loops, and other whole numbers that are never negative
   * @param names names that are taken already; new ones are added
   */
  public static Lines inside(
      Map<LoopVar, String> known,
      List<Stmt> body,
      Dialect dialect,
      Surroundings surroundings,
      Names names) {
    KernelPrinter printer =
        new KernelPrinter(dialect, surroundings, names, Usage.of(body).written(), null);
    printer.variables.putAll(known);
    printer.loops.addAll(known.keySet());
    Scope kernel = new Scope(Scope.Kind.KERNEL, null);
    known.keySet().forEach(kernel::define);
    Lines lines = printer.statements(body, kernel);
    return new Lines().addAll(kernel.before().drain()).addAll(lines);
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
    ExpressionPrinter p = expressionist(StripForm.scalars(value, f.var()), scope);
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
  Lines blocks(LoopVar var, Poly extent, String from, String to, Function<String, Lines> strip) {
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

  static boolean isOneStrip(Poly extent) {
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
    String with(ExpressionPrinter p);
  }

  /** A statement without statements below; what it needs computed before goes before it. */
  private Lines leaf(List<Expr> roots, Scope scope, Printed printed) {
    return new Lines().add(printed.with(expressionist(roots, scope)));
  }

  /** Has what the expressions need computed before the statements of the scopes around. */
  private ExpressionPrinter expressionist(List<Expr> roots, Scope scope) {
    ExpressionPrinter p =
        new ExpressionPrinter(
            this, dialect, Placement.of(roots, scope, written, KernelPrinter.this::isStripped));
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

  boolean isStripped(Expr.Reduce reduce) {
    return scratches != null && StripForm.fits(reduce);
  }

  String declare(LoopVar var) {
    String name = names.unique(var.name());
    variables.put(var, name);
    return name;
  }

  String place(Operand operand, Poly index) {
    return surroundings.array(operand) + "[" + position(operand, index) + "]";
  }

  String position(Operand operand, Poly index) {
    return integers.sum(surroundings.start(operand), here(index));
  }

  String integer(Poly p) {
    return integers.print(here(p));
  }

  String factor(Poly p) {
    return integers.factor(here(p));
  }

  String array(Operand operand) {
    return surroundings.array(operand);
  }

  /** A new name for something in the kernel. */
  String unique(String wish) {
    return names.unique(wish);
  }

  /** A new name for the variable of a loop. */
  String declareLoop(LoopVar var) {
    loops.add(var);
    return declare(var);
  }

  /** Scratch for strips; only where loops are printed so. */
  Scratches scratches() {
    return Objects.requireNonNull(scratches);
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

  static boolean isFloat(Buffer b) {
    return b.type().element() == dev.cortado.compiler.graph.ElementType.FLOAT;
  }
}
