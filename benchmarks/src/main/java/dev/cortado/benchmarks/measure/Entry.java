package dev.cortado.benchmarks.measure;

import java.util.List;

/** A contestant of a race and its turns, one a round. */
public record Entry(String contestant, List<Turn> turns) {}
