package dev.cortado.compiler.tornado;

import dev.cortado.compiler.emit.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The kernels of a network and their names. Tasks whose kernels would read the same share one: a
 * forward pass is printed once for prediction, evaluation and training.
 *
 * <p>All names begin with {@code task}: a kernel called like a function or word of OpenCL or CUDA
 * ({@code local}, {@code exp}) does not compile there, or worse.
 */
final class TaskNames {
  private final Names names = new Names();
  private final Map<Task.Text, String> known = new HashMap<>();
  private final List<Task> kernels = new ArrayList<>();

  TaskNames(List<Task> tasks) {
    for (Task task : tasks) {
      if (!known.containsKey(task.text())) {
        known.put(task.text(), names.unique(capital(task.name())));
        kernels.add(task);
      }
    }
  }

  private static String capital(String wish) {
    String name = Names.identifier(wish);
    return "task" + Character.toUpperCase(name.charAt(0)) + name.substring(1);
  }

  /** One task for each kernel, in the order in which they are first needed. */
  List<Task> kernels() {
    return kernels;
  }

  /** The name of a task's kernel. */
  String of(Task task) {
    return Objects.requireNonNull(known.get(task.text()));
  }
}
