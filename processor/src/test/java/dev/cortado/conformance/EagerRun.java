package dev.cortado.conformance;

import dev.cortado.IntTensor;
import dev.cortado.Labels;
import dev.cortado.ParameterInfo;
import dev.cortado.Tensor;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A model object run as the plain Java it is, with parameters set in double precision. */
final class EagerRun {
  private final Object model;
  private final List<ParameterInfo> parameters;

  /**
   * @param model from {@code Network.eager()}
   */
  EagerRun(Object model, List<ParameterInfo> parameters) {
    this.model = model;
    this.parameters = parameters;
  }

  /** A fresh object of a model class, whose parameters are set by name. */
  static EagerRun ofNew(Class<?> type) throws ReflectiveOperationException {
    return new EagerRun(type.getDeclaredConstructor().newInstance(), List.of());
  }

  /**
   * Sets all parameters from one array, laid out as {@code Network.weights()}, starting at {@code
   * from}.
   */
  void setParameters(double[] values, int from) {
    for (ParameterInfo p : parameters) {
      int start = from + p.offset();
      set(
          p.name(),
          Tensor.of(
              Arrays.copyOfRange(values, start, start + p.count()),
              p.shape().stream().mapToInt(Integer::intValue).toArray()));
    }
  }

  /** Runs {@code forward}. */
  List<Tensor> forward(List<Object> inputs) {
    Object result = call("forward", inputs);
    if (result instanceof Tensor t) {
      return List.of(t);
    }
    List<Tensor> outputs = new ArrayList<>();
    for (RecordComponent c : result.getClass().getRecordComponents()) {
      try {
        Method accessor = c.getAccessor();
        accessor.setAccessible(true);
        outputs.add((Tensor) accessor.invoke(result));
      } catch (ReflectiveOperationException e) {
        throw new AssertionError(e);
      }
    }
    return outputs;
  }

  /** Runs {@code loss} on outputs and targets. */
  double loss(List<Tensor> outputs, List<Object> targets) {
    List<Object> arguments = new ArrayList<>(outputs);
    arguments.addAll(targets);
    return ((Tensor) call("loss", arguments)).item();
  }

  static Object tensor(ModelCase.Data data, double[] values, int from, int[] ints, int[] dims) {
    return switch (data.kind()) {
      case FLOAT -> {
        int count = Arrays.stream(dims).reduce(1, (a, b) -> a * b);
        yield Tensor.of(Arrays.copyOfRange(values, from, from + count), dims);
      }
      case INT -> IntTensor.of(ints, dims);
      case LABEL -> Labels.of(ints, dims);
    };
  }

  private Object call(String name, List<Object> arguments) {
    for (Method m : model.getClass().getDeclaredMethods()) {
      if (m.getName().equals(name) && m.getParameterCount() == arguments.size()) {
        try {
          m.setAccessible(true);
          return m.invoke(model, arguments.toArray());
        } catch (ReflectiveOperationException e) {
          throw new AssertionError(
              name + " of " + model.getClass() + " failed",
              e.getCause() == null ? e : e.getCause());
        }
      }
    }
    throw new AssertionError("no method " + name + " in " + model.getClass());
  }

  /** Replaces the parameter that a path of fields leads to, {@code stack.0.weight}. */
  void set(String path, Tensor value) {
    String[] steps = path.split("\\.");
    Object at = model;
    for (int i = 0; i < steps.length - 1; i++) {
      at = child(at, steps[i]);
    }
    try {
      Field field = field(at.getClass(), steps[steps.length - 1]);
      if (!(field.get(at) instanceof Tensor before)
          || !Arrays.equals(before.shape(), value.shape())) {
        throw new AssertionError(path + " is " + field.get(at) + ", but is set to " + value);
      }
      field.set(at, value);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("cannot set " + path, e);
    }
  }

  private static Object child(Object at, String step) {
    try {
      if (at instanceof List<?> list) {
        return list.get(Integer.parseInt(step));
      }
      if (at.getClass().isArray()) {
        return Array.get(at, Integer.parseInt(step));
      }
      if (Character.isDigit(step.charAt(0))) {
        return child(onlySequence(at), step);
      }
      return field(at.getClass(), step).get(at);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("no " + step + " in " + at.getClass(), e);
    }
  }

  /** The list or array inside a container such as Sequential, whose children are named by index. */
  private static Object onlySequence(Object container) throws ReflectiveOperationException {
    for (Field f : container.getClass().getDeclaredFields()) {
      if (List.class.isAssignableFrom(f.getType()) || f.getType().isArray()) {
        f.setAccessible(true);
        return f.get(container);
      }
    }
    throw new NoSuchFieldException("a list or array in " + container.getClass());
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    for (Class<?> c = type; c != null; c = c.getSuperclass()) {
      for (Field f : c.getDeclaredFields()) {
        if (f.getName().equals(name) && !Modifier.isStatic(f.getModifiers())) {
          f.setAccessible(true);
          return f;
        }
      }
    }
    throw new NoSuchFieldException(name + " in " + type);
  }
}
