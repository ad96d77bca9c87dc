package dev.cortado.conformance;

import dev.cortado.Tensor;
import dev.cortado.annotation.Layer;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;

/** A model object run as the plain Java it is, its parameters reached by their names. */
final class EagerModel {
  private final Object model;

  EagerModel(Class<?> type) throws ReflectiveOperationException {
    model = type.getDeclaredConstructor().newInstance();
  }

  Tensor call(String method, Object... arguments) throws ReflectiveOperationException {
    Method found =
        Arrays.stream(model.getClass().getDeclaredMethods())
            .filter(declared -> declared.getName().equals(method))
            .findFirst()
            .orElseThrow();
    found.setAccessible(true);
    try {
      return (Tensor) found.invoke(model, arguments);
    } catch (InvocationTargetException thrown) {
      throw new AssertionError(method + " of " + model.getClass().getName(), thrown.getCause());
    }
  }

  /** Replaces the parameter that a path of fields leads to, {@code stack.0.weight}. */
  void set(String path, Tensor value) throws ReflectiveOperationException {
    Object holder = model;
    String[] steps = path.split("\\.", -1);
    for (int i = 0; i < steps.length - 1; i++) {
      holder = step(holder, steps[i]);
    }
    Field field = field(holder, steps[steps.length - 1]);
    Tensor before = (Tensor) field.get(holder);
    if (before == null || !Arrays.equals(before.shape(), value.shape())) {
      throw new AssertionError(path + " is " + before + ", PyTorch's is " + value);
    }
    field.set(holder, value);
  }

  private static Object step(Object holder, String name) throws ReflectiveOperationException {
    if (Character.isDigit(name.charAt(0))) {
      Layer layer = holder.getClass().getAnnotation(Layer.class);
      Object elements = layer == null ? holder : field(holder, layer.elements()).get(holder);
      return ((List<?>) elements).get(Integer.parseInt(name));
    }
    return field(holder, name).get(holder);
  }

  private static Field field(Object holder, String name) throws ReflectiveOperationException {
    Field field = holder.getClass().getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
