package dev.cortado.compiler.expr;

/**
 * A tensor in memory as kernels see it: a run of elements in row-major order, addressed from 0. The
 * plan says where it lies.
 */
public interface Operand {
  /** The name a reader knows it by: the layer or local variable of the user's source. */
  String name();
}
