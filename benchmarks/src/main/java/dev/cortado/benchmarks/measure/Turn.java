package dev.cortado.benchmarks.measure;

/**
 * What a contestant did in one turn.
 *
 * @param steps made
 * @param perSecond steps a second, over the whole turn
 * @param median time of a step, in microseconds
 * @param p99 time that 99 of 100 steps do not exceed, in microseconds
 */
public record Turn(long steps, double perSecond, double median, double p99) {}
