package dev.cortado.compiler.frontend.eval;

import com.sun.source.tree.Tree;
import dev.cortado.compiler.expr.Expr.Cond;
import dev.cortado.compiler.shape.Poly;
import java.util.List;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.TypeElement;
import org.jspecify.annotations.Nullable;

/** Methods of the Java platform, on values known at compile time. */
final class Platform {
  private final Interpreter in;
  private final Lists lists;
  private final Reflection reflection;

  Platform(Interpreter in) {
    this.in = in;
    this.lists = new Lists(in);
    this.reflection = new Reflection(in);
  }

  /** A static method without source. */
  Val onClass(Invocation call) {
    TypeElement owner = Declarations.classOf(call.method());
    if (owner.getKind() == ElementKind.ENUM) {
      return onEnum(call, owner);
    }
    return switch (call.owner()) {
      case "java.lang.Math", "java.lang.StrictMath" -> math(call);
      case "java.util.List", "java.util.Arrays", "java.util.Collections" -> lists.onClass(call);
      case "java.util.Objects" -> objects(call);
      default -> reflection.call(call, null);
    };
  }

  /** A method of something that is no object of the user's. */
  Val onValue(Invocation call) {
    return switch (call.receiver()) {
      case Val.Items list -> lists.onList(call, list);
      case Val.Array array when call.name().equals("clone") ->
          new Val.Array(array.component, array.elements.clone());
      case Val.Constant(Object box) ->
          call.name().equals("equals")
              ? Val.of(box.equals(call.argument(0) instanceof Val.Constant(Object o) ? o : null))
              : reflection.call(call, box);
      case Val.Symbolic s when call.name().equals("intValue") -> s;
      case Val.Symbolic(Poly poly, boolean wide) ->
          throw Failures.runTimeSize(call.site(), call.frame(), "the size", poly);
      case Val.Thrown(TypeElement type, String message) when call.name().equals("getMessage") ->
          Val.of((Object) message);
      case null, default -> throw in.calls.noSource(call);
    };
  }

  /** {@code new} of a class without source. */
  Val create(Invocation call, TypeElement type) {
    if (type.getQualifiedName().contentEquals("java.util.ArrayList")) {
      return lists.create(call);
    }
    if (type.getKind() == ElementKind.RECORD) {
      return ObjectMethods.record(type, call.arguments());
    }
    throw Failures.unsupported(
        call.site(),
        call.frame(),
        "'new " + type.getSimpleName() + "(...)'",
        "there is no source of "
            + type.getQualifiedName()
            + " to evaluate; a layer needs @Layer, and data go in arrays, records, List and"
            + " ArrayList");
  }

  private Val onEnum(Invocation call, TypeElement owner) {
    List<Val> all = in.statics.enumValues(owner, call.site(), call.frame());
    if (call.name().equals("values")) {
      return new Val.Array(owner.asType(), all.toArray(new Val[0]));
    }
    if (call.name().equals("valueOf") && call.argument(0) instanceof Val.Constant(String name)) {
      for (Val constant : all) {
        if (constant instanceof Instance i
            && i.constant() != null
            && i.constant().name().equals(name)) {
          return constant;
        }
      }
      throw Failures.thrown(
          call.site(), call.frame(), "No enum constant " + owner.getQualifiedName() + "." + name);
    }
    throw in.calls.noSource(call);
  }

  private Val objects(Invocation call) {
    return switch (call.name()) {
      case "requireNonNull" -> {
        if (call.argument(0) instanceof Val.Null) {
          String message =
              call.arguments().size() > 1 && call.argument(1) instanceof Val.Constant(String m)
                  ? m
                  : call.text(0) + " is null";
          throw Failures.thrown(call.site(), call.frame(), message);
        }
        yield call.argument(0);
      }
      case "requireNonNullElse" ->
          call.argument(0) instanceof Val.Null ? call.argument(1) : call.argument(0);
      case "isNull" -> Val.of(call.argument(0) instanceof Val.Null);
      case "nonNull" -> Val.of(!(call.argument(0) instanceof Val.Null));
      case "equals" -> Val.of(ObjectMethods.equal(call.argument(0), call.argument(1)));
      default -> reflection.call(call, null);
    };
  }

  private Val math(Invocation call) {
    List<Val> arguments = call.arguments();
    Val result = null;
    if (arguments.stream().anyMatch(Val.Symbolic.class::isInstance)) {
      result = sizes(call);
    }
    if (result == null && arguments.stream().anyMatch(Platform::varies)) {
      result = Scalars.math(call.name(), arguments);
      if (result == null) {
        throw Failures.unsupported(
            call.site(),
            call.frame(),
            "Math." + call.name() + " of a value known only at run time",
            "use the functions of Math that return float or double, such as exp, tanh, max or"
                + " floor");
      }
    }
    return result != null ? result : reflection.call(call, null);
  }

  private static boolean varies(Val value) {
    return value instanceof Val.Symbolic
        || value instanceof Val.Scalar
        || value instanceof Val.Test;
  }

  /** Functions of integers on sizes known only at run time. */
  private @Nullable Val sizes(Invocation call) {
    List<Val> x = call.arguments();
    Symbolics symbolics = in.symbolics;
    return switch (call.name()) {
      case "addExact" -> symbolics.binary(Tree.Kind.PLUS, x.get(0), x.get(1));
      case "subtractExact" -> symbolics.binary(Tree.Kind.MINUS, x.get(0), x.get(1));
      case "multiplyExact" -> symbolics.binary(Tree.Kind.MULTIPLY, x.get(0), x.get(1));
      case "floorDiv" -> symbolics.binary(Tree.Kind.DIVIDE, x.get(0), x.get(1));
      case "floorMod" -> symbolics.binary(Tree.Kind.REMAINDER, x.get(0), x.get(1));
      case "toIntExact" -> x.get(0);
      case "max" -> larger(call, Tree.Kind.GREATER_THAN_EQUAL);
      case "min" -> larger(call, Tree.Kind.LESS_THAN_EQUAL);
      default -> null;
    };
  }

  private @Nullable Val larger(Invocation call, Tree.Kind order) {
    Val a = call.argument(0);
    Val b = call.argument(1);
    return switch (in.symbolics.binary(order, a, b)) {
      case Val.Constant(Boolean first) -> first ? a : b;
      case Val.Test(Cond.CompareInt undecided) when in.elementwise == 0 ->
          throw Failures.runTimeSize(
              call.site(),
              call.frame(),
              "the larger of " + undecided.a() + " and " + undecided.b(),
              "undecided");
      case null, default -> null;
    };
  }
}
