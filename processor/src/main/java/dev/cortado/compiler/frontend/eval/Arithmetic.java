package dev.cortado.compiler.frontend.eval;

import com.sun.source.tree.Tree;
import javax.lang.model.type.TypeKind;

/**
 * Java's operators on primitive values in their boxes and on strings, exactly as the language
 * defines them: promotion, overflow, division, shifts, narrowing, concatenation.
 */
final class Arithmetic {
  private Arithmetic() {}

  /**
   * @throws ArithmeticException as Java does, dividing an integer by zero
   */
  static Object binary(Tree.Kind op, Object a, Object b) {
    if (op == Tree.Kind.PLUS && (a instanceof String || b instanceof String)) {
      return String.valueOf(a) + b;
    }
    return switch (op) {
      case LEFT_SHIFT, RIGHT_SHIFT, UNSIGNED_RIGHT_SHIFT -> shift(op, a, b);
      default -> {
        if (a instanceof Boolean x && b instanceof Boolean y) {
          yield booleans(op, x, y);
        }
        if (a instanceof String || b instanceof String) {
          yield (op == Tree.Kind.EQUAL_TO) == a.equals(b);
        }
        if (a instanceof Double || b instanceof Double) {
          yield doubles(op, number(a).doubleValue(), number(b).doubleValue());
        }
        if (a instanceof Float || b instanceof Float) {
          yield floats(op, number(a).floatValue(), number(b).floatValue());
        }
        if (a instanceof Long || b instanceof Long) {
          yield longs(op, number(a).longValue(), number(b).longValue());
        }
        yield ints(op, number(a).intValue(), number(b).intValue());
      }
    };
  }

  private static Object booleans(Tree.Kind op, boolean a, boolean b) {
    return switch (op) {
      case EQUAL_TO -> a == b;
      case NOT_EQUAL_TO, XOR -> a != b;
      case AND, CONDITIONAL_AND -> a & b;
      case OR, CONDITIONAL_OR -> a | b;
      default -> throw unknown(op);
    };
  }

  private static Object ints(Tree.Kind op, int a, int b) {
    return switch (op) {
      case PLUS -> a + b;
      case MINUS -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case REMAINDER -> a % b;
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case LESS_THAN -> a < b;
      case LESS_THAN_EQUAL -> a <= b;
      case GREATER_THAN -> a > b;
      case GREATER_THAN_EQUAL -> a >= b;
      case EQUAL_TO -> a == b;
      case NOT_EQUAL_TO -> a != b;
      default -> throw unknown(op);
    };
  }

  private static Object longs(Tree.Kind op, long a, long b) {
    return switch (op) {
      case PLUS -> a + b;
      case MINUS -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case REMAINDER -> a % b;
      case AND -> a & b;
      case OR -> a | b;
      case XOR -> a ^ b;
      case LESS_THAN -> a < b;
      case LESS_THAN_EQUAL -> a <= b;
      case GREATER_THAN -> a > b;
      case GREATER_THAN_EQUAL -> a >= b;
      case EQUAL_TO -> a == b;
      case NOT_EQUAL_TO -> a != b;
      default -> throw unknown(op);
    };
  }

  private static Object floats(Tree.Kind op, float a, float b) {
    return switch (op) {
      case PLUS -> a + b;
      case MINUS -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case REMAINDER -> a % b;
      case LESS_THAN -> a < b;
      case LESS_THAN_EQUAL -> a <= b;
      case GREATER_THAN -> a > b;
      case GREATER_THAN_EQUAL -> a >= b;
      case EQUAL_TO -> a == b;
      case NOT_EQUAL_TO -> a != b;
      default -> throw unknown(op);
    };
  }

  private static Object doubles(Tree.Kind op, double a, double b) {
    return switch (op) {
      case PLUS -> a + b;
      case MINUS -> a - b;
      case MULTIPLY -> a * b;
      case DIVIDE -> a / b;
      case REMAINDER -> a % b;
      case LESS_THAN -> a < b;
      case LESS_THAN_EQUAL -> a <= b;
      case GREATER_THAN -> a > b;
      case GREATER_THAN_EQUAL -> a >= b;
      case EQUAL_TO -> a == b;
      case NOT_EQUAL_TO -> a != b;
      default -> throw unknown(op);
    };
  }

  /** The type of a shift is that of its left operand; the distance is taken modulo its width. */
  private static Object shift(Tree.Kind op, Object a, Object b) {
    long distance = number(b).longValue();
    if (a instanceof Long x) {
      return switch (op) {
        case LEFT_SHIFT -> x << distance;
        case RIGHT_SHIFT -> x >> distance;
        default -> x >>> distance;
      };
    }
    int x = number(a).intValue();
    return switch (op) {
      case LEFT_SHIFT -> x << distance;
      case RIGHT_SHIFT -> x >> distance;
      default -> x >>> distance;
    };
  }

  static Object unary(Tree.Kind op, Object a) {
    return switch (op) {
      case LOGICAL_COMPLEMENT -> !(Boolean) a;
      case UNARY_PLUS -> promoted(a);
      case UNARY_MINUS ->
          switch (promoted(a)) {
            case Double d -> -d;
            case Float f -> -f;
            case Long l -> -l;
            case Object i -> -number(i).intValue();
          };
      case BITWISE_COMPLEMENT ->
          promoted(a) instanceof Long l ? (Object) (~l) : (Object) (~number(a).intValue());
      default -> throw unknown(op);
    };
  }

  private static Object promoted(Object a) {
    return a instanceof Double || a instanceof Float || a instanceof Long
        ? a
        : (Object) number(a).intValue();
  }

  /** A cast, or the conversion of an assignment: both give the same for every value they allow. */
  static Object cast(Object value, TypeKind to) {
    if (value instanceof Boolean || value instanceof String) {
      return value;
    }
    Number n = number(value);
    return switch (to) {
      case DOUBLE -> n.doubleValue();
      case FLOAT -> n.floatValue();
      case LONG -> n.longValue();
      case INT -> n.intValue();
      case SHORT -> (short) n.intValue();
      case BYTE -> (byte) n.intValue();
      case CHAR -> (char) n.intValue();
      default -> value;
    };
  }

  private static Number number(Object value) {
    return switch (value) {
      case Character c -> (int) c;
      case Number n -> n;
      default -> throw new IllegalArgumentException("not a number: " + value);
    };
  }

  /** {@code +=} is {@code +}, {@code ++} is {@code +} with 1. */
  static Tree.Kind simple(Tree.Kind op) {
    return switch (op) {
      case PLUS_ASSIGNMENT, PREFIX_INCREMENT, POSTFIX_INCREMENT -> Tree.Kind.PLUS;
      case MINUS_ASSIGNMENT, PREFIX_DECREMENT, POSTFIX_DECREMENT -> Tree.Kind.MINUS;
      case MULTIPLY_ASSIGNMENT -> Tree.Kind.MULTIPLY;
      case DIVIDE_ASSIGNMENT -> Tree.Kind.DIVIDE;
      case REMAINDER_ASSIGNMENT -> Tree.Kind.REMAINDER;
      case AND_ASSIGNMENT -> Tree.Kind.AND;
      case OR_ASSIGNMENT -> Tree.Kind.OR;
      case XOR_ASSIGNMENT -> Tree.Kind.XOR;
      case LEFT_SHIFT_ASSIGNMENT -> Tree.Kind.LEFT_SHIFT;
      case RIGHT_SHIFT_ASSIGNMENT -> Tree.Kind.RIGHT_SHIFT;
      case UNSIGNED_RIGHT_SHIFT_ASSIGNMENT -> Tree.Kind.UNSIGNED_RIGHT_SHIFT;
      default -> throw unknown(op);
    };
  }

  private static IllegalArgumentException unknown(Tree.Kind op) {
    return new IllegalArgumentException("no such operator: " + op);
  }
}
