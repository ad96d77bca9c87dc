package dev.cortado.compiler.frontend.eval;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import org.jspecify.annotations.Nullable;

/** An object of a user's or a built-in class, record or enum. */
final class Instance implements Val {
  private final TypeElement type;
  private final @Nullable Val outer;
  private final Map<Element, Val> captured;
  private final Map<VariableElement, Val> fields = new HashMap<>();
  private final @Nullable EnumConstant constant;

  /** What makes an object an enum constant. */
  record EnumConstant(String name, int ordinal) {}

  /**
   * @param outer the object around an inner class's one
   * @param captured the local variables that a local or anonymous class sees
   */
  Instance(
      TypeElement type,
      @Nullable Val outer,
      Map<Element, Val> captured,
      @Nullable EnumConstant constant) {
    this.type = type;
    this.outer = outer;
    this.captured = captured;
    this.constant = constant;
  }

  TypeElement type() {
    return type;
  }

  @Nullable Val outer() {
    return outer;
  }

  Map<Element, Val> captured() {
    return captured;
  }

  @Nullable EnumConstant constant() {
    return constant;
  }

  /** Null when nothing was stored yet: the field has its default value. */
  @Nullable Val field(VariableElement field) {
    return fields.get(field);
  }

  /** What the fields that were stored to hold. */
  Collection<Val> values() {
    return fields.values();
  }

  void store(VariableElement field, Val value) {
    fields.put(field, value);
  }
}
