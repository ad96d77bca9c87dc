package dev.cortado.compiler.frontend.eval;

import com.sun.source.util.TreePath;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Formula;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/** Conversions of assignments, calls and casts, and the default values of types. */
final class Conversions {
  private final Types types;

  Conversions(Types types) {
    this.types = types;
  }

  /** The value as a variable, parameter or result of that type holds it. */
  Val to(Val value, @Nullable TypeMirror type, TreePath at, Frame frame) {
    if (type == null) {
      return value;
    }
    TypeKind kind = primitive(type);
    if (kind == null) {
      return value;
    }
    return switch (value) {
      case Val.Constant(Object box) -> Val.of(Arithmetic.cast(box, kind));
      case Val.Symbolic(var poly, boolean wide) ->
          switch (kind) {
            case FLOAT, DOUBLE -> Val.of(Formula.ofInt(poly));
            default -> new Val.Symbolic(poly, wide || kind == TypeKind.LONG);
          };
      case Val.Null n when type.getKind().isPrimitive() ->
          throw Failures.nullUsed(at, frame, "the number");
      default -> value;
    };
  }

  /** A cast as the user wrote it, which may also lose something. */
  Val cast(Val value, TypeMirror type, TreePath at, Frame frame) {
    TypeKind kind = primitive(type);
    if (value instanceof Val.Scalar(Expr body) && kind != null) {
      return switch (kind) {
        case FLOAT, DOUBLE -> value;
        default ->
            throw Failures.unsupported(
                at,
                frame,
                "a cast of an element to " + type,
                "use Math.floor, Math.ceil or Math.rint on " + Scalars.text(body));
      };
    }
    if (value instanceof Val.Symbolic(var poly, boolean wide)
        && kind != null
        && kind != TypeKind.INT
        && kind != TypeKind.LONG
        && kind != TypeKind.FLOAT
        && kind != TypeKind.DOUBLE) {
      throw Failures.runTimeSize(at, frame, "the size", poly);
    }
    if (value instanceof Val.Symbolic(var poly, boolean wide) && kind == TypeKind.INT) {
      return new Val.Symbolic(poly, false);
    }
    if (value instanceof Instance object && !isInstance(object, type)) {
      throw Failures.thrown(
          at, frame, "this is a " + object.type().getSimpleName() + " and not a " + type);
    }
    return to(value, type, at, frame);
  }

  boolean isInstance(Val value, TypeMirror type) {
    return switch (value) {
      case Val.Null n -> false;
      case Instance object ->
          types.isSubtype(types.erasure(object.type().asType()), types.erasure(type));
      case Function f -> types.isSubtype(types.erasure(f.type()), types.erasure(type));
      case Val.Constant(Object box) -> isBox(box, type);
      case TensorVal tensor ->
          name(type)
              .equals(
                  switch (tensor.value().type().element()) {
                    case FLOAT -> "dev.cortado.Tensor";
                    case INT -> "dev.cortado.IntTensor";
                    case LABEL -> "dev.cortado.Labels";
                  });
      case Val.Items list -> name(type).startsWith("java.util.");
      case Val.Array array ->
          type.getKind() == TypeKind.ARRAY
              && types.isSubtype(types.getArrayType(array.component), type);
      default -> false;
    };
  }

  private static boolean isBox(Object box, TypeMirror type) {
    String name = name(type);
    return name.equals(box.getClass().getName())
        || name.equals("java.lang.Object")
        || name.equals("java.lang.Comparable")
        || (name.equals("java.lang.Number") && box instanceof Number)
        || (name.equals("java.lang.CharSequence") && box instanceof String);
  }

  private static String name(TypeMirror type) {
    return type instanceof DeclaredType d && d.asElement() instanceof TypeElement t
        ? t.getQualifiedName().toString()
        : type.toString();
  }

  /** What a field or array element of that type holds before anything is stored. */
  static Val initial(TypeMirror type) {
    return switch (type.getKind()) {
      case BOOLEAN -> Val.FALSE;
      case BYTE, SHORT, INT, LONG, CHAR, FLOAT, DOUBLE ->
          Val.of(Arithmetic.cast(0, type.getKind()));
      default -> Val.NULL;
    };
  }

  /** The primitive type itself, or that of a box; null for any other. */
  private @Nullable TypeKind primitive(TypeMirror type) {
    if (type.getKind().isPrimitive()) {
      return type.getKind();
    }
    return switch (name(type)) {
      case "java.lang.Double" -> TypeKind.DOUBLE;
      case "java.lang.Float" -> TypeKind.FLOAT;
      case "java.lang.Long" -> TypeKind.LONG;
      case "java.lang.Integer" -> TypeKind.INT;
      case "java.lang.Short" -> TypeKind.SHORT;
      case "java.lang.Byte" -> TypeKind.BYTE;
      case "java.lang.Character" -> TypeKind.CHAR;
      case "java.lang.Boolean" -> TypeKind.BOOLEAN;
      default -> null;
    };
  }
}
