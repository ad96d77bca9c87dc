package dev.cortado;

/**
 * The largest values along the last dimension, largest first.
 *
 * @param values of shape {@code [..., k]}
 * @param indices where they stood, whole numbers, of the same shape
 */
public record TopK(Tensor values, Tensor indices) {}
