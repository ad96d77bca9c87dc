package dev.cortado.benchmarks.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Who used the processors while a race ran: two threads that wait for each other are slowed a
 * hundredfold by a third one, so times of a machine that others use say nothing.
 */
final class Processors {
  private static final double TICKS_PER_SECOND = 100;

  private final long start = System.nanoTime();
  private final double busy = busySeconds();
  private final double own = ownSeconds();

  /** Processors that others kept busy since this object was made, on average. */
  double others() {
    double elapsed = (System.nanoTime() - start) / 1e9;
    return Math.max(0, (busySeconds() - busy - ownSeconds() + own) / elapsed);
  }

  /** User, nice and system time of all processes. */
  private static double busySeconds() {
    String[] fields = read("/proc/stat").lines().findFirst().orElse("").split(" +", -1);
    return (Long.parseLong(fields[1]) + Long.parseLong(fields[2]) + Long.parseLong(fields[3]))
        / TICKS_PER_SECOND;
  }

  /** User and system time of this process; its name may hold blanks. */
  private static double ownSeconds() {
    String text = read("/proc/self/stat");
    String[] fields = text.substring(text.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
