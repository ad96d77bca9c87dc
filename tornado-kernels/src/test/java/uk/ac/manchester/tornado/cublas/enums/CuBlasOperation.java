package uk.ac.manchester.tornado.cublas.enums;

/** A test double's: whether a matrix is taken as it lies, or transposed. */
public enum CuBlasOperation {
  CUBLAS_OP_N(0),
  CUBLAS_OP_T(1);

  private final int operation;

  CuBlasOperation(int operation) {
    this.operation = operation;
  }

  public int operation() {
    return operation;
  }
}
