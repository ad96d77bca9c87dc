package dev.cortado;

import dev.cortado.annotation.Layer;
import java.lang.StackWalker.StackFrame;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees every eager tensor that a thread makes, rounds it to single precision, as a generated
 * network computes, and notes those that are not finite.
 */
final class FiniteWatch {
  private static final ThreadLocal<@Nullable FiniteWatch> CURRENT = new ThreadLocal<>();
  private static final StackWalker STACK =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  private final Map<Tensor, String> learned = new IdentityHashMap<>();
  private final List<Origin> found = new ArrayList<>();
  private @Nullable Origin largest;
  private int made;
  private @Nullable Tensor lastUsed;
  private @Nullable Class<?> usedIn;

  private FiniteWatch() {}

  /** Runs something; {@code parameters} name the layers it uses. */
  static FiniteWatch over(Map<String, Tensor> parameters, Runnable run) {
    FiniteWatch watch = new FiniteWatch();
    parameters.forEach((name, tensor) -> watch.learned.put(tensor, name));
    mark(parameters.values(), true);
    CURRENT.set(watch);
    try {
      run.run();
    } finally {
      CURRENT.remove();
      mark(parameters.values(), false);
    }
    return watch;
  }

  /** What is not finite, in order. */
  List<Origin> found() {
    return List.copyOf(found);
  }

  /** The finite value of the largest magnitude. */
  Optional<Origin> largest() {
    return Optional.ofNullable(largest);
  }

  private static void mark(Collection<Tensor> tensors, boolean on) {
    tensors.forEach(tensor -> tensor.watch(on));
  }

  /** A tensor of these values is made. */
  static void made(double[] values) {
    FiniteWatch watch = CURRENT.get();
    if (watch != null) {
      watch.look(values);
    }
  }

  /** A watched parameter is read. */
  static void used(Tensor parameter) {
    FiniteWatch watch = CURRENT.get();
    if (watch != null && !parameter.equals(watch.lastUsed)) {
      watch.lastUsed = parameter;
      watch.usedIn = STACK.walk(frames -> layer(frames.toList()));
    }
  }

  private void look(double[] values) {
    int number = made++;
    double first = 0;
    double most = 0;
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) values[i];
      if (!Double.isFinite(values[i])) {
        first = Double.isFinite(first) ? values[i] : first;
      } else if (Math.abs(values[i]) > Math.abs(most)) {
        most = values[i];
      }
    }
    if (!Double.isFinite(first)) {
      found.add(origin(number, first));
    }
    if (largest == null || Math.abs(most) > Math.abs(largest.value())) {
      largest = origin(number, most);
    }
  }

  private Origin origin(int number, double value) {
    List<StackFrame> frames = STACK.walk(stack -> stack.toList());
    Class<?> layer = layer(frames);
    return new Origin(
        number,
        operation(frames),
        layer == null ? "" : name(layer),
        frames.stream().filter(FiniteWatch::isUsers).findFirst().map(this::place).orElse("?"),
        value);
  }

  private String place(StackFrame frame) {
    return frame.getFileName() + ":" + frame.getLineNumber();
  }

  /** A parameter last read in a layer of this class tells which of them it is. */
  private String name(Class<?> layer) {
    String parameter = lastUsed == null ? null : learned.get(lastUsed);
    return parameter != null && layer == usedIn && parameter.contains(".")
        ? parameter.substring(0, parameter.lastIndexOf('.'))
        : layer.getSimpleName();
  }

  private static @Nullable Class<?> layer(List<StackFrame> frames) {
    for (StackFrame frame : frames) {
      if (frame.getDeclaringClass().isAnnotationPresent(Layer.class)) {
        return frame.getDeclaringClass();
      }
    }
    return null;
  }

  /** The method of Ops that the user or a layer called, which may have called others. */
  private static String operation(List<StackFrame> frames) {
    String operation = "a tensor";
    for (StackFrame frame : frames) {
      if (frame.getDeclaringClass().isAssignableFrom(Ops.class)) {
        operation = frame.getMethodName();
      } else if (!frame.getDeclaringClass().getPackage().equals(Ops.class.getPackage())) {
        break;
      }
    }
    return operation;
  }

  /** Whether a frame is the user's: neither the library's nor the JDK's. */
  private static boolean isUsers(StackFrame frame) {
    String in = frame.getDeclaringClass().getPackageName();
    return !in.equals("dev.cortado") && !in.equals("dev.cortado.nn") && !in.startsWith("java.");
  }
}
