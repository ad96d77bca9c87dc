package uk.ac.manchester.tornado.api.fake;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import uk.ac.manchester.tornado.api.KernelContext;
import uk.ac.manchester.tornado.api.WorkerGrid;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/**
 * A task: its code, what it was given, and what its bytecode says about it.
 *
 * @param accesses what it does with each parameter
 */
public record Kernel(
    String id, Consumer<Object[]> code, List<Object> arguments, List<Access> accesses) {

  public static Kernel of(
      String id, Serializable lambda, Consumer<Object[]> code, Object... arguments) {
    return new Kernel(
        id, code, List.of(arguments), KernelCode.of(lambda).check(arguments.length).accesses());
  }

  /** A library's: what it does with its arguments is said, not seen. */
  public static Kernel ofLibrary(
      String id,
      Consumer<Object[]> code,
      List<Object> arguments,
      List<uk.ac.manchester.tornado.api.common.Access> accesses) {
    return new Kernel(
        id, code, arguments, accesses.stream().map(a -> Access.valueOf(a.name())).toList());
  }

  boolean inGroups() {
    return arguments.stream().anyMatch(a -> a instanceof KernelContext);
  }

  /**
   * Runs it.
   *
   * @param values arguments as on the device
   */
  void run(Object[] values, WorkerGrid grid) {
    if (!inGroups()) {
      code.accept(values);
      return;
    }
    if (grid == null) {
      throw new TornadoRuntimeException(
          "kernel " + id + " uses a context but has no grid: one thread would run it");
    }
    long local = grid.getLocalWork()[0];
    long global = grid.getGlobalWork()[0];
    if (global % local != 0) {
      throw new TornadoRuntimeException("global work is no multiple of local work in " + id);
    }
    int groups = (int) (global / local);
    for (int g = 0; g < groups; g++) {
      run(values, new WorkGroup(g, groups, (int) local));
    }
  }

  private void run(Object[] values, WorkGroup group) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < group.items(); i++) {
      Object[] own = Arrays.copyOf(values, values.length);
      for (int k = 0; k < own.length; k++) {
        if (own[k] instanceof KernelContext) {
          own[k] = new KernelContext(group, i);
        }
      }
      threads.add(
          Thread.startVirtualThread(
              () -> {
                try {
                  code.accept(own);
                } catch (RuntimeException | Error e) {
                  failure.compareAndSet(null, e);
                  group.breakBarrier();
                }
              }));
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new TornadoRuntimeException("interrupted", e);
      }
    }
    if (failure.get() != null) {
      throw new TornadoRuntimeException("kernel " + id + " failed", failure.get());
    }
  }
}
