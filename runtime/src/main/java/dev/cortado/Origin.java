package dev.cortado;

/**
 * Where a value of an eager run comes from; see {@link Eager#nonFinite} and {@link Eager#largest}.
 *
 * @param tensor the result's number among all tensors of the run, from 0
 * @param operation the method of {@link Ops}, {@code log}
 * @param layer the layer the operation stands in: its path, {@code blocks.0.fc1}, or for one
 *     without parameters its class; empty in the model's own methods
 * @param place the user's line, {@code Vae.java:31}
 * @param value the value, rounded to single precision
 */
public record Origin(int tensor, String operation, String layer, String place, double value) {
  /** {@code log in layer fc1 (Vae.java:31) gives NaN}. */
  @Override
  public String toString() {
    return operation
        + (layer.isEmpty() ? "" : " in layer " + layer)
        + " ("
        + place
        + ") gives "
        + value;
  }
}
