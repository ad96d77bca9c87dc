package dev.cortado;

import java.util.List;

/**
 * One learned tensor.
 *
 * @param name path of fields, PyTorch's style: {@code blocks.0.down.weight}
 * @param shape dimensions, outermost first
 * @param offset of its first element in {@link Network#weights}
 * @param count number of elements
 */
public record ParameterInfo(String name, List<Integer> shape, int offset, int count) {}
