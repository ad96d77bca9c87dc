package dev.cortado.compiler.frontend.eval;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
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

  private final Declarations declarations;
  private final Visitor visitor;
  private final Set<Instance> visited = Collections.newSetFromMap(new IdentityHashMap<>());

  private FieldTree(Declarations declarations, Visitor visitor) {
    this.declarations = declarations;
    this.visitor = visitor;
  }

  /**
   * @param path of {@code root} itself, empty for the model
   */
  static void walk(Declarations declarations, String path, Instance root, Visitor visitor) {
    new FieldTree(declarations, visitor).layer(path, root);
  }

  private void layer(String path, Instance layer) {
    if (!visited.add(layer)) {
      return;
    }
    visitor.layer(path, layer);
    String elements = Annotations.elementsField(layer.type());
    for (VariableElement field : fields(layer.type())) {
      Val value = layer.field(field);
      String name = field.getSimpleName().toString();
      String fieldPath = name.equals(elements) ? path : join(path, name);
      if (Annotations.isParam(field)) {
        if (value instanceof TensorVal tensor) {
          visitor.parameter(fieldPath, tensor);
        }
      } else if (value != null) {
        part(fieldPath, value);
      }
    }
  }

  private void part(String path, Val value) {
    switch (value) {
      case Instance object when Annotations.isLayer(object.type()) -> layer(path, object);
      case Val.Items list -> parts(path, list.elements);
      case Val.Array array -> parts(path, Arrays.asList(array.elements));
      default -> {}
    }
  }

  private void parts(String path, List<Val> elements) {
    for (int i = 0; i < elements.size(); i++) {
      part(join(path, String.valueOf(i)), elements.get(i));
    }
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /** Fields of the superclass first. */
  private List<VariableElement> fields(TypeElement type) {
    List<VariableElement> fields = new ArrayList<>();
    TypeElement parent = declarations.superclass(type);
    if (parent != null) {
      fields.addAll(fields(parent));
    }
    for (VariableElement field : ElementFilter.fieldsIn(type.getEnclosedElements())) {
      if (!field.getModifiers().contains(Modifier.STATIC)) {
        fields.add(field);
      }
    }
    return fields;
  }
}
