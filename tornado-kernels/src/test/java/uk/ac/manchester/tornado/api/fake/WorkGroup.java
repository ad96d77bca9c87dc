package uk.ac.manchester.tornado.api.fake;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** Work items that share local memory and wait for each other. */
public final class WorkGroup {
  /** For the context that a host makes: it is in no group. */
  public static final WorkGroup NONE = new WorkGroup(0, 1, 1);

  private final int number;
  private final int groups;
  private final int items;
  private final CyclicBarrier barrier;
  private final Map<Integer, float[]> arrays = new HashMap<>();

  WorkGroup(int number, int groups, int items) {
    this.number = number;
    this.groups = groups;
    this.items = items;
    this.barrier = new CyclicBarrier(items);
  }

  public int number() {
    return number;
  }

  public int groups() {
    return groups;
  }

  public int items() {
    return items;
  }

  /** The group's array for the allocation that is its {@code i}-th; holds garbage at first. */
  public synchronized float[] array(int i, int size) {
    float[] array =
        arrays.computeIfAbsent(
            i,
            x -> {
              float[] fresh = new float[size];
              Arrays.fill(fresh, Float.NaN);
              return fresh;
            });
    if (array.length != size) {
      throw new TornadoRuntimeException("items of a group allocate different local arrays");
    }
    return array;
  }

  public void await() {
    try {
      barrier.await();
    } catch (BrokenBarrierException e) {
      throw new TornadoRuntimeException("another item of the group failed or left early", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TornadoRuntimeException("interrupted", e);
    }
  }

  /** An item is done: whoever still waits for it waits in vain. */
  void breakBarrier() {
    barrier.reset();
  }
}
