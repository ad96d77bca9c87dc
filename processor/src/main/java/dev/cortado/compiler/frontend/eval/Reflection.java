package dev.cortado.compiler.frontend.eval;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.ArrayType;
import javax.lang.model.type.TypeMirror;
import org.jspecify.annotations.Nullable;

/** Pure methods of {@code java.lang} on constants: the platform itself computes them. */
final class Reflection {
  private static final Set<String> CLASSES =
      Set.of(
          "java.lang.Math",
          "java.lang.StrictMath",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Short",
          "java.lang.Byte",
          "java.lang.Character",
          "java.lang.Float",
          "java.lang.Double",
          "java.lang.Boolean",
          "java.lang.Number",
          "java.lang.String",
          "java.lang.CharSequence",
          "java.lang.Comparable",
          "java.lang.Object",
          "java.util.Objects");

  /** They depend on more than their arguments. */
  private static final Set<String> IMPURE =
      Set.of("random", "getInteger", "getLong", "getBoolean", "getClass", "hashCode", "notify");

  private final Interpreter in;

  Reflection(Interpreter in) {
    this.in = in;
  }

  Val call(Invocation call, @Nullable Object receiver) {
    if (!CLASSES.contains(call.owner()) || IMPURE.contains(call.name())) {
      throw in.calls.noSource(call);
    }
    requireKnown(call);
    try {
      Class<?>[] types =
          call.method().getParameters().stream()
              .map(VariableElement::asType)
              .map(in.analysis.types()::erasure)
              .map(Reflection::loaded)
              .toArray(Class<?>[]::new);
      @Nullable Object[] arguments = new @Nullable Object[types.length];
      for (int i = 0; i < types.length; i++) {
        arguments[i] = toJava(call.argument(i), types[i], call);
      }
      limitRepeat(call, receiver, arguments);
      Method method = Class.forName(call.owner()).getMethod(call.name(), types);
      return toVal(method.invoke(receiver, arguments), call);
    } catch (InvocationTargetException e) {
      throw Failures.thrown(call.site(), call.frame(), String.valueOf(e.getTargetException()));
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      throw in.calls.noSource(call);
    }
  }

  private void requireKnown(Invocation call) {
    for (int i = 0; i < call.arguments().size(); i++) {
      switch (call.argument(i)) {
        case Val.Scalar s ->
            throw Failures.unsupported(
                call.site(),
                call.frame(),
                call.name() + " of an element",
                "use functions of Math on elements");
        case TensorVal t -> throw Failures.dataDependent(call.site(), call.frame(), call.text(i));
        default -> {}
      }
    }
  }

  private static Class<?> loaded(TypeMirror type) {
    return switch (type.getKind()) {
      case BOOLEAN -> boolean.class;
      case BYTE -> byte.class;
      case SHORT -> short.class;
      case INT -> int.class;
      case LONG -> long.class;
      case CHAR -> char.class;
      case FLOAT -> float.class;
      case DOUBLE -> double.class;
      case ARRAY -> loaded(((ArrayType) type).getComponentType()).arrayType();
      default -> {
        try {
          yield Class.forName(type.toString());
        } catch (ClassNotFoundException e) {
          throw new IllegalArgumentException(e);
        }
      }
    };
  }

  private @Nullable Object toJava(Val value, Class<?> type, Invocation call) {
    return switch (value) {
      case Val.Constant(Object box) -> box;
      case Val.Null n -> null;
      case Val.Array array when type.isArray() -> {
        Object copy =
            java.lang.reflect.Array.newInstance(type.componentType(), array.elements.length);
        for (int i = 0; i < array.elements.length; i++) {
          java.lang.reflect.Array.set(
              copy, i, toJava(array.elements[i], type.componentType(), call));
        }
        yield copy;
      }
      default -> {
        if (type.isPrimitive()) {
          throw Failures.runTimeSize(
              call.site(),
              call.frame(),
              "an argument of " + call.name(),
              in.operators.text(value, call.site(), call.frame()));
        }
        yield in.operators.text(value, call.site(), call.frame());
      }
    };
  }

  private static void limitRepeat(
      Invocation call, @Nullable Object receiver, @Nullable Object[] arguments) {
    if (call.name().equals("repeat")
        && receiver instanceof String text
        && arguments[0] instanceof Integer count
        && (long) text.length() * count > Budget.TEXT) {
      throw Failures.at(
          call.site(),
          call.frame(),
          "budget",
          "this text would be longer than " + Budget.TEXT + " characters");
    }
  }

  private Val toVal(@Nullable Object result, Invocation call) {
    return switch (result) {
      case null -> Val.NULL;
      case Number n -> Val.of((Object) n);
      case Boolean b -> Val.of((Object) b);
      case Character c -> Val.of((Object) c);
      case String s -> Val.of((Object) s);
      case char[] text ->
          array(call, new String(text).chars().mapToObj(c -> (Object) (char) c).toList());
      case String[] texts -> array(call, List.of((Object[]) texts));
      default -> throw in.calls.noSource(call);
    };
  }

  private static Val array(Invocation call, List<Object> elements) {
    TypeMirror component = ((ArrayType) call.method().getReturnType()).getComponentType();
    return new Val.Array(component, elements.stream().map(Val::of).toArray(Val[]::new));
  }
}
