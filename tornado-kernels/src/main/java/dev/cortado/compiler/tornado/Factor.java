package dev.cortado.compiler.tornado;

import dev.cortado.compiler.emit.Lines;

/**
 * One of the two operands of a product: a matrix, or what a convolution reads as if it were one.
 */
interface Factor {
  /**
   * How an element is read.
   *
   * @param before statements that compute what follows from the indices
   * @param condition when there is an element, which else is 0; empty for always
   * @param element the expression
   */
  record Read(Lines before, String condition, String element) {
    static Read always(String element) {
      return new Read(new Lines(), "", element);
    }
  }

  /**
   * The element at an index, given by the names of variables.
   *
   * @param batch which product
   * @param outer the row of the left factor, the column of the right one
   * @param step along the depth, which is summed over
   */
  Read at(KernelText text, String batch, String outer, String step);

  /** Whether elements of successive steps lie next to each other, or those of successive outers. */
  boolean isContiguousInSteps();
}
