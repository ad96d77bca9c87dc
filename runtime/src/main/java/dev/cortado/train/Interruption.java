package dev.cortado.train;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets a run end cleanly when the process is asked to end, by Ctrl-C or SIGTERM: the step that runs
 * is finished and a checkpoint is saved before the JVM goes.
 */
final class Interruption {
  private static final int PATIENCE_SECONDS = 60;

  private final CountDownLatch ended = new CountDownLatch(1);
  private final Thread hook;

  Interruption(Run run) {
    hook =
        new Thread(
            () -> {
              run.stop("interrupted");
              awaitEnd();
            },
            "cortado-interruption");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void awaitEnd() {
    try {
      if (!ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        System.err.println(
            "The training step did not end within "
                + PATIENCE_SECONDS
                + " seconds; the checkpoints before it are whole.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** The run is over. */
  void end() {
    ended.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is already on its way out: the hook has just been released.
      return;
    }
  }
}
