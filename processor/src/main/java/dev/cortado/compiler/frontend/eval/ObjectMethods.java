package dev.cortado.compiler.frontend.eval;

import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;

/** What Java gives every object, record and enum without source: accessors, names, equality. */
final class ObjectMethods {
  private final Interpreter in;

  ObjectMethods(Interpreter in) {
    this.in = in;
  }

  Val call(Invocation call, Instance object) {
    if (call.arguments().isEmpty()
        && object.type().getRecordComponents().stream()
            .anyMatch(c -> c.getSimpleName().contentEquals(call.name()))) {
      VariableElement field = Objects.field(object.type(), call.method());
      if (field != null) {
        return in.variables.field(object, field, call.site(), call.frame());
      }
    }
    return switch (call.name()) {
      case "toString" -> Val.of((Object) text(object, call.site(), call.frame()));
      case "equals" -> Val.of(equal(object, call.argument(0)));
      default -> {
        if (object.constant() == null) {
          throw in.calls.noSource(call);
        }
        yield onConstant(call, object.constant());
      }
    };
  }

  private Val onConstant(Invocation call, Instance.EnumConstant constant) {
    return switch (call.name()) {
      case "name" -> Val.of((Object) constant.name());
      case "ordinal" -> Val.of((Object) constant.ordinal());
      case "compareTo" -> {
        if (call.argument(0) instanceof Instance other && other.constant() != null) {
          yield Val.of((Object) (constant.ordinal() - other.constant().ordinal()));
        }
        throw Failures.nullUsed(call.site(), call.frame(), call.text(0));
      }
      default -> throw in.calls.noSource(call);
    };
  }

  /** {@code a.equals(b)} without a method of the user's own. */
  static boolean equal(Val a, Val b) {
    return switch (a) {
      case Instance x when b instanceof Instance y && isRecord(x) && x.type().equals(y.type()) ->
          components(x).stream().allMatch(f -> equal(value(x, f), value(y, f)));
      case Val.Items x when b instanceof Val.Items y -> equalAll(x.elements, y.elements);
      case Val.Constant x -> x.equals(b);
      case Val.Symbolic x -> x.equals(b);
      default -> Operators.same(a, b);
    };
  }

  private static boolean equalAll(List<Val> a, List<Val> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (!equal(a.get(i), b.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isRecord(Instance object) {
    return object.type().getKind() == ElementKind.RECORD;
  }

  /** The fields behind a record's components, in order. */
  static List<VariableElement> components(Instance record) {
    List<VariableElement> fields = new ArrayList<>();
    for (RecordComponentElement c : record.type().getRecordComponents()) {
      VariableElement field = Objects.field(record.type(), c);
      if (field != null) {
        fields.add(field);
      }
    }
    return fields;
  }

  private static Val value(Instance record, VariableElement field) {
    Val value = record.field(field);
    return value != null ? value : Conversions.initial(field.asType());
  }

  /** The components' values, in order. */
  static List<Val> values(Instance record) {
    return components(record).stream().map(f -> value(record, f)).toList();
  }

  String text(Instance object, TreePath path, Frame frame) {
    ExecutableElement method = toString(object.type());
    if (in.declarations.member(method) != null) {
      Val text =
          in.calls.invoke(
              new Invocation(
                  method, object, List.of(), List.of(), true, method.getReturnType(), path, frame));
      return in.operators.text(text, path, frame);
    }
    if (object.constant() != null) {
      return object.constant().name();
    }
    if (isRecord(object)) {
      List<String> parts =
          components(object).stream()
              .map(f -> f.getSimpleName() + "=" + in.operators.text(value(object, f), path, frame))
              .toList();
      return object.type().getSimpleName() + "[" + String.join(", ", parts) + "]";
    }
    throw Failures.unsupported(
        path,
        frame,
        "the text of a " + object.type().getSimpleName(),
        "give the class a toString method");
  }

  private ExecutableElement toString(TypeElement type) {
    TypeElement root = in.analysis.elements().getTypeElement("java.lang.Object");
    ExecutableElement method =
        ElementFilter.methodsIn(root.getEnclosedElements()).stream()
            .filter(m -> m.getSimpleName().contentEquals("toString"))
            .findFirst()
            .orElseThrow();
    return in.declarations.dispatch(type, method);
  }

  /** A record with these components, in order. */
  static Instance record(TypeElement type, List<Val> components) {
    Instance object = new Instance(type, null, Map.of(), null);
    List<? extends RecordComponentElement> declared = type.getRecordComponents();
    for (int i = 0; i < declared.size(); i++) {
      VariableElement field = Objects.field(type, declared.get(i));
      if (field != null) {
        object.store(field, components.get(i));
      }
    }
    return object;
  }

  /** The value of a record's component, by its accessor where the user wrote one. */
  Val component(Instance object, RecordComponentElement component, TreePath path, Frame frame) {
    ExecutableElement accessor = component.getAccessor();
    return in.calls.invoke(
        new Invocation(
            accessor, object, List.of(), List.of(), true, accessor.getReturnType(), path, frame));
  }
}
