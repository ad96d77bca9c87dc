package dev.cortado.compiler.frontend.eval;

import dev.cortado.compiler.frontend.StagingError;
import dev.cortado.compiler.graph.OpError;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.op.Argument;
import dev.cortado.compiler.op.Call;
import dev.cortado.compiler.op.Operation;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Calls of {@code Ops} and of the methods of tensors: they become nodes. */
final class Operations {
  private static final String TENSOR = "dev.cortado.Tensor";
  private static final Set<String> VOCABULARY =
      Set.of(
          "dev.cortado.Ops",
          "dev.cortado.ShapeOps",
          "dev.cortado.ElementwiseOps",
          TENSOR,
          "dev.cortado.IntTensor",
          "dev.cortado.Labels");

  private final Interpreter in;
  private final OperationTable table;

  Operations(Interpreter in, OperationTable table) {
    this.in = in;
    this.table = table;
  }

  /** Whether calls of this class's methods are staged instead of inlined. */
  boolean isVocabulary(String className) {
    return VOCABULARY.contains(className);
  }

  Val call(Invocation call) {
    if (call.receiver() instanceof Val.Null) {
      throw Failures.nullUsed(call.site(), call.frame(), in.calls.receiver(call));
    }
    return call.receiver() instanceof TensorVal tensor
        ? onTensor(call, tensor)
        : operation(call, call.name());
  }

  private Val onTensor(Invocation call, TensorVal tensor) {
    Shape shape = tensor.shape();
    return switch (call.name()) {
      case "rank" -> Val.of((Object) shape.rank());
      case "count" -> Val.ofInt(shape.count());
      case "size" -> size(call, shape);
      case "shape" ->
          new Val.Array(
              in.analysis.types().getPrimitiveType(TypeKind.INT),
              shape.dims().stream().map(Val::ofInt).toArray(Val[]::new));
      case "equals" -> Val.of(Operators.same(tensor, call.argument(0)));
      default ->
          throw Failures.dataDependent(
              call.site(), call.frame(), "'" + in.source.of(call.site()) + "'");
    };
  }

  private static Val size(Invocation call, Shape shape) {
    if (!(call.argument(0) instanceof Val.Constant(Integer dim))) {
      throw Failures.runTimeSize(call.site(), call.frame(), call.text(0), "a size");
    }
    if (dim < -shape.rank() || dim >= shape.rank()) {
      throw Failures.at(
          call.site(),
          call.frame(),
          "dimension",
          "size("
              + dim
              + "): "
              + shape
              + " has dimensions 0 to "
              + (shape.rank() - 1)
              + ", or counted from the end -"
              + shape.rank()
              + " to -1");
    }
    return Val.ofInt(shape.dim(dim));
  }

  private Val operation(Invocation call, String name) {
    Operation.Rule rule = table.rule(name);
    if (rule == null) {
      throw Failures.unsupported(
          call.site(),
          call.frame(),
          "'" + name + "' of " + call.owner(),
          "use the operations of Ops");
    }
    if (!in.budget.operation()) {
      throw Failures.at(
          call.site(),
          call.frame(),
          "budget",
          "this model has more than "
              + Budget.OPERATIONS
              + " operations; is there a loop that does"
              + " not end? A recurrence is scan(step, state, xs, dim)");
    }
    Arguments arguments = new Arguments(in, call);
    List<Argument> staged = new ArrayList<>();
    for (int i = 0; i < call.arguments().size(); i++) {
      staged.add(arguments.staged(i));
    }
    int before = in.root.graph().size();
    in.level.graph().at(in.layers.origin(name, call.site(), call.frame()));
    Argument result = stage(rule, new Call(in.level.graph(), name, staged, texts(call)), call);
    History history = Layers.inputHistory(call.arguments());
    Val value = value(result, call.type(), name, history, call);
    Val first = value instanceof Instance r ? ObjectMethods.values(r).getFirst() : value;
    if (first instanceof TensorVal output && firstTensor(call) instanceof TensorVal input) {
      in.layers.function(name, input, output, before);
    }
    return value;
  }

  private Argument stage(Operation.Rule rule, Call staged, Invocation call) {
    try {
      return rule.stage(staged);
    } catch (OpError e) {
      throw new StagingError(
          e.key(), withChain(e.getMessage(), call.arguments()), call.frame().trace(call.site()));
    } catch (StagingError e) {
      throw e;
    } catch (RuntimeException e) {
      throw StagingError.internal(e, call.frame().trace(call.site()));
    }
  }

  /** The message, and below it how the tensors that went in came about. */
  static String withChain(@Nullable String message, List<Val> arguments) {
    String lines = Layers.inputHistory(arguments).lines();
    return lines.isEmpty() ? String.valueOf(message) : message + "\n" + lines;
  }

  private List<String> texts(Invocation call) {
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < call.arguments().size(); i++) {
      texts.add(call.text(i));
    }
    return texts;
  }

  private static @Nullable Val firstTensor(Invocation call) {
    return call.arguments().stream().filter(TensorVal.class::isInstance).findFirst().orElse(null);
  }

  /** What the operation returned, as the Java type of the call. */
  private Val value(
      Argument result, @Nullable TypeMirror type, String name, History before, Invocation call) {
    return switch (result) {
      case Argument.Tensor(Value value) -> tensor(value, name, before, call);
      case Argument.Int(Poly value) -> Val.ofInt(value);
      case Argument.Number(double value) -> Val.of((Object) value);
      case Argument.Flag(boolean value) -> Val.of(value);
      case Argument.Text(String value) -> Val.of((Object) value);
      case Argument.Nothing n -> Val.NULL;
      case Argument.Many(List<Argument> elements) -> {
        List<Val> values = new ArrayList<>();
        for (Argument element : elements) {
          values.add(value(element, null, name, before, call));
        }
        yield many(values, type);
      }
      default -> new Val.Handle(result);
    };
  }

  private static Val many(List<Val> values, @Nullable TypeMirror type) {
    if (type instanceof ArrayType array) {
      return new Val.Array(array.getComponentType(), values.toArray(new Val[0]));
    }
    return type instanceof DeclaredType d
            && d.asElement() instanceof TypeElement t
            && !t.getRecordComponents().isEmpty()
        ? ObjectMethods.record(t, values)
        : new Val.Items(values, false);
  }

  private TensorVal tensor(Value value, String name, History before, Invocation call) {
    in.parameters.made(value, call.site(), call.frame());
    Val input = firstTensor(call);
    List<String> factors = History.plain(value.shape());
    if (input instanceof TensorVal from && !from.shape().equals(Shape.SCALAR)) {
      factors =
          switch (name) {
            case "flatten", "reshape" -> Factors.of(from.shape(), value.shape());
            default -> from.shape().equals(value.shape()) ? from.history().factors() : factors;
          };
    }
    return new TensorVal(value, in.level, before.then(name, value.shape(), factors));
  }
}
