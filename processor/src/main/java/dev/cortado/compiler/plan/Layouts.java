package dev.cortado.compiler.plan;

import dev.cortado.compiler.graph.Graph;
import dev.cortado.compiler.graph.Lowering;
import dev.cortado.compiler.graph.Lowering.Contraction;
import dev.cortado.compiler.graph.Node;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import dev.cortado.kernel.Layout;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Chooses where channels lie last. A convolution with many channels has them in the lanes of its
 * vectors, and then all that is computed from its images element by element, window by window, had
 * better lie the same way; so a layout is chosen for a whole neighbourhood of images.
 */
final class Layouts {
  /** Fewer channels would leave lanes of the widest vectors empty. */
  private static final int FEWEST_CHANNELS = 16;

  /** A representative of the neighbourhood of each value; neighbours are joined. */
  private final Map<Value, Value> parents = new HashMap<>();

  private final Set<Value> last = new HashSet<>();

  private Layouts() {}

  /** Everything row-major. */
  static Layouts rowMajor() {
    return new Layouts();
  }

  static Layouts of(Graph graph) {
    Layouts layouts = new Layouts();
    Set<Value> seeds = new HashSet<>();
    for (Node node : graph.nodes()) {
      switch (node.op().lower(node)) {
        case Lowering.Library(Contraction.Conv2d c) when suits(c) -> {
          for (Value v : operands(node, c)) {
            if (isImages(v)) {
              seeds.add(v);
            }
          }
        }
        case Lowering.Pointwise p -> layouts.join(node);
        case Lowering.Loops(var rule, Lowering.MaxPool m) -> layouts.join(node);
        default -> {}
      }
    }
    Set<Value> chosen = new HashSet<>();
    seeds.forEach(s -> chosen.add(layouts.find(s)));
    for (Node node : graph.nodes()) {
      for (int i = 0; i < node.types().size(); i++) {
        Value v = node.value(i);
        if (isImages(v) && chosen.contains(layouts.find(v))) {
          layouts.last.add(v);
        }
      }
    }
    return layouts;
  }

  /** Convolutions that are faster with channels last. */
  static boolean suits(Contraction.Conv2d c) {
    return c.groups() == 1
        && c.outChannels().isConstant()
        && c.outChannels().constant() >= FEWEST_CHANNELS;
  }

  /** The images that a convolution reads and writes. */
  private static List<Value> operands(Node node, Contraction.Conv2d c) {
    return switch (c.direction()) {
      case FORWARD, INPUT_GRADIENT -> List.of(node.input(0), node.value());
      case WEIGHT_GRADIENT -> node.inputs();
    };
  }

  private static boolean isImages(Value v) {
    Shape shape = v.shape();
    if (shape.rank() != 4 || !shape.dim(1).isConstant()) {
      return false;
    }
    boolean onePixel = shape.dim(2).equals(Poly.ONE) && shape.dim(3).equals(Poly.ONE);
    return !onePixel && shape.dim(1).constant() >= FEWEST_CHANNELS;
  }

  private void join(Node node) {
    Value result = node.value();
    if (!isImages(result)) {
      return;
    }
    for (Value input : node.inputs()) {
      if (isImages(input) && input.shape().dim(1).equals(result.shape().dim(1))) {
        parents.put(find(input), find(result));
      }
    }
  }

  private Value find(Value value) {
    Value at = value;
    for (Value next = parents.get(at); next != null && !next.equals(at); next = parents.get(at)) {
      at = next;
    }
    return at;
  }

  /** How a value lies when it has memory of its own. */
  Layout of(Value value) {
    return last.contains(value) ? Layout.CHANNELS_LAST : Layout.CHANNELS_FIRST;
  }
}
