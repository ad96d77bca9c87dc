package dev.cortado.compiler.tornado;

import dev.cortado.compiler.graph.ElementType;
import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.op.Input;
import dev.cortado.compiler.plan.Arena;
import dev.cortado.compiler.plan.Buffer;
import dev.cortado.compiler.plan.Home;
import dev.cortado.compiler.plan.Plan;
import dev.cortado.compiler.plan.Program;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the buffers of a program lie in the arrays of a session on a device. There are few arrays,
 * so that no kernel has more parameters than TornadoVM takes: what is handed in lies one after the
 * other in {@code given} and {@code marks}, what comes out in {@code results}.
 */
record DeviceLayout(Signature signature, List<Shape> outputs, Arena arena, boolean libraries) {
  /** The arrays in the order in which kernels take them. */
  static final List<String> ARRAYS =
      List.of(
          "sizes",
          "places",
          "given",
          "marks",
          "weights",
          "gradients",
          "arena",
          "scratch",
          "results",
          "report");

  /** Integers after the sizes that hold seed and step; the largest sizes come after them. */
  static final int SEED_WORDS = 4;

  /** Off-heap arrays that a library takes operands from, and puts a product into. */
  static final List<String> STAGED = List.of("stagedLeft", "stagedRight", "stagedProduct");

  /**
   * @param libraries whether products may go to a library
   */
  static DeviceLayout of(Plan plan, Program program, boolean libraries) {
    return new DeviceLayout(plan.signature(), plan.outputs(), program.arena(), libraries);
  }

  /** The type of an array of a session. */
  static String type(String array) {
    return switch (array) {
      case "sizes", "places", "marks", "runs" -> "int[]";
      case "stagedLeft", "stagedRight", "stagedProduct" -> "FloatArray";
      default -> "float[]";
    };
  }

  /** The symbols in the order of {@code sizes}: the batch first. */
  List<Atom> sizes() {
    List<Atom> sizes = new ArrayList<>();
    sizes.add(symbol(signature.batch() == null ? "n" : signature.batch()));
    signature.symbols().forEach(s -> sizes.add(symbol(s)));
    return sizes;
  }

  private static Atom symbol(String name) {
    return Poly.symbol(name).atoms().iterator().next();
  }

  String array(Buffer buffer) {
    return switch (buffer.home()) {
      case Home.Workspace w -> "arena";
      case Home.Weights w -> "weights";
      case Home.Gradients g -> "gradients";
      case Home.Given g -> buffer.type().element() == ElementType.FLOAT ? "given" : "marks";
      case Home.Output o -> "results";
      case Home.InputGradient g -> "results";
      case Home.Loss l -> "report";
      case Home.View v -> array(v.of());
    };
  }

  /** Where in its array a buffer begins. */
  Poly start(Buffer buffer) {
    return switch (buffer.home()) {
      case Home.Workspace w -> arena.offset(buffer);
      case Home.Weights(long offset) -> Poly.of(offset);
      case Home.Gradients(long offset) -> Poly.of(offset);
      case Home.Given(Input.Role role, int i) -> given(role, i, buffer.type().element());
      case Home.Output(int i) -> counts(outputs.subList(0, i));
      case Home.InputGradient(int i) ->
          counts(outputs).plus(before(signature.inputs(), i, ElementType.FLOAT));
      case Home.Loss l -> Poly.ZERO;
      case Home.View(Buffer of, Poly start) -> start(of).plus(start);
    };
  }

  private Poly given(Input.Role role, int i, ElementType element) {
    Poly inputs = before(signature.inputs(), signature.inputs().size(), element);
    return switch (role) {
      case INPUT -> before(signature.inputs(), i, element);
      case TARGET -> inputs.plus(before(signature.targets(), i, element));
      case OUTPUT_GRADIENT -> inputs.plus(counts(outputs.subList(0, i)));
      case BODY -> throw new IllegalStateException("not bound");
    };
  }

  /** The elements of the first {@code end} ports that lie in the same array as {@code element}. */
  private static Poly before(List<Signature.Port> ports, int end, ElementType element) {
    Poly sum = Poly.ZERO;
    for (Signature.Port port : ports.subList(0, end)) {
      if ((port.element() == ElementType.FLOAT) == (element == ElementType.FLOAT)) {
        sum = sum.plus(port.shape().count());
      }
    }
    return sum;
  }

  private static Poly counts(List<Shape> shapes) {
    return shapes.stream().map(Shape::count).reduce(Poly.ZERO, Poly::plus);
  }
}
