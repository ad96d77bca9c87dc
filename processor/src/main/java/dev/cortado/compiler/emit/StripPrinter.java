package dev.cortado.compiler.emit;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Expr.BinaryOp;
import dev.cortado.compiler.expr.Expr.Cond;
import dev.cortado.compiler.expr.Expr.UnaryOp;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Operand;
import dev.cortado.compiler.expr.Rewriter;
import dev.cortado.compiler.plan.Expressions;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.kernel.Strip;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Prints the body of one loop as calls of {@link Strip}, each of which does one operation on a
 * strip of consecutive elements; what goes from one to the next lies in the thread's scratch. C2
 * turns such calls into vector instructions, where it would run the loop they replace element by
 * element.
 */
final class StripPrinter {
  /** How the kernel around writes what is the same for the whole strip. */
  interface Kernel {
    /** The array of an operand. */
    String array(Operand operand);

    /** The place of an element in its array. */
    String at(Operand operand, Poly index);

    /** An expression that does not depend on the strip's variable; 0: any, 4: a primary. */
    String scalar(Expr e, int precedence);

    String integer(Poly p);

    String condition(Cond cond);

    /** A new name for a loop variable. */
    String declare(LoopVar var);

    /** How functions without an operation on strips are written. */
    Dialect dialect();
  }

  /** Where a strip lies, or the one value of all its elements. */
  private sealed interface Value {
    /**
     * @param scratch number of the scratch strip it is, or -1
     */
    record At(String array, String at, int scratch) implements Value {
      String text() {
        return array + ", " + at;
      }
    }

    record Same(String text) implements Value {}
  }

  /** Reductions of no more elements are written out. */
  private static final int MOST_TURNS = 16;

  /** The name of the thread's scratch in a kernel. */
  static final String SCRATCH = "scratch";

  private final Kernel kernel;
  private final LoopVar var;
  private final String count;
  private final Lines lines = new Lines();
  private final Scratches scratches;
  private final Map<Expr, Value> known = new IdentityHashMap<>();
  private final Map<Expr, Integer> reads = new IdentityHashMap<>();

  /**
   * @param var the variable of the loop that is replaced
   * @param count how many elements the strip has, as text
   */
  StripPrinter(Kernel kernel, LoopVar var, String count, Scratches scratches) {
    this.kernel = kernel;
    this.var = var;
    this.count = count;
    this.scratches = scratches;
  }

  /** {@code target[position…] = value}. */
  Lines store(Operand target, Poly position, Expr value) {
    count(value);
    Value.At to = new Value.At(kernel.array(target), kernel.at(target, position), -1);
    into(value, to);
    return lines;
  }

  /** {@code target[position…] += value}. */
  Lines accumulate(Operand target, Poly position, Expr value) {
    count(value);
    Value.At to = new Value.At(kernel.array(target), kernel.at(target, position), -1);
    if (value instanceof Expr.Binary(BinaryOp op, Expr a, Expr b)
        && op == BinaryOp.MUL
        && StripForm.dependsOn(value, var)) {
      mulAdd(a, b, to, to);
    } else {
      binary("add", to, value(value), to);
    }
    return lines;
  }

  /** The statements that compute the strip of {@code body}; then its sum, largest or least. */
  Lines reduced(Expr.Reduction kind, Expr body, java.util.function.UnaryOperator<String> add) {
    count(body);
    String text;
    if (kind == Expr.Reduction.SUM
        && body instanceof Expr.Binary(BinaryOp op, Expr a, Expr b)
        && op == BinaryOp.MUL
        && StripForm.dependsOn(a, var)
        && StripForm.dependsOn(b, var)) {
      Value.At x = strip(a);
      Value.At y = strip(b);
      text = "Strip.dot(" + x.text() + ", " + y.text() + ", " + count + ")";
      release(x);
      release(y);
    } else {
      Value.At x = strip(body);
      text = "Strip." + name(kind) + "(" + x.text() + ", " + count + ")";
      release(x);
    }
    return lines.add(add.apply(text));
  }

  private static String name(Expr.Reduction kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  /** Counts how often each expression is read, so that scratch is free again after the last. */
  private void count(Expr root) {
    Expressions.visit(
        root, e -> Expressions.children(e, child -> reads.merge(child, 1, Integer::sum)));
  }

  private Value.At strip(Expr e) {
    return switch (value(e)) {
      case Value.At at -> at;
      case Value.Same(String text) -> {
        Value.At to = scratch();
        lines.add("Strip.fill(" + text + ", " + to.text() + ", " + count + ");");
        yield to;
      }
    };
  }

  private Value.At scratch() {
    int scratch = scratches.take();
    return new Value.At(SCRATCH, String.valueOf(scratch * Strip.LENGTH), scratch);
  }

  private Value value(Expr e) {
    if (!StripForm.dependsOn(e, var)) {
      return new Value.Same(kernel.scalar(e, 0));
    }
    Value there = known.get(e);
    if (there == null) {
      there = load(e);
      if (there == null) {
        Value.At to = scratch();
        into(e, to);
        there = to;
      }
      known.put(e, there);
    }
    return there;
  }

  /** Where the strip lies already, if it does. */
  private @Nullable Value load(Expr e) {
    return e instanceof Expr.Load(Operand source, Poly index) && Expressions.slope(index, var).is(1)
        ? new Value.At(kernel.array(source), kernel.at(source, index), -1)
        : null;
  }

  /** One more of the reads of {@code e} is done. */
  private void done(Expr e) {
    int left = reads.merge(e, -1, Integer::sum);
    if (left <= 0 && known.get(e) instanceof Value.At at) {
      release(at);
      known.remove(e);
    }
  }

  private void release(Value.At at) {
    scratches.release(at.scratch());
  }

  private void into(Expr e, Value.At to) {
    if (!StripForm.dependsOn(e, var)) {
      lines.add("Strip.fill(" + kernel.scalar(e, 0) + ", " + to.text() + ", " + count + ");");
      return;
    }
    Value there = known.get(e) == null ? load(e) : known.get(e);
    if (there instanceof Value.At at) {
      call("copy", at.text(), to);
      return;
    }
    switch (e) {
      case Expr.Load(Operand source, Poly index) -> {
        String step = kernel.integer(Expressions.slope(index, var));
        call("gather", kernel.array(source) + ", " + kernel.at(source, index) + ", " + step, to);
      }
      case Expr.Random(int stream, Poly index) ->
          call("uniform", "seed, step, " + stream + ", " + kernel.integer(index), to);
      case Expr.Unary(UnaryOp op, Expr x) -> unary(op, x, to);
      case Expr.Binary b -> binary(b, to);
      case Expr.Select s -> select(s, to);
      case Expr.Reduce r -> reduce(r, to);
      default -> throw new IllegalStateException("not for strips: " + e);
    }
  }

  private void call(String operation, String operands, Value.At to) {
    lines.add("Strip." + operation + "(" + operands + ", " + to.text() + ", " + count + ");");
  }

  private void unary(UnaryOp op, Expr x, Value.At to) {
    Value.At operand = strip(x);
    switch (op) {
      case NEG, ABS, EXP, LOG, LOG1P, SQRT, TANH, ERF ->
          call(op.name().toLowerCase(Locale.ROOT), operand.text(), to);
      default -> each(to, kernel.dialect().call(op, element(operand)));
    }
    done(x);
  }

  /** What has no operation on strips goes element by element. */
  private void each(Value.At to, String value) {
    lines.block(
        "for (int j = 0; j < " + count + "; j++)",
        new Lines().add(element(to) + " = " + value + ";"));
  }

  private static String element(Value value) {
    return switch (value) {
      case Value.At(String array, String at, int scratch) ->
          array + "[" + (at.equals("0") ? "j" : at + " + j") + "]";
      case Value.Same(String text) -> "(" + text + ")";
    };
  }

  private void binary(Expr.Binary b, Value.At to) {
    Expr x = b.a();
    Expr y = b.b();
    KnownFunctions.Application function = KnownFunctions.of(b);
    if (function != null && isNothingKnown(b, function.argument())) {
      call(function.operation(), strip(function.argument()).text(), to);
      doneBelow(x);
      doneBelow(y);
      return;
    }
    if (b.op() == BinaryOp.ADD && isOnlyHere(x)) {
      mulAdd((Expr.Binary) x, y, to);
      return;
    }
    if (b.op() == BinaryOp.ADD && isOnlyHere(y)) {
      mulAdd((Expr.Binary) y, x, to);
      return;
    }
    Value first = value(x);
    Value second = value(y);
    switch (b.op()) {
      case ADD, MUL, MIN, MAX ->
          commutative(b.op().name().toLowerCase(Locale.ROOT), first, second, to);
      case SUB -> sub(first, second, y, to);
      case DIV -> div(first, second, to);
      case REM -> each(to, element(first) + " % " + element(second));
      default -> each(to, kernel.dialect().call(b.op(), element(first), element(second)));
    }
    done(x);
    done(y);
  }

  /** Whether {@code e} is a product of which at least one factor is a strip, read only once. */
  private boolean isOnlyHere(Expr e) {
    return e instanceof Expr.Binary p
        && p.op() == BinaryOp.MUL
        && StripForm.dependsOn(p, var)
        && reads.getOrDefault(e, 0) == 1
        && known.get(e) == null;
  }

  private void mulAdd(Expr.Binary product, Expr term, Value.At to) {
    Value.At added = strip(term);
    mulAdd(product.a(), product.b(), added, to);
    if (known.get(term) == null) {
      release(added);
    }
    done(term);
  }

  private void mulAdd(Expr a, Expr b, Value.At added, Value.At to) {
    Value x = value(a);
    Value y = value(b);
    Value.At strip = x instanceof Value.At at ? at : (Value.At) y;
    Value factor = x instanceof Value.At ? y : x;
    call("mulAdd", strip.text() + ", " + text(factor) + ", " + added.text(), to);
    done(a);
    done(b);
  }

  private static String text(Value value) {
    return switch (value) {
      case Value.At at -> at.text();
      case Value.Same(String text) -> text;
    };
  }

  private void commutative(String name, Value first, Value second, Value.At to) {
    if (first instanceof Value.At at) {
      binary(name, at, second, to);
    } else {
      binary(name, (Value.At) second, first, to);
    }
  }

  private void binary(String name, Value.At first, Value second, Value.At to) {
    boolean square = name.equals("mul") && first.equals(second);
    call(square ? "square" : name, square ? first.text() : first.text() + ", " + text(second), to);
  }

  private void sub(Value first, Value second, Expr subtrahend, Value.At to) {
    if (first instanceof Value.At at) {
      if (second instanceof Value.At other) {
        call("sub", at.text() + ", " + other.text(), to);
      } else {
        call("add", at.text() + ", -" + kernel.scalar(subtrahend, 4), to);
      }
    } else {
      call("subFrom", text(second) + ", " + text(first), to);
    }
  }

  private void div(Value first, Value second, Value.At to) {
    if (first instanceof Value.At at) {
      binary("div", at, second, to);
    } else {
      call("divInto", text(second) + ", " + text(first), to);
    }
  }

  /** Whether nothing between {@code e} and an argument has been computed. */
  private boolean isNothingKnown(Expr e, Expr argument) {
    boolean[] nothing = {true};
    Expressions.children(
        e,
        child ->
            nothing[0] &=
                child.equals(argument)
                    || (known.get(child) == null && isNothingKnown(child, argument)));
    return nothing[0];
  }

  /** What a pattern stood for is not read any more, down to the argument. */
  private void doneBelow(Expr e) {
    if (reads.merge(e, -1, Integer::sum) <= 0) {
      if (known.get(e) instanceof Value.At at) {
        release(at);
        known.remove(e);
      } else {
        Expressions.children(e, this::doneBelow);
      }
    }
  }

  private static boolean isZero(Expr e) {
    return e instanceof Expr.Const(double value) && value == 0;
  }

  private void select(Expr.Select s, Value.At to) {
    if (!StripForm.dependsOn(s.cond(), var)) {
      branch(s, to);
      return;
    }
    if (s.cond() instanceof Cond.Compare(var op, Expr a, Expr b)
        && op == Expr.Comparison.LE
        && isZero(s.then())
        && !StripForm.dependsOn(b, var)
        && StripForm.dependsOn(s.otherwise(), var)) {
      Value.At compared = strip(a);
      if (isZero(b) && s.otherwise().equals(a)) {
        call("relu", compared.text(), to);
      } else {
        String bound = kernel.scalar(b, 0);
        Value.At kept = strip(s.otherwise());
        call("zeroWhereAtMost", compared.text() + ", " + bound + ", " + kept.text(), to);
      }
      done(a);
      done(s.otherwise());
      return;
    }
    if (s.cond() instanceof Cond.Compare(var op, Expr a, Expr b)
        && op == Expr.Comparison.GT
        && isZero(s.otherwise())
        && !StripForm.dependsOn(b, var)
        && StripForm.dependsOn(s.then(), var)) {
      Value.At compared = strip(a);
      Value.At kept = strip(s.then());
      call("whereGreater", compared.text() + ", " + kernel.scalar(b, 0) + ", " + kept.text(), to);
      done(a);
      done(s.then());
      return;
    }
    Value.At mask = mask(s.cond());
    Value then = value(s.then());
    Value otherwise = value(s.otherwise());
    call("where", mask.text() + ", " + text(then) + ", " + text(otherwise), to);
    release(mask);
    done(s.then());
    done(s.otherwise());
  }

  /** A choice that is the same for the whole strip; each branch is computed on its own. */
  private void branch(Expr.Select s, Value.At to) {
    Lines then = nested().store(s.then(), to);
    Lines otherwise = nested().store(s.otherwise(), to);
    lines.add("if (" + kernel.condition(s.cond()) + ") {");
    lines.indented(then).add("} else {").indented(otherwise).add("}");
  }

  private StripPrinter nested() {
    return new StripPrinter(kernel, var, count, scratches);
  }

  private Lines store(Expr value, Value.At to) {
    count(value);
    into(value, to);
    return lines;
  }

  private Value.At mask(Cond cond) {
    return switch (cond) {
      case Cond.Compare c -> compare(c);
      case Cond.And(Cond a, Cond b) -> both("min", a, b);
      case Cond.Or(Cond a, Cond b) -> both("max", a, b);
      case Cond.Not(Cond a) -> {
        Value.At mask = mask(a);
        call("subFrom", mask.text() + ", 1f", mask);
        yield mask;
      }
      case Cond.Always(boolean value) -> {
        Value.At mask = scratch();
        lines.add("Strip.fill(" + (value ? "1f" : "0f") + ", " + mask.text() + ", " + count + ");");
        yield mask;
      }
      case Cond.CompareInt c -> throw new IllegalStateException("not for strips: " + c);
    };
  }

  private Value.At both(String operation, Cond a, Cond b) {
    Value.At first = mask(a);
    Value.At second = mask(b);
    call(operation, first.text() + ", " + second.text(), first);
    release(second);
    return first;
  }

  private Value.At compare(Cond.Compare c) {
    Value first = value(c.a());
    Value second = value(c.b());
    Value.At mask = scratch();
    if (first instanceof Value.Same && second instanceof Value.Same) {
      String test = kernel.condition(c);
      lines.add("Strip.fill(" + test + " ? 1f : 0f, " + mask.text() + ", " + count + ");");
    } else if (first instanceof Value.At at) {
      compare(c.op(), at, second, mask);
    } else {
      compare(mirrored(c.op()), (Value.At) second, first, mask);
    }
    done(c.a());
    done(c.b());
    return mask;
  }

  private void compare(Expr.Comparison op, Value.At a, Value b, Value.At mask) {
    if (b instanceof Value.At other && (op == Expr.Comparison.LT || op == Expr.Comparison.LE)) {
      compare(mirrored(op), other, a, mask);
      return;
    }
    String name =
        switch (op) {
          case LT -> "less";
          case LE -> "lessOrEqual";
          case GT -> "greater";
          case GE -> "greaterOrEqual";
          case EQ -> "equal";
          case NE -> "notEqual";
        };
    call(name, a.text() + ", " + text(b), mask);
  }

  private static Expr.Comparison mirrored(Expr.Comparison op) {
    return switch (op) {
      case LT -> Expr.Comparison.GT;
      case LE -> Expr.Comparison.GE;
      case GT -> Expr.Comparison.LT;
      case GE -> Expr.Comparison.LE;
      case EQ, NE -> op;
    };
  }

  /** A reduction for every element of the strip: strip after strip into one. */
  private void reduce(Expr.Reduce r, Value.At to) {
    // The target may share its memory with an operand that is still to be read.
    Value.At sum = scratch();
    List<Expr> turns = turns(r);
    if (turns.isEmpty()) {
      loops(r, sum);
      call("copy", sum.text(), to);
    } else {
      lines.addAll(nested().store(turns.getFirst(), turns.size() == 1 ? to : sum));
      for (int i = 1; i < turns.size(); i++) {
        lines.addAll(nested().add(r.kind(), turns.get(i), sum, i == turns.size() - 1 ? to : sum));
      }
    }
    release(sum);
  }

  /** The body for each place of a small reduction, such as a pooling window; empty for others. */
  private static List<Expr> turns(Expr.Reduce r) {
    List<Expr> turns = List.of(r.body());
    for (Expr.Axis axis : r.axes()) {
      if (!axis.extent().isConstant() || turns.size() * axis.extent().constant() > MOST_TURNS) {
        return List.of();
      }
      List<Expr> longer = new ArrayList<>();
      for (Expr turn : turns) {
        for (int i = 0; i < axis.extent().constant(); i++) {
          Poly at = Poly.of(i);
          longer.add(new Rewriter(e -> null, a -> a.equals(axis.var()) ? at : null).of(turn));
        }
      }
      turns = longer;
    }
    return turns;
  }

  private void loops(Expr.Reduce r, Value.At sum) {
    String start =
        switch (r.kind()) {
          case SUM -> "0f";
          case MAX -> "Float.NEGATIVE_INFINITY";
          case MIN -> "Float.POSITIVE_INFINITY";
          case ARGMAX -> throw new IllegalStateException("not for strips: " + r);
        };
    lines.add("Strip.fill(" + start + ", " + sum.text() + ", " + count + ");");
    List<String> heads = new ArrayList<>();
    for (Expr.Axis axis : r.axes()) {
      String name = kernel.declare(axis.var());
      heads.add(
          "for (int %s = 0; %s < %s; %s++)"
              .formatted(name, name, kernel.integer(axis.extent()), name));
    }
    Lines body = nested().add(r.kind(), r.body(), sum, sum);
    for (String head : heads.reversed()) {
      body = new Lines().block(head, body);
    }
    lines.addAll(body);
  }

  private Lines add(Expr.Reduction kind, Expr body, Value.At sum, Value.At to) {
    count(body);
    if (kind == Expr.Reduction.SUM
        && body instanceof Expr.Binary(BinaryOp op, Expr a, Expr b)
        && op == BinaryOp.MUL
        && StripForm.dependsOn(body, var)) {
      mulAdd(a, b, sum, to);
    } else {
      Value value = value(body);
      binary(kind == Expr.Reduction.SUM ? "add" : name(kind), sum, value, to);
      done(body);
    }
    return lines;
  }
}
