package dev.cortado.compiled;

import dev.cortado.tornado.DeviceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import org.jspecify.annotations.Nullable;

/** Looks at the class file of a network's kernels, as TornadoVM will. */
final class KernelClass {
  private KernelClass() {}

  /**
   * TornadoVM reads the names of local variables, and fails with a null pointer where there are
   * none.
   *
   * @throws DeviceException when the kernels were compiled without them
   */
  static void requireLocals(Class<?> network) {
    String name = network.getName() + "$Kernels";
    try (InputStream in = stream(network, name.replace('.', '/') + ".class")) {
      if (in != null && !hasLocals(in.readAllBytes())) {
        throw new DeviceException(
            network.getName()
                + " was compiled without -g, which TornadoVM needs to compile its kernels; compile it"
                + " with javac -g (in Maven: <debug>true</debug>, the default)");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static @Nullable InputStream stream(Class<?> network, String file) {
    ClassLoader loader = network.getClassLoader();
    return loader == null ? null : loader.getResourceAsStream(file);
  }

  static boolean hasLocals(byte[] bytes) {
    ClassModel model = ClassFile.of().parse(bytes);
    return model.methods().stream()
        .filter(m -> m.methodName().stringValue().startsWith("task"))
        .allMatch(
            m ->
                m.code().isEmpty()
                    || m.code().get().findAttribute(Attributes.localVariableTable()).isPresent());
  }
}
