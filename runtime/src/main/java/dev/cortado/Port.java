package dev.cortado;

import java.util.List;

/**
 * A tensor that goes into or comes out of a network.
 *
 * @param name of the Java parameter or record component
 * @param shape as declared: numbers, symbols and expressions of them, {@code ["N", "1", "28",
 *     "28"]}
 * @param classes for labels: how many classes there are, when known; else 0
 */
public record Port(String name, Kind kind, List<String> shape, int classes) {
  /** What the elements are. */
  public enum Kind {
    /** {@code float[]}, row-major. */
    FLOAT,
    /** {@code int[]}: tokens, indices. */
    INT,
    /** {@code int[]}: class labels. */
    LABEL
  }
}
