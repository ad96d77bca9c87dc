package dev.cortado.train;

import dev.cortado.Batch;
import dev.cortado.IntTensor;
import dev.cortado.Labels;
import dev.cortado.Network;
import dev.cortado.Port;
import dev.cortado.Tensor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A model object's {@code forward} and {@code loss} on a batch, as the plain Java they are. */
final class PlainRun implements Runnable {
  private final Object model;
  private final Method forward;
  private final Method loss;
  private final List<Object> inputs;
  private final List<Object> targets;

  PlainRun(Network net, Object model, Batch batch) throws NoSuchMethodException {
    this.model = model;
    this.inputs = tensors(net, net.inputs(), batch.inputs(), batch);
    this.targets = tensors(net, net.targets(), batch.targets(), batch);
    this.forward = method("forward", inputs.size());
    this.loss = method("loss", 1 + targets.size());
  }

  private Method method(String name, int parameters) throws NoSuchMethodException {
    for (Class<?> type = model.getClass(); type != null; type = type.getSuperclass()) {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals(name) && method.getParameterCount() == parameters) {
          method.setAccessible(true);
          return method;
        }
      }
    }
    throw new NoSuchMethodException(name + " of " + model.getClass());
  }

  private static List<Object> tensors(
      Network net, List<Port> ports, List<Object> arrays, Batch batch) {
    List<Object> tensors = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      int[] shape = Samples.shape(net, ports.get(i), batch);
      if (shape == null) {
        throw new IllegalArgumentException(
            "the size of " + ports.get(i).name() + " " + ports.get(i).shape() + " is not known");
      }
      shape[0] = batch.size();
      int count = Arrays.stream(shape).reduce(1, (a, b) -> a * b);
      tensors.add(
          switch (ports.get(i).kind()) {
            case FLOAT -> Tensor.of(Arrays.copyOf((float[]) arrays.get(i), count), shape);
            case INT -> IntTensor.of(Arrays.copyOf((int[]) arrays.get(i), count), shape);
            case LABEL -> Labels.of(Arrays.copyOf((int[]) arrays.get(i), count), shape);
          });
    }
    return tensors;
  }

  @Override
  public void run() {
    try {
      List<Object> arguments = new ArrayList<>();
      arguments.add(forward.invoke(model, inputs.toArray()));
      arguments.addAll(targets);
      loss.invoke(model, arguments.toArray());
    } catch (IllegalAccessException | InvocationTargetException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IllegalStateException(cause.toString(), cause);
    }
  }
}
