package dev.cortado.tornado;

import java.lang.reflect.InvocationTargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * TornadoVM seen by reflection: which devices there are, or why there are none. Asked once; it
 * fails in static initialisers, so that only the first failure says why.
 */
final class TornadoPlatform {
  private static final String API = "uk.ac.manchester.tornado.api.";

  /** Read by TornadoVM when it starts: a kernel that does not compile must be an error. */
  private static final String RECOVER = "tornado.recover.bailout";

  /**
   * Read by TornadoVM when it starts: bytes for the instructions of one graph. Its 4,096 are short
   * of 64 tasks with the arrays that ours take.
   */
  private static final String GRAPH_BYTES = "tornado.tvm.maxbytecodesize";

  /**
   * Read by TornadoVM when it starts: what it takes of a device at most. Its 4 GB are little of a
   * large GPU, and what a session needs is compared with what the device has.
   */
  private static final String MOST_MEMORY = "tornado.device.memory";

  private static final String FLAGS =
      "start java with @$TORNADOVM_HOME/tornado-argfile (in Maven: <argLine> of surefire)";

  private static @Nullable List<Device> devices;
  private static @Nullable DeviceException failure;

  private TornadoPlatform() {}

  static synchronized List<Device> devices() {
    List<Device> found = devices;
    if (found == null) {
      if (failure == null) {
        probe();
      }
      found = devices;
    }
    if (found != null) {
      return found;
    }
    DeviceException why = Objects.requireNonNull(failure);
    throw new DeviceException(String.valueOf(why.getMessage()), why);
  }

  static boolean isPresent(String name) {
    try {
      return Class.forName(name, false, TornadoPlatform.class.getClassLoader()) != null;
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static void probe() {
    String recover = System.getProperty(RECOVER);
    if (recover != null && !recover.equalsIgnoreCase("false")) {
      failure =
          new DeviceException(
              "-D%s=%s lets TornadoVM run kernels that do not compile as sequential Java, with wrong"
                      .formatted(RECOVER, recover)
                  + " results; leave the option out, or set it to False");
      return;
    }
    System.setProperty(RECOVER, "False");
    if (System.getProperty(GRAPH_BYTES) == null) {
      System.setProperty(GRAPH_BYTES, "65536");
    }
    if (System.getProperty(MOST_MEMORY) == null) {
      System.setProperty(MOST_MEMORY, "1024GB");
    }
    try {
      devices = list(Class.forName(API + "TornadoExecutionPlan"));
    } catch (ClassNotFoundException e) {
      failure =
          new DeviceException(
              "TornadoVM's API is not on the class path: add"
                  + " $TORNADOVM_HOME/share/java/tornado/* and "
                  + FLAGS,
              e);
    } catch (InvocationTargetException e) {
      failure = explain(e.getCause() == null ? e : e.getCause());
    } catch (ReflectiveOperationException e) {
      failure =
          new DeviceException(
              "this TornadoVM's API is not the one that Cortado knows (5.2): " + e.getMessage(), e);
    } catch (LinkageError e) {
      failure = explain(e);
    }
  }

  /** What TornadoVM throws, in words: the outermost exceptions say little. */
  static DeviceException explain(Throwable thrown) {
    String kind = thrown.getClass().getSimpleName();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      kind = t.getClass().getSimpleName();
    }
    String advice =
        switch (kind) {
          case "TornadoAPIException", "TornadoRuntimeException" ->
              "TornadoVM could not load its runtime; " + FLAGS;
          case "TornadoBailoutRuntimeException" ->
              "TornadoVM found no driver for its backend; install the GPU's OpenCL or CUDA driver, or"
                  + " PoCL for the CPU, or an SDK with another backend";
          default ->
              "TornadoVM did not start; check TORNADOVM_HOME and that it is for this JDK, and "
                  + FLAGS;
        };
    return DeviceException.because(advice, thrown);
  }

  private static List<Device> list(Class<?> plan) throws ReflectiveOperationException {
    Object map = plan.getMethod("getTornadoDeviceMap").invoke(null);
    List<Device> found = new ArrayList<>();
    List<?> backends = (List<?>) call(map, "TornadoDeviceMap", "getAllBackends");
    for (int i = 0; i < backends.size(); i++) {
      Object backend = backends.get(i);
      String name = String.valueOf(call(backend, "TornadoBackend", "getBackendType"));
      List<?> all = (List<?>) call(backend, "TornadoBackend", "getAllDevices");
      for (int k = 0; k < all.size(); k++) {
        found.add(device(i, k, name, all.get(k)));
      }
    }
    return List.copyOf(found);
  }

  private static Device device(int backend, int index, String backendName, Object device)
      throws ReflectiveOperationException {
    Object physical = call(device, "common.TornadoDevice", "getPhysicalDevice");
    String type = String.valueOf(call(device, "common.TornadoDevice", "getDeviceType"));
    return new Device(
        backend,
        index,
        String.valueOf(call(physical, "TornadoTargetDevice", "getDeviceName")).strip(),
        switch (type.toUpperCase(Locale.ROOT)) {
          case "GPU" -> Device.Kind.GPU;
          case "CPU" -> Device.Kind.CPU;
          default -> Device.Kind.OTHER;
        },
        backendName,
        (long) call(physical, "TornadoTargetDevice", "getDeviceGlobalMemorySize"),
        (long) call(physical, "TornadoTargetDevice", "getDeviceMaxAllocationSize"),
        (int) call(physical, "TornadoTargetDevice", "getDeviceMaxComputeUnits"),
        driver(device));
  }

  private static String driver(Object device) {
    try {
      return String.valueOf(call(device, "common.TornadoDevice", "getDeviceOpenCLCVersion"));
    } catch (ReflectiveOperationException | RuntimeException e) {
      return "";
    }
  }

  /** Calls a method by the public type that declares it: the object's own class may be hidden. */
  private static Object call(Object on, String type, String method)
      throws ReflectiveOperationException {
    Object result =
        Class.forName(API + type, true, on.getClass().getClassLoader())
            .getMethod(method)
            .invoke(on);
    if (result == null) {
      throw new NoSuchMethodException(type + "." + method + " returned null");
    }
    return result;
  }
}
