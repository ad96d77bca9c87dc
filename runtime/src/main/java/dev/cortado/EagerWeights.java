package dev.cortado;

import dev.cortado.annotation.Layer;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Param;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Param} tensors of a model object, by name: {@code conv1.weight}, {@code
 * blocks.0.down.weight}.
 *
 * <p>A name is the path of fields that leads to the tensor; elements of arrays and lists stand as
 * numbers. Fields may be private; a model in a named module must open its package to {@code
 * dev.cortado.runtime}.
 */
public final class EagerWeights {
  private EagerWeights() {}

  /**
   * Gives a model object the values of a network's parameters. Tensors that a layer would only
   * create when first applied are created here.
   *
   * @param weights all parameters, each at its {@link ParameterInfo#offset}
   * @throws IllegalArgumentException when the object has no such parameter, or one of another shape
   */
  public static void set(Object model, List<ParameterInfo> parameters, float[] weights) {
    for (ParameterInfo parameter : parameters) {
      List<String> path = List.of(parameter.name().split("\\."));
      Object owner = model;
      for (String step : path.subList(0, path.size() - 1)) {
        owner = step(owner, step, parameter.name());
      }
      set(owner, path.getLast(), parameter, weights);
    }
  }

  /**
   * The values of a model object's parameters, laid out as {@code parameters} say.
   *
   * @throws IllegalArgumentException when the object has no such parameter, or one of another shape
   */
  public static float[] get(Object model, List<ParameterInfo> parameters) {
    Map<String, Tensor> tensors = tensors(model);
    int end = parameters.stream().mapToInt(p -> p.offset() + p.count()).max().orElse(0);
    float[] weights = new float[end];
    for (ParameterInfo parameter : parameters) {
      Tensor tensor = tensors.get(parameter.name());
      if (tensor == null) {
        throw new IllegalArgumentException(
            model.getClass().getSimpleName()
                + " has no parameter "
                + parameter.name()
                + "; it has "
                + tensors.keySet());
      }
      requireShape(tensor, parameter);
      System.arraycopy(tensor.toFloats(), 0, weights, parameter.offset(), parameter.count());
    }
    return weights;
  }

  /**
   * All parameters that exist, by name, in the order of the fields. A layer that appears twice is
   * named by its first place.
   */
  public static SequencedMap<String, Tensor> tensors(Object model) {
    SequencedMap<String, Tensor> found = new LinkedHashMap<>();
    collect("", model, found, Collections.newSetFromMap(new IdentityHashMap<>()));
    return found;
  }

  private static void collect(
      String prefix, Object owner, Map<String, Tensor> found, Set<Object> visited) {
    if (!visited.add(owner)) {
      return;
    }
    for (Field field : fields(owner.getClass())) {
      Object value = read(field, owner);
      String name = field.getName().equals(elementsField(owner)) ? "" : field.getName();
      if (value == null) {
        continue;
      }
      if (field.isAnnotationPresent(Param.class)) {
        elements(prefix + name, value, Tensor.class)
            .forEach((n, tensor) -> found.put(n, (Tensor) tensor));
      } else {
        elements(prefix + name, value, Object.class)
            .forEach(
                (n, part) -> {
                  if (isLayer(part)) {
                    collect(n + ".", part, found, visited);
                  }
                });
      }
    }
  }

  /** A value under its name, or the elements of an array or list under theirs. */
  private static SequencedMap<String, Object> elements(String name, Object value, Class<?> type) {
    SequencedMap<String, Object> named = new LinkedHashMap<>();
    List<?> parts = parts(value);
    if (parts == null) {
      if (type.isInstance(value)) {
        named.put(name, value);
      }
      return named;
    }
    String before = name.isEmpty() || name.endsWith(".") ? name : name + ".";
    for (int i = 0; i < parts.size(); i++) {
      Object part = parts.get(i);
      if (part != null) {
        named.putAll(elements(before + i, part, type));
      }
    }
    return named;
  }

  private static @Nullable List<?> parts(Object value) {
    return switch (value) {
      case Object[] array -> Arrays.asList(array);
      case List<?> list -> list;
      default -> null;
    };
  }

  private static boolean isLayer(Object value) {
    Class<?> type = value.getClass();
    return type.isAnnotationPresent(Layer.class) || type.isAnnotationPresent(Model.class);
  }

  /** The field whose elements stand directly under a layer's path; empty for none. */
  private static String elementsField(Object owner) {
    Layer layer = owner.getClass().getAnnotation(Layer.class);
    return layer == null ? "" : layer.elements();
  }

  /** One step down the path. */
  private static Object step(Object owner, String step, String name) {
    List<?> parts = parts(owner);
    Object next;
    if (parts != null) {
      int index = step.chars().allMatch(Character::isDigit) ? Integer.parseInt(step) : -1;
      next = index >= 0 && index < parts.size() ? parts.get(index) : null;
    } else if (!elementsField(owner).isEmpty() && Character.isDigit(step.charAt(0))) {
      return step(step(owner, elementsField(owner), name), step, name);
    } else {
      Field field = field(owner.getClass(), step);
      next = field == null ? null : read(field, owner);
    }
    if (next == null) {
      throw missing(owner, step, name);
    }
    return next;
  }

  private static void set(Object owner, String last, ParameterInfo parameter, float[] weights) {
    Field field = parts(owner) == null ? field(owner.getClass(), last) : null;
    if (field != null && field.getType() == Tensor.class && read(field, owner) == null) {
      int[] shape = parameter.shape().stream().mapToInt(Integer::intValue).toArray();
      write(field, owner, Ops.zeros(shape));
    }
    if (!(step(owner, last, parameter.name()) instanceof Tensor tensor)) {
      throw missing(owner, last, parameter.name());
    }
    requireShape(tensor, parameter);
    tensor.overwrite(weights, parameter.offset());
  }

  private static void requireShape(Tensor tensor, ParameterInfo parameter) {
    if (!Arrays.stream(tensor.dims()).boxed().toList().equals(parameter.shape())) {
      throw new IllegalArgumentException(
          parameter.name()
              + " is "
              + Shapes.text(tensor.dims())
              + " in the model object, but "
              + parameter.shape()
              + " came; was the model compiled from another version?");
    }
  }

  private static IllegalArgumentException missing(Object owner, String step, String name) {
    return new IllegalArgumentException(
        "there is no parameter "
            + name
            + ": "
            + owner.getClass().getSimpleName()
            + " has no "
            + step);
  }

  private static @Nullable Field field(Class<?> type, String name) {
    return fields(type).stream().filter(f -> f.getName().equals(name)).findFirst().orElse(null);
  }

  /** The fields of an object, those of its superclasses first. */
  private static List<Field> fields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    Class<?> parent = type.getSuperclass();
    if (parent != null && parent != Object.class) {
      fields.addAll(fields(parent));
    }
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
        fields.add(field);
      }
    }
    return fields;
  }

  private static @Nullable Object read(Field field, Object owner) {
    open(field);
    try {
      return field.get(owner);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot read " + field, e);
    }
  }

  private static void write(Field field, Object owner, Tensor value) {
    open(field);
    try {
      field.set(owner, value);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("cannot write " + field, e);
    }
  }

  private static void open(Field field) {
    try {
      field.setAccessible(true);
    } catch (InaccessibleObjectException e) {
      Class<?> type = field.getDeclaringClass();
      throw new IllegalStateException(
          "the weights of a "
              + type.getSimpleName()
              + " object lie in its fields, which module "
              + type.getModule().getName()
              + " keeps closed; write `opens "
              + type.getPackageName()
              + " to "
              + EagerWeights.class.getModule().getName()
              + ";` in its module-info.java",
          e);
    }
  }
}
