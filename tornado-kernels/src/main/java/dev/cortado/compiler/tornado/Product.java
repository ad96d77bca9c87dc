package dev.cortado.compiler.tornado;

import dev.cortado.compiler.emit.Lines;
import dev.cortado.compiler.shape.Poly;

/**
 * A batch of matrix products {@code [rows, depth] x [depth, columns]}, as a matrix product or a
 * convolution asks for it.
 */
record Product(
    Poly batches,
    Poly rows,
    Poly columns,
    Poly depth,
    Factor left,
    Factor right,
    Result result,
    Channel channel) {

  /** Which of the numbers of a bias an element of the result gets. */
  interface Channel {
    /**
     * The index, as an expression.
     *
     * @param batch names of variables
     */
    String at(KernelText text, String batch, String row, String column);
  }

  /** Where an element of the result lies. */
  interface Result {
    /**
     * The position, as an expression over the lines before it.
     *
     * @param batch names of variables
     */
    Place at(KernelText text, String batch, String row, String column);
  }

  /**
   * @param perColumn statements that depend on the column alone
   * @param element the expression to assign to
   */
  record Place(Lines perColumn, String element) {}
}
