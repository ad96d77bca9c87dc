package dev.cortado.benchmarks.kernel;

import java.util.List;

/**
 * What JMH measured.
 *
 * @param benchmark simple name of the class
 * @param contestant name of the method
 * @param parameters in alphabetic order of their names
 * @param median of the iterations' average times, in nanoseconds
 */
public record KernelResult(
    String benchmark,
    String contestant,
    List<String> parameters,
    int threads,
    double median,
    double min,
    double max) {
  /** Whether another result is of the same contestant at the same work. */
  boolean sameKernel(KernelResult other) {
    return benchmark.equals(other.benchmark)
        && contestant.equals(other.contestant)
        && parameters.equals(other.parameters)
        && threads == other.threads;
  }
}
