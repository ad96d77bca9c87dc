package dev.cortado.compiler.tornado;

import dev.cortado.compiler.emit.Names;

/**
 * Names of kernels. All begin with {@code task}: a kernel called like a function or word of OpenCL
 * or CUDA ({@code local}, {@code exp}) does not compile there, or worse.
 */
final class TaskNames {
  private final Names names = new Names();

  String of(String wish) {
    String name = Names.identifier(wish);
    return names.unique("task" + Character.toUpperCase(name.charAt(0)) + name.substring(1));
  }
}
