package dev.cortado.benchmarks.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleSupplier;

/** What a process takes, as Linux says. */
final class Memory {
  private static final int SECONDS_AFTER = 12;

  private Memory() {}

  /**
   * Predicts so often, then, as a service goes on, a hundred times a second for {@value
   * #SECONDS_AFTER} seconds more, and prints the resident kilobytes, if it predicts at all. HotSpot
   * gives back what compiling took every five seconds.
   */
  static void serve(DoubleSupplier prediction, int times) {
    if (times == 0) {
      return;
    }
    double sum = 0;
    for (int i = 0; i < times; i++) {
      sum += prediction.getAsDouble();
    }
    System.out.println("peak " + residentKilobytes());
    for (int i = 0; i < 100 * SECONDS_AFTER; i++) {
      sum += prediction.getAsDouble();
      pause();
    }
    System.out.println("sum " + sum);
    System.out.println("resident " + residentKilobytes());
  }

  private static void pause() {
    try {
      Thread.sleep(10);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static long residentKilobytes() {
    try {
      for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("[^0-9]", ""));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException("no VmRSS in /proc/self/status");
  }
}
