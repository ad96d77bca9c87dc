package uk.ac.manchester.tornado.cublas;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import uk.ac.manchester.tornado.api.common.Access;
import uk.ac.manchester.tornado.api.common.LibraryTaskDescriptor;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** A test double of the library's products: column-major, as the library counts. */
public final class CuBlas {
  /** How many products were computed. */
  public static final AtomicInteger CALLS = new AtomicInteger();

  private CuBlas() {}

  public static LibraryTaskDescriptor cublasSgemmStridedBatched(
      int transa,
      int transb,
      int m,
      int n,
      int k,
      float alpha,
      FloatArray matrixA,
      int lda,
      long strideA,
      FloatArray matrixB,
      int ldb,
      long strideB,
      float beta,
      FloatArray matrixC,
      int ldc,
      long strideC,
      int batchCount) {
    Object[] parameters = {
      transa,
      transb,
      m,
      n,
      k,
      alpha,
      matrixA,
      lda,
      strideA,
      matrixB,
      ldb,
      strideB,
      beta,
      matrixC,
      ldc,
      strideC,
      batchCount
    };
    Access[] access = new Access[parameters.length];
    Arrays.fill(access, Access.READ_ONLY);
    access[13] = beta == 0 ? Access.WRITE_ONLY : Access.READ_WRITE;
    return new LibraryTaskDescriptor(CuBlas::run, parameters, access);
  }

  private static void run(Object[] p) {
    CALLS.incrementAndGet();
    int m = (int) p[2];
    int n = (int) p[3];
    FloatArray c = (FloatArray) p[13];
    float beta = (float) p[12];
    for (int batch = 0; batch < (int) p[16]; batch++) {
      for (int column = 0; column < n; column++) {
        for (int row = 0; row < m; row++) {
          int at = batch * (int) (long) p[15] + column * (int) p[14] + row;
          float before = beta == 0 ? 0 : beta * c.get(at);
          c.set(at, (float) p[5] * sum(p, batch, row, column) + before);
        }
      }
    }
  }

  private static float sum(Object[] p, int batch, int row, int column) {
    FloatArray a = (FloatArray) p[6];
    FloatArray b = (FloatArray) p[9];
    int lda = (int) p[7];
    int ldb = (int) p[10];
    int firstA = batch * (int) (long) p[8];
    int firstB = batch * (int) (long) p[11];
    double sum = 0;
    for (int k = 0; k < (int) p[4]; k++) {
      int inA = (int) p[0] == 0 ? k * lda + row : row * lda + k;
      int inB = (int) p[1] == 0 ? column * ldb + k : k * ldb + column;
      sum += (double) a.get(firstA + inA) * b.get(firstB + inB);
    }
    return (float) sum;
  }
}
