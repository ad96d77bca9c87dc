package dev.cortado.compiler.emit;

import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Operand;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.graph.ElementType;
import dev.cortado.compiler.plan.Buffer;
import dev.cortado.compiler.plan.Expressions;
import dev.cortado.compiler.plan.Step;
import dev.cortado.compiler.plan.Usage;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import javax.lang.model.element.Modifier;

/**
 * The kernels of a network as static methods. Two kernels that do the same on operands in different
 * places are one method, shared by all programs. Large networks get several classes of them, for a
 * class file has a limit too.
 */
final class Kernels {
  private static final int METHODS_A_CLASS = 300;

  /**
   * A kernel's method.
   *
   * @param sizes symbols, and places in the loops around, that it takes as parameters
   */
  record Method(
      String type,
      String name,
      boolean hasRange,
      List<Atom> sizes,
      boolean random,
      List<Buffer> operands) {}

  private record Printed(String type, String name) {}

  private final Dialect dialect = Dialect.CPU;
  private final Map<String, Printed> known = new HashMap<>();
  private final List<TypeSpec.Builder> classes = new ArrayList<>();
  private final Names names = new Names().reserve("erf", "uniform", "run");
  private int methodsInLast;
  private boolean usesErf;
  private boolean usesRandom;

  /** The method for a kernel, made when there is none yet that does the same. */
  Method method(Step.Kernel kernel) {
    Usage usage = Usage.of(kernel.body());
    Set<Buffer> all = new LinkedHashSet<>(usage.written());
    all.addAll(usage.read());
    List<Buffer> operands = List.copyOf(all);
    List<Atom> sizes = sizes(kernel.body());
    List<String> symbols = sizes.stream().map(a -> Names.identifier(a.toString())).toList();
    boolean random = usesRandom(kernel.body());
    boolean range = KernelPrinter.hasRange(kernel.body());
    Map<Operand, String> numbered = new HashMap<>();
    for (int i = 0; i < operands.size(); i++) {
      numbered.put(operands.get(i), "o" + i);
    }
    String key =
        signature(operands, b -> name(numbered, b), range, symbols, random)
            + print(kernel, numbered, symbols);
    Printed printed = known.get(key);
    if (printed == null) {
      printed = add(kernel, operands, symbols, random, range);
      known.put(key, printed);
    }
    return new Method(printed.type, printed.name, range, sizes, random, operands);
  }

  private Printed add(
      Step.Kernel kernel,
      List<Buffer> operands,
      List<String> symbols,
      boolean random,
      boolean range) {
    Names own = new Names().reserve("from", "to", "seed", "step").reserve(symbols);
    Map<Operand, String> named = new LinkedHashMap<>();
    operands.forEach(b -> named.put(b, own.unique(b.name(), "At")));
    String body = print(kernel, named, symbols);
    usesErf |= body.contains("erf(");
    usesRandom |= random;
    if (classes.isEmpty() || methodsInLast == METHODS_A_CLASS) {
      methodsInLast = 0;
      classes.add(
          TypeSpec.classBuilder("Kernels" + (classes.isEmpty() ? "" : classes.size() + 1))
              .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
              .addJavadoc("Loops. Each works on {@code [from, to)} of its outermost loop.\n")
              .addMethod(MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build()));
    }
    methodsInLast++;
    String name = names.unique(kernel.name());
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(name)
            .addModifiers(Modifier.STATIC)
            .addJavadoc("$L", Comments.kernel(kernel));
    signature(operands, b -> name(named, b), range, symbols, random)
        .forEach(p -> method.addParameter(p.type(), p.name()));
    classes.getLast().addMethod(method.addCode(RuntimeNames.code(body)).build());
    return new Printed("Kernels" + (classes.size() == 1 ? "" : classes.size()), name);
  }

  private String print(Step.Kernel kernel, Map<Operand, String> named, List<String> symbols) {
    Names own = new Names().reserve("from", "to", "seed", "step").reserve(symbols);
    named.values().forEach(n -> own.reserve(n, n + "At"));
    return KernelPrinter.printStrips(kernel.body(), dialect, new Parameters(named), own).text();
  }

  /** An operand {@code x} is the array {@code x} from element {@code xAt} on. */
  private record Parameters(Map<Operand, String> names) implements Surroundings {
    @Override
    public String array(Operand operand) {
      return name(names, operand);
    }

    @Override
    public String start(Operand operand) {
      return name(names, operand) + "At";
    }
  }

  private static String name(Map<Operand, String> names, Operand operand) {
    return names.getOrDefault(operand, operand.name());
  }

  private record Param(java.lang.reflect.Type type, String name) {}

  private static List<Param> signature(
      List<Buffer> operands,
      java.util.function.Function<Operand, String> named,
      boolean range,
      List<String> symbols,
      boolean random) {
    List<Param> params = new ArrayList<>();
    if (range) {
      params.add(new Param(int.class, "from"));
      params.add(new Param(int.class, "to"));
    }
    symbols.forEach(s -> params.add(new Param(int.class, s)));
    if (random) {
      params.add(new Param(long.class, "seed"));
      params.add(new Param(long.class, "step"));
    }
    for (Buffer b : operands) {
      boolean floats = b.type().element() == ElementType.FLOAT;
      params.add(new Param(floats ? float[].class : int[].class, named.apply(b)));
      params.add(new Param(int.class, named.apply(b) + "At"));
    }
    return params;
  }

  /** What the kernel's indices depend on that it does not define itself. */
  private static List<Atom> sizes(List<Stmt> body) {
    Set<Atom> defined = new HashSet<>();
    Set<Atom> used =
        new TreeSet<>(Comparator.comparing(Atom::toString).thenComparing(Atom::sortKey));
    Expressions.statements(
        body,
        s -> {
          switch (s) {
            case Stmt.For f -> defined.add(f.var());
            case Stmt.Let let -> defined.add(let.local());
            default -> {}
          }
          Expressions.roots(
              s,
              root ->
                  Expressions.visit(
                      root,
                      e -> {
                        if (e instanceof Expr.Reduce r) {
                          r.axes().forEach(a -> defined.add(a.var()));
                        }
                      }));
        });
    indices(
        body,
        p ->
            Usage.atoms(
                p,
                a -> {
                  if (a instanceof Atom.Symbol
                      || (a instanceof LoopVar v && !defined.contains(v))) {
                    used.add(a);
                  }
                }));
    return List.copyOf(used);
  }

  /**
   * Visits the integers that stand in the kernel's text (the range of the parallel loop does not).
   */
  private static void indices(List<Stmt> body, Consumer<Poly> visitor) {
    boolean range = KernelPrinter.hasRange(body);
    Expressions.statements(
        body,
        s -> {
          if (!(range && s.equals(body.getFirst()))) {
            Expressions.indices(s, visitor);
          }
          Expressions.roots(
              s, root -> Expressions.visit(root, e -> Expressions.indices(e, visitor)));
        });
  }

  private static boolean usesRandom(List<Stmt> body) {
    boolean[] found = {false};
    Expressions.statements(
        body,
        s ->
            Expressions.roots(
                s, root -> Expressions.visit(root, e -> found[0] |= e instanceof Expr.Random)));
    return found[0];
  }

  List<TypeSpec> classes() {
    return classes.stream().map(TypeSpec.Builder::build).toList();
  }

  boolean usesErf() {
    return usesErf;
  }

  boolean usesRandom() {
    return usesRandom;
  }
}
