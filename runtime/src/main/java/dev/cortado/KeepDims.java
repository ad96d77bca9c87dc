package dev.cortado;

import java.util.List;

/**
 * Dimensions to reduce that stay in the result with size 1: {@code mean(x, keepDims(1))}.
 *
 * @param dims as given; negative ones count from the end; none means all
 */
public record KeepDims(List<Integer> dims) {
  public KeepDims {
    dims = List.copyOf(dims);
  }
}
