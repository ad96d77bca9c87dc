package dev.cortado.compiler.frontend.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import javax.lang.model.type.ArrayType;

/** {@code List}, {@code ArrayList}, {@code Arrays} and {@code Collections}. */
final class Lists {
  private final Interpreter in;

  Lists(Interpreter in) {
    this.in = in;
  }

  Val create(Invocation call) {
    List<Val> elements = new ArrayList<>();
    if (!call.arguments().isEmpty() && call.argument(0) instanceof Val.Items other) {
      elements.addAll(other.elements);
    }
    in.expressions.allocate(elements.size(), call.site(), call.frame());
    return new Val.Items(elements, true);
  }

  /** Static methods. */
  Val onClass(Invocation call) {
    return switch (call.owner() + "." + call.name()) {
      case "java.util.List.of" -> of(call, false);
      case "java.util.Arrays.asList" -> of(call, true);
      case "java.util.List.copyOf", "java.util.Collections.unmodifiableList" ->
          new Val.Items(new ArrayList<>(elements(call, 0)), false);
      case "java.util.Collections.emptyList" -> new Val.Items(List.of(), false);
      case "java.util.Collections.nCopies" -> {
        in.expressions.allocate(integer(call, 0), call.site(), call.frame());
        yield new Val.Items(Collections.nCopies(integer(call, 0), call.argument(1)), false);
      }
      case "java.util.Collections.reverse" -> {
        Collections.reverse(changed(call, 0));
        yield Val.NOTHING;
      }
      case "java.util.Collections.addAll" -> Val.of(changed(call, 0).addAll(elements(call, 1)));
      case "java.util.Arrays.fill" -> {
        in.variables.requireOwn(array(call), call.site(), call.frame());
        Arrays.fill(array(call).elements, call.argument(1));
        yield Val.NOTHING;
      }
      case "java.util.Arrays.copyOf" -> copy(call, array(call), 0, integer(call, 1));
      case "java.util.Arrays.copyOfRange" ->
          copy(call, array(call), integer(call, 1), integer(call, 2));
      case "java.util.Arrays.equals" -> Val.of(elements(call, 0).equals(elements(call, 1)));
      case "java.util.Arrays.toString" ->
          Val.of(
              (Object)
                  in.operators.text(
                      new Val.Items(elements(call, 0), false), call.site(), call.frame()));
      default -> throw unsupported(call);
    };
  }

  private Val of(Invocation call, boolean mutable) {
    List<Val> elements = new ArrayList<>();
    if (call.method().isVarArgs()) {
      elements.addAll(elements(call, 0));
    } else {
      elements.addAll(call.arguments());
    }
    return new Val.Items(elements, mutable);
  }

  private Val copy(Invocation call, Val.Array array, int from, int to) {
    if (from < 0 || from > to || from > array.elements.length) {
      throw outOfBounds(call, from, array.elements.length);
    }
    in.expressions.allocate(to - from, call.site(), call.frame());
    Val[] elements = new Val[to - from];
    Arrays.fill(elements, Conversions.initial(array.component));
    System.arraycopy(array.elements, from, elements, 0, Math.min(to, array.elements.length) - from);
    return new Val.Array(array.component, elements);
  }

  /** Methods of a list. */
  Val onList(Invocation call, Val.Items list) {
    List<Val> elements = list.elements;
    return switch (call.name()) {
      case "size" -> Val.of((Object) elements.size());
      case "isEmpty" -> Val.of(elements.isEmpty());
      case "get" -> elements.get(index(call, 0, elements.size()));
      case "getFirst" -> elements.get(end(call, 0, elements.size()));
      case "getLast" -> elements.get(end(call, elements.size() - 1, elements.size()));
      case "contains" -> Val.of(indexOf(elements, call.argument(0)) >= 0);
      case "indexOf" -> Val.of((Object) indexOf(elements, call.argument(0)));
      case "subList" ->
          new Val.Items(
              elements.subList(
                  index(call, 0, elements.size() + 1), index(call, 1, elements.size() + 1)),
              list.mutable);
      case "reversed" -> new Val.Items(elements.reversed(), list.mutable);
      case "toArray" -> toArray(call, elements);
      case "equals" -> Val.of(ObjectMethods.equal(list, call.argument(0)));
      case "toString" -> Val.of((Object) in.operators.text(list, call.site(), call.frame()));
      case "forEach" -> {
        for (Val element : List.copyOf(elements)) {
          in.functions.apply(call.argument(0), List.of(element), call.site(), call.frame());
        }
        yield Val.NOTHING;
      }
      case "add",
          "addAll",
          "addFirst",
          "addLast",
          "set",
          "remove",
          "removeFirst",
          "removeLast",
          "clear" ->
          change(call, list);
      case "stream" ->
          throw Failures.unsupported(
              call.site(), call.frame(), "a stream", "write a 'for' loop over the list");
      default -> throw unsupported(call);
    };
  }

  private Val toArray(Invocation call, List<Val> elements) {
    if (call.type() instanceof ArrayType type) {
      return new Val.Array(type.getComponentType(), elements.toArray(new Val[0]));
    }
    throw unsupported(call);
  }

  private Val.Array array(Invocation call) {
    if (call.argument(0) instanceof Val.Array array) {
      return array;
    }
    throw unsupported(call);
  }

  private Val change(Invocation call, Val.Items list) {
    requireMutable(call, list);
    in.expressions.allocate(1, call.site(), call.frame());
    List<Val> elements = list.elements;
    int size = elements.size();
    return switch (call.name()) {
      case "add" -> {
        if (call.arguments().size() == 2) {
          elements.add(index(call, 0, size + 1), call.argument(1));
          yield Val.NOTHING;
        }
        elements.add(call.argument(0));
        yield Val.TRUE;
      }
      case "addAll" -> Val.of(elements.addAll(elements(call, 0)));
      case "addFirst" -> {
        elements.addFirst(call.argument(0));
        yield Val.NOTHING;
      }
      case "addLast" -> {
        elements.addLast(call.argument(0));
        yield Val.NOTHING;
      }
      case "set" -> elements.set(index(call, 0, size), call.argument(1));
      case "removeFirst" -> elements.remove(end(call, 0, size));
      case "removeLast" -> elements.remove(end(call, size - 1, size));
      case "clear" -> {
        elements.clear();
        yield Val.NOTHING;
      }
      default -> {
        if (call.method().getParameters().getFirst().asType().getKind().isPrimitive()) {
          yield elements.remove(index(call, 0, size));
        }
        int found = indexOf(elements, call.argument(0));
        if (found >= 0) {
          elements.remove(found);
        }
        yield Val.of(found >= 0);
      }
    };
  }

  private void requireMutable(Invocation call, Val.Items list) {
    in.names.changed();
    in.variables.requireOwn(list, call.site(), call.frame());
    if (!list.mutable) {
      throw Failures.thrown(
          call.site(),
          call.frame(),
          "this list cannot be changed ("
              + call.name()
              + "); make it with new ArrayList<>(...) to change it");
    }
  }

  private List<Val> changed(Invocation call, int i) {
    if (call.argument(i) instanceof Val.Items list) {
      requireMutable(call, list);
      return list.elements;
    }
    throw unsupported(call);
  }

  private List<Val> elements(Invocation call, int i) {
    return switch (call.argument(i)) {
      case Val.Array array -> List.of(array.elements);
      case Val.Items list -> list.elements;
      default -> throw unsupported(call);
    };
  }

  private static int indexOf(List<Val> elements, Val value) {
    for (int i = 0; i < elements.size(); i++) {
      if (ObjectMethods.equal(value, elements.get(i))) {
        return i;
      }
    }
    return -1;
  }

  private int integer(Invocation call, int i) {
    return switch (call.argument(i)) {
      case Val.Constant(Integer n) -> n;
      case Val.Symbolic(var poly, boolean wide) ->
          throw Failures.runTimeSize(call.site(), call.frame(), call.text(i), poly);
      default -> throw unsupported(call);
    };
  }

  private int index(Invocation call, int i, int size) {
    return end(call, integer(call, i), size);
  }

  private static int end(Invocation call, int index, int size) {
    if (index < 0 || index >= size) {
      throw outOfBounds(call, index, size);
    }
    return index;
  }

  private static RuntimeException outOfBounds(Invocation call, int index, int size) {
    return Failures.thrown(
        call.site(),
        call.frame(),
        "index " + index + " is out of bounds for " + size + " elements");
  }

  private RuntimeException unsupported(Invocation call) {
    return Failures.unsupported(
        call.site(),
        call.frame(),
        "'" + call.name() + "' of " + call.owner(),
        "use List.of, ArrayList with add, get, set and size, and 'for' loops");
  }
}
