package dev.cortado.compiler.frontend.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;

/**
 * Goes through the layers and parameters of a model object in the order of their fields, depth
 * first. A layer is met once, at the first path that leads to it.
 */
final class FieldTree {
  /** What is done at each place. */
  interface Visitor {
    void layer(String path, Instance layer);

    void parameter(String path, TensorVal tensor);
  }

  /** The fields of a class, and what its annotations say: asked for every object of it. */
  private record Layout(String elements, List<Field> fields) {}

  private record Field(VariableElement variable, boolean isParam) {}

  private final Declarations declarations;
  private final Map<TypeElement, Layout> layouts = new HashMap<>();
  private final Map<TypeElement, Boolean> layers = new HashMap<>();

  FieldTree(Declarations declarations) {
    this.declarations = declarations;
  }

  /**
   * Visits everything below an object.
   *
   * @param path of {@code root} itself, empty for the model
   */
  void walk(String path, Instance root, Visitor visitor) {
    layer(path, root, visitor, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private void layer(String path, Instance layer, Visitor visitor, Set<Instance> visited) {
    if (!visited.add(layer)) {
      return;
    }
    visitor.layer(path, layer);
    Layout layout = layouts.computeIfAbsent(layer.type(), this::layout);
    for (Field field : layout.fields()) {
      Val value = layer.field(field.variable());
      String name = field.variable().getSimpleName().toString();
      String fieldPath = name.equals(layout.elements()) ? path : join(path, name);
      if (field.isParam()) {
        if (value instanceof TensorVal tensor) {
          visitor.parameter(fieldPath, tensor);
        }
      } else if (value != null) {
        part(fieldPath, value, visitor, visited);
      }
    }
  }

  private void part(String path, Val value, Visitor visitor, Set<Instance> visited) {
    switch (value) {
      case Instance object when isLayer(object.type()) -> layer(path, object, visitor, visited);
      case Val.Items list -> parts(path, list.elements, visitor, visited);
      case Val.Array array -> parts(path, Arrays.asList(array.elements), visitor, visited);
      default -> {}
    }
  }

  private boolean isLayer(TypeElement type) {
    return layers.computeIfAbsent(type, Annotations::isLayer);
  }

  private void parts(String path, List<Val> elements, Visitor visitor, Set<Instance> visited) {
    for (int i = 0; i < elements.size(); i++) {
      part(join(path, String.valueOf(i)), elements.get(i), visitor, visited);
    }
  }

  private Layout layout(TypeElement type) {
    List<Field> fields = of(type).stream().map(f -> new Field(f, Annotations.isParam(f))).toList();
    return new Layout(Annotations.elementsField(type), fields);
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** All fields of an object, those of its superclasses first. */
  List<VariableElement> of(TypeElement type) {
    List<VariableElement> fields = new ArrayList<>();
    TypeElement parent = declarations.superclass(type);
    if (parent != null) {
      fields.addAll(of(parent));
    }
    for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
      if (!field.getModifiers().contains(Modifier.STATIC)) {
        fields.add(field);
      }
    }
    return fields;
  }
}
