package dev.cortado.processor;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Adds up the time that each phase takes, for {@code -Acortado.time=true}. */
final class PhaseClock {
  private final Map<String, Long> nanoseconds = new LinkedHashMap<>();

  <T> T time(String phase, Supplier<T> work) {
    long start = System.nanoTime();
    try {
      return work.get();
    } finally {
      nanoseconds.merge(phase, System.nanoTime() - start, Long::sum);
    }
  }

  /** {@code 171 ms: signatures 4 ms, analysis 139 ms, …}. */
  String report() {
    long total = nanoseconds.values().stream().mapToLong(Long::longValue).sum();
    return milliseconds(total)
        + nanoseconds.entrySet().stream()
            .map(e -> e.getKey() + " " + milliseconds(e.getValue()))
            .collect(Collectors.joining(", ", ": ", ""));
  }

  private static String milliseconds(long nanoseconds) {
    return Math.round(nanoseconds / 1e6) + " ms";
  }
}
