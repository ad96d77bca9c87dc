package dev.cortado.compiled;

import dev.cortado.tornado.DeviceException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;

/** Looks at the class file of a network's kernels, as TornadoVM will. */
final class KernelClass {
  private KernelClass() {}

  /**
   * TornadoVM reads the class file again, through the system's class loader, and in it the names of
   * local variables; it fails with a null pointer where there are none.
   *
   * @throws DeviceException when the class file is not where TornadoVM reads it, or the kernels
   *     were compiled without those names
   */
  static void require(Class<?> network) {
    String file = network.getName().replace('.', '/') + "$Kernels.class";
    try (InputStream in = ClassLoader.getSystemResourceAsStream(file)) {
      if (in == null) {
        throw new DeviceException(
            network.getName()
                + " is not on the class path that java was started with, from which TornadoVM reads "
                + file
                + "; name its folder or jar in -cp");
      }
      if (!hasLocals(in.readAllBytes())) {
        throw new DeviceException(
            network.getName()
                + " was compiled without -g, which TornadoVM needs to compile its kernels; compile it"
                + " with javac -g (in Maven: <debug>true</debug>, the default)");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
