package dev.cortado.compiler.emit;

import dev.cortado.compiled.PackedWeights;
import dev.cortado.compiler.graph.ElementType;
import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.op.Input;
import dev.cortado.compiler.plan.Buffer;
import dev.cortado.compiler.plan.Home;
import dev.cortado.compiler.shape.Poly;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that every method of one program takes: sizes, the random seed, and the arrays
 * that buffers lie in.
 */
final class Frame {
  /** What the program is run for, which says what it is handed. */
  enum Kind {
    PREDICT,
    EVALUATE,
    TRAIN,
    BACKWARD;

    boolean hasGradients() {
      return this == TRAIN || this == BACKWARD;
    }

    boolean hasTargets() {
      return this == EVALUATE || this == TRAIN;
    }
  }

  record Param(Type type, String name) {}

  private final @Nullable Poly batch;

  private final Kind kind;
  private final List<Param> params = new ArrayList<>();
  private final Names names = new Names();
  private final List<String> inputs = new ArrayList<>();
  private final List<String> targets = new ArrayList<>();
  private final List<String> outputs = new ArrayList<>();
  private final List<String> outputGradients = new ArrayList<>();
  private final List<String> inputGradients = new ArrayList<>();

  Frame(Kind kind, Signature signature) {
    this.kind = kind;
    batch = signature.batch() == null ? null : Poly.symbol(signature.batch());
    sizes(signature).forEach(s -> params.add(new Param(int.class, names.unique(s))));
    if (kind.hasGradients()) {
      add(long.class, "seed");
      add(long.class, "step");
      add(boolean.class, "wantsInputGradients");
    }
    add(float[].class, "weights");
    if (kind == Kind.PREDICT) {
      add(PackedWeights.class, "packed");
    }
    if (kind.hasGradients()) {
      add(float[].class, "gradients");
    }
    add(float[].class, "arena");
    names.reserve("shapes", "loop", "from", "to", "first", "last", "part");
    params.add(new Param(dev.cortado.compiled.ConvShapes.class, "shapes"));
    signature.inputs().forEach(p -> inputs.add(port(p.name(), p.element())));
    if (kind.hasTargets()) {
      signature.targets().forEach(p -> targets.add(port(p.name(), p.element())));
    }
    if (kind == Kind.BACKWARD) {
      signature
          .outputs()
          .forEach(o -> outputGradients.add(port(o + "Gradient", ElementType.FLOAT)));
    }
    signature.outputs().forEach(o -> outputs.add(port(o, ElementType.FLOAT)));
    if (kind.hasGradients()) {
      signature.inputs().forEach(p -> inputGradients.add(gradient(p)));
    }
    if (kind.hasTargets()) {
      add(float[].class, "loss");
    }
  }

  /** The names of the sizes: the batch first, then the other symbols. */
  static List<String> sizes(Signature signature) {
    List<String> sizes = new ArrayList<>();
    sizes.add(signature.batch() == null ? "n" : Names.identifier(signature.batch()));
    signature.symbols().forEach(s -> sizes.add(Names.identifier(s)));
    return sizes;
  }

  private String gradient(Signature.Port p) {
    return p.element() == ElementType.FLOAT ? add(float[].class, p.name() + "Gradient") : "";
  }

  private String port(String name, ElementType element) {
    Type type = element == ElementType.FLOAT ? float[].class : int[].class;
    String unique = names.unique(name, kind == Kind.PREDICT ? "At" : "");
    params.add(new Param(type, unique));
    if (kind == Kind.PREDICT) {
      params.add(new Param(int.class, unique + "At"));
    }
    return unique;
  }

  private String add(Type type, String name) {
    String unique = names.unique(name);
    params.add(new Param(type, unique));
    return unique;
  }

  Kind kind() {
    return kind;
  }

  /** The size of the batch; null for a model without. */
  @Nullable Poly batch() {
    return batch;
  }

  List<Param> params() {
    return params;
  }

  /** Names for locals next to the parameters. */
  Names names() {
    return names;
  }

  /** The array that a buffer lies in. */
  String array(Buffer buffer) {
    return switch (buffer.home()) {
      case Home.Workspace w -> "arena";
      case Home.Weights w -> "weights";
      case Home.Gradients g -> "gradients";
      case Home.Given(Input.Role role, int i) ->
          switch (role) {
            case INPUT -> inputs.get(i);
            case TARGET -> targets.get(i);
            case OUTPUT_GRADIENT -> outputGradients.get(i);
            case BODY -> throw new IllegalStateException("not bound: " + buffer);
          };
      case Home.Output(int i) -> outputs.get(i);
      case Home.InputGradient(int i) -> inputGradients.get(i);
      case Home.Loss l -> "loss";
      case Home.View v -> array(v.of());
    };
  }

  /** Where in its array a buffer starts that is neither in the workspace nor a view. */
  String start(Buffer buffer) {
    return switch (buffer.home()) {
      case Home.Weights(long offset) -> String.valueOf(offset);
      case Home.Gradients(long offset) -> String.valueOf(offset);
      case Home.Given g -> kind == Kind.PREDICT ? array(buffer) + "At" : "0";
      case Home.Output o -> kind == Kind.PREDICT ? array(buffer) + "At" : "0";
      case Home.InputGradient g -> "0";
      case Home.Loss l -> "0";
      case Home.Workspace w -> throw new IllegalStateException("the plan knows: " + buffer);
      case Home.View v -> throw new IllegalStateException("relative: " + buffer);
    };
  }
}
