package dev.cortado.kernel;

import org.jspecify.annotations.Nullable;

/** One matrix product in plain loops; the object is what the threads of the team share of it. */
final class PlainGemm implements RangeTask {
  private static final ThreadLocal<PlainGemm> LOCAL = ThreadLocal.withInitial(PlainGemm::new);
  private static final float[] NOTHING = {};

  /** Multiply-adds that a thread should get at least, some microseconds' worth. */
  private static final long WORTH_THREADS = 100_000;

  /** Columns of a block: its rows are long enough for vectors and short enough for the cache. */
  private static final int BLOCK_N = 512;

  /** Steps of a block. */
  private static final int BLOCK_K = 16;

  /** Rows of the right matrix that are long enough for vectors, however few those of the left. */
  private static final int VECTOR_ROW = 32;

  /** Up to so many rows, transposing the right matrix costs more than it brings. */
  private static final int FEW_ROWS = 3;

  private int batch;
  private int m;
  private int n;
  private int k;
  private float[] a = NOTHING;
  private int aOffset;
  private int aStep;
  private int aRow;
  private int aColumn;
  private float[] b = NOTHING;
  private int bOffset;
  private int bStep;
  private int bRow;
  private int bColumn;
  private float[] c = NOTHING;
  private int cOffset;
  private int cStep;
  private boolean add;
  private float @Nullable [] bias;
  private int biasOffset;
  private float floor;

  private PlainGemm() {}

  static void multiply(
      int batch,
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int aStep,
      boolean transposeA,
      float[] b,
      int bOffset,
      int bStep,
      boolean transposeB,
      float[] c,
      int cOffset,
      int cStep,
      boolean add,
      float @Nullable [] bias,
      int biasOffset,
      Activation activation) {
    PlainGemm job = LOCAL.get();
    job.batch = batch;
    job.m = m;
    job.n = n;
    job.k = k;
    job.a = a;
    job.aOffset = aOffset;
    job.aStep = aStep;
    job.aRow = transposeA ? 1 : k;
    job.aColumn = transposeA ? m : 1;
    job.b = b;
    job.bOffset = bOffset;
    job.bStep = bStep;
    job.bRow = transposeB ? 1 : n;
    job.bColumn = transposeB ? k : 1;
    job.c = c;
    job.cOffset = cOffset;
    job.cStep = cStep;
    job.add = add;
    job.bias = bias;
    job.biasOffset = biasOffset;
    job.floor = activation.floor;
    job.start();
    job.a = job.b = job.c = NOTHING;
    job.bias = null;
  }

  private void start() {
    if (batch > 1) {
      long work = Math.max(1, (long) m * n * k);
      Team.run(batch, (int) Math.clamp(WORTH_THREADS / work, 1L, batch), this);
    } else {
      long work = Math.max(1, (long) (exchanged() ? m : n) * k);
      int grain = (int) Math.clamp(WORTH_THREADS / work, 4L, 1 << 20);
      Team.run(exchanged() ? n : m, grain, 4, this);
    }
  }

  /** Whether loops run over rows of C rather than over its columns: over the longer ones. */
  private boolean exchanged() {
    return n < m && n < 64 && m > FEW_ROWS;
  }

  @Override
  public void run(int from, int to) {
    if (batch > 1) {
      for (int i = from; i < to; i++) {
        part(i, 0, exchanged() ? n : m);
      }
    } else {
      part(0, from, to);
    }
  }

  /** Some rows of a product, or, with the operands exchanged, some of its columns. */
  private void part(int index, int from, int to) {
    int aAt = aOffset + index * aStep;
    int bAt = bOffset + index * bStep;
    int cAt = cOffset + index * cStep;
    if (m <= FEW_ROWS && (bColumn != 1 || n < VECTOR_ROW)) {
      for (int i = from; i < to; i++) {
        row(aAt + i * aRow, bAt, cAt + i * n);
      }
    } else if (exchanged()) {
      rows(to - from, m, b, bAt + from * bColumn, bColumn, bRow, a, aAt, aColumn, aRow, cAt, from);
    } else {
      rows(to - from, n, a, aAt + from * aRow, aRow, aColumn, b, bAt, bRow, bColumn, cAt, from);
    }
  }

  /** {@code count} rows of {@code length} of {@code left x right}, whose first is {@code first}. */
  private void rows(
      int count,
      int length,
      float[] left,
      int leftAt,
      int leftRow,
      int leftColumn,
      float[] right,
      int rightAt,
      int rightRow,
      int rightColumn,
      int cAt,
      int first) {
    PlainRows scratch = PlainRows.local();
    for (int j = 0; j < length; j += BLOCK_N) {
      int columns = Math.min(BLOCK_N, length - j);
      float[][] result = scratch.result(count, columns);
      for (int p = 0; p < k; p += BLOCK_K) {
        int steps = Math.min(BLOCK_K, k - p);
        float[][] block = scratch.right(steps, columns);
        int at = rightAt + p * rightRow + j * rightColumn;
        layOut(right, at, rightRow, rightColumn, steps, columns, block);
        PlainRows.multiplyAdd(
            count,
            columns,
            steps,
            left,
            leftAt + p * leftColumn,
            leftRow,
            leftColumn,
            block,
            result);
      }
      for (int i = 0; i < count; i++) {
        store(result[i], columns, cAt, first + i, j);
      }
    }
  }

  private static void layOut(
      float[] from, int at, int row, int column, int rows, int columns, float[][] to) {
    if (column == 1) {
      for (int p = 0; p < rows; p++) {
        System.arraycopy(from, at + p * row, to[p], 0, columns);
      }
      return;
    }
    for (int j = 0; j < columns; j++) {
      int source = at + j * column;
      for (int p = 0; p < rows; p++) {
        to[p][j] = from[source + p * row];
      }
    }
  }

  private void store(float[] sums, int count, int cAt, int row, int j) {
    boolean exchanged = exchanged();
    for (int i = 0; i < count; i++) {
      int column = exchanged ? row : j + i;
      int at = cAt + (exchanged ? (j + i) * n + row : row * n + column);
      float start = add ? c[at] : bias == null ? 0 : bias[biasOffset + column];
      c[at] = Math.max(start + sums[i], floor);
    }
  }

  /** A row of C as dot products, four at a time, which do not wait for each other. */
  private void row(int aAt, int bAt, int cAt) {
    for (int j = 0; j < n; j += 4) {
      int b0 = bAt + j * bColumn;
      int b1 = bAt + Math.min(j + 1, n - 1) * bColumn;
      int b2 = bAt + Math.min(j + 2, n - 1) * bColumn;
      int b3 = bAt + Math.min(j + 3, n - 1) * bColumn;
      float s0 = 0;
      float s1 = 0;
      float s2 = 0;
      float s3 = 0;
      for (int p = 0; p < k; p++) {
        float v = a[aAt + p * aColumn];
        s0 += v * b[b0 + p * bRow];
        s1 += v * b[b1 + p * bRow];
        s2 += v * b[b2 + p * bRow];
        s3 += v * b[b3 + p * bRow];
      }
      finish(s0, cAt, j);
      if (j + 1 < n) {
        finish(s1, cAt, j + 1);
      }
      if (j + 2 < n) {
        finish(s2, cAt, j + 2);
      }
      if (j + 3 < n) {
        finish(s3, cAt, j + 3);
      }
    }
  }

  private void finish(float sum, int cAt, int j) {
    float start = add ? c[cAt + j] : bias == null ? 0 : bias[biasOffset + j];
    c[cAt + j] = Math.max(start + sum, floor);
  }
}
