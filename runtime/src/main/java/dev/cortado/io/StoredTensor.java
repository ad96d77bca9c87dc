package dev.cortado.io;

import java.util.List;

/**
 * One array of a {@link Safetensors} file.
 *
 * @param name unique in the file
 * @param type of the elements
 * @param shape outermost dimension first; empty for a single number
 * @param begin its first byte in the file's data
 * @param end the byte behind its last
 */
public record StoredTensor(
    String name, StoredType type, List<Integer> shape, long begin, long end) {
  /** Number of elements. */
  public long count() {
    return (end - begin) / type.bytes();
  }
}
