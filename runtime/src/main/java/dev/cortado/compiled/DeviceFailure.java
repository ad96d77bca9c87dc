package dev.cortado.compiled;

import dev.cortado.tornado.Device;
import dev.cortado.tornado.DeviceException;

/** What TornadoVM throws while a program runs, in words. Called by generated code. */
public final class DeviceFailure {
  private DeviceFailure() {}

  /**
   * TornadoVM drops the reason when a task graph fails: it is asked to compile the graph once more,
   * which throws the reason itself.
   *
   * @param network whose program it is
   * @param device where it ran
   * @param again compiles the graph that failed
   */
  public static DeviceException of(
      String network, Device device, RuntimeException thrown, Runnable again) {
    Throwable reason = thrown;
    if (thrown.getClass().getSimpleName().equals("TornadoBailoutRuntimeException")) {
      try {
        again.run();
      } catch (RuntimeException | LinkageError | AssertionError e) {
        e.addSuppressed(thrown);
        reason = e;
      }
    }
    boolean memory = false;
    for (Throwable t = reason; t != null; t = t.getCause()) {
      String kind = t.getClass().getSimpleName();
      memory |= kind.equals("TornadoOutOfMemoryException") || kind.equals("TornadoMemoryException");
    }
    String what =
        memory
            ? "%s has not enough memory left for %%s: it has %,d bytes, and the sessions of this process"
                    .formatted(device, device.memory())
                + " need %,d of them; use a smaller batch, or close other sessions (and programs) on it"
                    .formatted(DeviceMemory.held(device))
            : "TornadoVM could not compile or run a task graph of %s; nothing was computed in its"
                + " place. The same network on the CPU still works; if the class path and the flags"
                + " are those of docs/gpu.md, please report the model with this message";
    return DeviceException.because(what.formatted(network), reason);
  }
}
