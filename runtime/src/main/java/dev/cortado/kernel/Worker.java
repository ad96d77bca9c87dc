package dev.cortado.kernel;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A thread of the {@link Team} and its one-place mailbox. It spins for its next part for a while,
 * since in a running network that comes within microseconds, and then parks.
 */
final class Worker implements Runnable {
  private static final long SPIN_NANOS = 100_000;
  private static final int SPINS_PER_LOOK = 64;

  private static final int IDLE = 0;
  private static final int READY = 1;
  private static final int STOPPED = 2;

  private final Thread thread;
  // What is to be done; published by state turning READY, handed back by its turning IDLE.
  private @Nullable RangeTask task;
  private int from;
  private int to;
  private @Nullable Throwable failure;
  private volatile int state = IDLE;
  private volatile boolean parked;

  private Worker(int number) {
    thread = new Thread(this, "cortado-" + number);
    thread.setDaemon(true);
  }

  static Worker hire(int number) {
    Worker worker = new Worker(number);
    worker.thread.start();
    return worker;
  }

  /** Hands over a part; the worker must be idle. */
  void start(RangeTask next, int first, int last) {
    task = next;
    from = first;
    to = last;
    send(READY);
  }

  void stop() {
    send(STOPPED);
  }

  private void send(int next) {
    state = next;
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  /** Waits for the end of the part handed over and returns what it threw. */
  @SuppressWarnings("ThreadPriorityCheck") // a hint only: without it, parts are done all the same
  @Nullable Throwable await() {
    for (int spins = 0; state == READY; spins++) {
      // With more threads than processors the worker may need ours.
      if (spins < SPINS_PER_LOOK * 64) {
        Thread.onSpinWait();
      } else {
        Thread.yield();
      }
    }
    Throwable thrown = failure;
    failure = null;
    return thrown;
  }

  @Override
  public void run() {
    while (true) {
      int next = next();
      if (next == STOPPED) {
        return;
      }
      RangeTask current = task;
      task = null;
      try {
        if (current != null) {
          current.run(from, to);
        }
      } catch (Throwable e) { // handed to the caller
        failure = e;
      }
      state = IDLE;
    }
  }

  /** Waits for something to do. */
  private int next() {
    long start = System.nanoTime();
    while (true) {
      for (int i = 0; i < SPINS_PER_LOOK; i++) {
        int seen = state;
        if (seen != IDLE) {
          return seen;
        }
        Thread.onSpinWait();
      }
      if (System.nanoTime() - start > SPIN_NANOS) {
        parked = true;
        while (state == IDLE) {
          LockSupport.park(this);
        }
        parked = false;
        start = System.nanoTime();
      }
    }
  }
}
