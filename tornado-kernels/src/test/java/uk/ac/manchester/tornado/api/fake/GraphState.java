package uk.ac.manchester.tornado.api.fake;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.enums.DataTransferMode;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * One task graph and its buffers on the device. Follows TornadoVM 5.2.0: {@code
 * TornadoGraphBuilder} for what is copied, {@code TornadoTaskGraph.updatePersistedObjectState} for
 * what one graph takes over from the one that ran before it.
 */
public final class GraphState {
  private static final int MOST_TASKS = 256;

  private final String name;
  private final List<Kernel> kernels = new ArrayList<>();
  private final Set<String> ids = new HashSet<>();
  private final Map<Object, DeviceBuffer> buffers = new IdentityHashMap<>();
  private final Set<Object> consumed = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Object> everyTime = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Object> once = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Object> persisted = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Set<Object> outEveryTime = Collections.newSetFromMap(new IdentityHashMap<>());

  public GraphState(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  public void add(Kernel kernel) {
    if (!ids.add(kernel.id())) {
      throw new TornadoRuntimeException("two tasks " + kernel.id() + " in " + name);
    }
    if (kernels.size() == MOST_TASKS) {
      throw new TornadoRuntimeException("more than " + MOST_TASKS + " tasks in " + name);
    }
    kernels.add(kernel);
  }

  /** Bytes of TornadoVM's instructions, with a dependency for every argument. */
  void compile() {
    int arrays = buffers().size();
    int arguments = kernels.stream().mapToInt(k -> k.arguments().size()).sum();
    int bytes = 60 * arrays + 33 * kernels.size() + 10 * arguments;
    if (bytes > Integer.getInteger("tornado.tvm.maxbytecodesize", 4096)) {
      throw new TornadoRuntimeException(
          "[ERROR] Buffer Overflow exception. To increase the buffer size, use"
              + " -Dtornado.tvm.maxbytecodesize="
              + bytes);
    }
  }

  private Set<Object> buffers() {
    Set<Object> all = Collections.newSetFromMap(new IdentityHashMap<>());
    kernels.forEach(k -> all.addAll(k.arguments()));
    return all;
  }

  List<String> taskNames() {
    return kernels.stream().map(k -> name + "." + k.id()).toList();
  }

  public void transferToDevice(int mode, Object array) {
    if (mode == DataTransferMode.EVERY_EXECUTION) {
      everyTime.add(array);
    } else {
      once.add(array);
    }
  }

  public void consume(String graph, Object array) {
    consumed.add(array);
  }

  public void transferToHost(int mode, Object array) {
    if (mode == DataTransferMode.UNDER_DEMAND) {
      persisted.add(array);
    } else {
      outEveryTime.add(array);
    }
  }

  private boolean isKnown(Object array) {
    return consumed.contains(array)
        || everyTime.contains(array)
        || once.contains(array)
        || persisted.contains(array)
        || outEveryTime.contains(array);
  }

  void execute(GraphState last, GridScheduler grids) {
    if (kernels.isEmpty()) {
      throw new TornadoRuntimeException("no task in " + name);
    }
    if (last != null) {
      // Whatever the last graph has; when it has none, what was here is lost.
      for (Object array : consumed) {
        DeviceBuffer handed = last.buffers.get(array);
        if (handed == null) {
          buffers.remove(array);
        } else {
          buffers.put(array, handed);
        }
      }
    } else if (!consumed.isEmpty()) {
      throw new TornadoRuntimeException("the first graph, " + name + ", takes over buffers");
    }
    Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Kernel kernel : kernels) {
      Object[] values = new Object[kernel.arguments().size()];
      for (int i = 0; i < values.length; i++) {
        Object argument = kernel.arguments().get(i);
        values[i] = argument instanceof KernelContext ? argument : value(kernel, i, argument, seen);
      }
      kernel.run(values, grids.get(name + "." + kernel.id()));
    }
    outEveryTime.forEach(this::read);
    buffers.keySet().retainAll(persisted);
  }

  private Object value(Kernel kernel, int i, Object argument, Set<Object> seen) {
    if (argument instanceof Number) {
      return argument;
    }
    if (!isKnown(argument)) {
      throw new TornadoRuntimeException(
          "argument " + i + " of " + name + "." + kernel.id() + " is in no list of arrays");
    }
    if (seen.add(argument)) {
      enter(kernel.accesses().get(i), argument, kernel);
    }
    return buffers.get(argument).array();
  }

  /** An array's first use in this graph. */
  private void enter(Access access, Object array, Kernel kernel) {
    DeviceBuffer there = buffers.get(array);
    if (consumed.contains(array)) {
      if (there == null) {
        throw new TornadoRuntimeException(
            name + "." + kernel.id() + " takes over an array that the last graph did not have");
      }
    } else if (access == Access.WRITE_ONLY) {
      if (there == null) {
        buffers.put(array, DeviceBuffer.garbage(array));
      }
    } else if (everyTime.contains(array) || there == null) {
      DeviceBuffer fresh = there == null ? DeviceBuffer.garbage(array) : there;
      if (everyTime.contains(array) || once.contains(array)) {
        fresh.write(array);
      }
      buffers.put(array, fresh);
    }
  }

  void free() {
    buffers.clear();
  }

  void collect(Set<DeviceBuffer> all) {
    all.addAll(buffers.values());
  }

  /** Copies an array to the host. */
  public void read(Object array) {
    if (!isKnown(array)) {
      throw new TornadoRuntimeException(name + " does not know the array that is asked for");
    }
    DeviceBuffer buffer = buffers.get(array);
    if (buffer == null) {
      throw new TornadoRuntimeException(name + " has no buffer for the array that is asked for");
    }
    buffer.read(array);
  }
}
