package dev.cortado.data;

/**
 * A data set in two parts that share no sample.
 *
 * @param train what to learn from
 * @param held what to judge by
 */
public record Split(Dataset train, Dataset held) {}
