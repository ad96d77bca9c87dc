package dev.cortado.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One matrix product on the Vector API; the object is what the threads of the team share of it.
 *
 * <p>B is packed, a block of {@link #BLOCK_K} rows and {@link #BLOCK_N} columns at a time, into
 * panels as wide as a register tile; A is read in place. Small and skinny products go ways of their
 * own.
 */
final class VectorGemm implements RangeTask {
  private static final int PANEL = Tiles.PANEL;

  /**
   * Rows of B packed together: a panel of as many fits the second-level cache with room to spare.
   */
  static final int BLOCK_K = 256;

  /** Columns of B packed together. */
  static final int BLOCK_N = 32 * PANEL;

  /** Multiply-adds below which threads cost more than they bring, some ten microseconds' worth. */
  private static final long WORTH_THREADS = 600_000;

  /** Rows that a thread gets at least; even, so that few tiles are cut. */
  private static final int ROW_GRAIN = 24;

  /** From this length on, dot products beat transposing B into panels. */
  private static final int LONG_DOT = 192;

  private static final ThreadLocal<VectorGemm> LOCAL = ThreadLocal.withInitial(VectorGemm::new);

  private int m;
  private int n;
  private int k;
  private float[] a = {};
  private int aOffset;
  private boolean transposeA;
  private float[] b = {};
  private int bOffset;
  private boolean transposeB;
  private float[] c = {};
  private int cOffset;
  private boolean add;
  private float floor;

  /** The bias, filled up to a whole panel, if there is one; else a panel of zeros. */
  private float[] starts = {};

  private boolean biased;
  private int batch;
  private int aStep;
  private int bStep;
  private int cStep;

  private VectorGemm() {}

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
    VectorGemm job = LOCAL.get();
    job.batch = batch;
    job.m = m;
    job.n = n;
    job.k = k;
    job.a = a;
    job.aOffset = aOffset;
    job.aStep = aStep;
    job.transposeA = transposeA;
    job.b = b;
    job.bOffset = bOffset;
    job.bStep = bStep;
    job.transposeB = transposeB;
    job.c = c;
    job.cOffset = cOffset;
    job.cStep = cStep;
    job.add = add;
    job.floor = activation.floor;
    job.startFrom(bias, biasOffset);
    job.start();
    // Arrays may be large; the next caller brings its own.
    job.a = job.b = job.c = NOTHING;
  }

  private static final float[] NOTHING = {};

  private void startFrom(float @Nullable [] bias, int biasOffset) {
    biased = bias != null;
    int size = biased ? n + PANEL : PANEL;
    if (starts.length < size) {
      starts = new float[size];
    }
    if (bias == null) {
      Arrays.fill(starts, 0, PANEL, 0f);
    } else {
      System.arraycopy(bias, biasOffset, starts, 0, n);
    }
  }

  private void start() {
    long work = (long) m * n * k;
    if (batch > 1) {
      Team.run(batch, Math.clamp(WORTH_THREADS / Math.max(1, work), 1, batch), this);
    } else if (work < WORTH_THREADS) {
      block(0, 0, m, 0, n);
    } else if (splitsColumns()) {
      Team.run(n, PANEL, this);
    } else {
      Team.run(m, ROW_GRAIN, this);
    }
  }

  /** Threads share the columns, each packing its own, unless the panels are too few. */
  private boolean splitsColumns() {
    return n >= 4 * PANEL || n >= 2 * m;
  }

  @Override
  public void run(int from, int to) {
    if (batch > 1) {
      for (int i = from; i < to; i++) {
        block(i, 0, m, 0, n);
      }
    } else if (splitsColumns()) {
      block(0, 0, m, from, to);
    } else {
      block(0, from, to, 0, n);
    }
  }

  /** Rows {@code [i0, i1)} and columns {@code [j0, j1)} of product number {@code index}. */
  private void block(int index, int i0, int i1, int j0, int j1) {
    int aAt = aOffset + index * aStep;
    int bAt = bOffset + index * bStep;
    int cAt = cOffset + index * cStep;
    if (k == 0) {
      clear(cAt, i0, i1, j0, j1);
    } else if (n == 1) {
      // A column is a row of the transposed product.
      if (transposeA) {
        RowProducts.combine(i0, i1, m, k, b, bAt, a, aAt, c, cAt, add);
      } else {
        RowProducts.dots(0, 1, i0, i1, k, b, bAt, a, aAt, c, cAt, m, add);
      }
    } else if (m == 1 && !transposeB) {
      RowProducts.combine(j0, j1, n, k, a, aAt, b, bAt, c, cAt, add);
    } else if (transposeB && (!transposeA || m == 1) && (m <= 4 || k >= LONG_DOT)) {
      RowProducts.dots(i0, i1, j0, j1, k, a, aAt, b, bAt, c, cAt, n, add);
    } else {
      packed(aAt, bAt, cAt, i0, i1, j0, j1);
      return;
    }
    if (biased || floor == 0) {
      for (int i = i0; i < i1; i++) {
        Packing.finish(c, cAt + i * n + j0, j1 - j0, starts, biased ? j0 : -1, floor);
      }
    }
  }

  private void clear(int cAt, int i0, int i1, int j0, int j1) {
    for (int i = i0; i < i1 && !add; i++) {
      Arrays.fill(c, cAt + i * n + j0, cAt + i * n + j1, 0f);
    }
  }

  private void packed(int aAt, int bAt, int cAt, int i0, int i1, int j0, int j1) {
    Scratch scratch = Scratch.local();
    int rowsHere = i1 - i0;
    int blockK = Math.min(k, BLOCK_K);
    int[] rows = Steps.fill(scratch.rows(rowsHere), rowsHere, transposeA ? blockK : k);
    int[] cRows = Steps.fill(scratch.sumRows(rowsHere), rowsHere, n);
    float[] right = scratch.right(blockK * Lanes.roundUp(Math.min(BLOCK_N, j1 - j0)));
    float[] left = transposeA ? scratch.left(rowsHere * blockK) : a;
    Operands o = scratch.operands;
    o.first = 0;
    for (int jb = j0; jb < j1; jb += BLOCK_N) {
      int je = Math.min(j1, jb + BLOCK_N);
      for (int p = 0; p < k; p += BLOCK_K) {
        int pn = Math.min(BLOCK_K, k - p);
        packRight(right, bAt, p, pn, jb, je);
        int leftAt = aAt + i0 * k + p;
        if (transposeA) {
          Transpose.run(a, aAt + p * m + i0, m, pn, rowsHere, left, 0, blockK);
          leftAt = 0;
        }
        o.last = pn;
        o.floor = p + pn == k ? floor : Float.NEGATIVE_INFINITY;
        o.left(left, leftAt, rows, Steps.ones(pn));
        panels(o, right, pn, cAt + i0 * n, cRows, rowsHere, jb, je, add || p > 0);
      }
    }
    o.clear();
  }

  private void packRight(float[] right, int bAt, int p, int pn, int jb, int je) {
    for (int j = jb; j < je; j += PANEL) {
      int columns = Math.min(PANEL, je - j);
      int width = Lanes.roundUp(columns);
      int to = (j - jb) * pn;
      if (transposeB) {
        Transpose.run(b, bAt + j * k + p, k, columns, pn, right, to, width);
      } else {
        Packing.rows(b, bAt + p * n + j, n, pn, columns, right, to, width);
      }
    }
  }

  private void panels(
      Operands o,
      float[] right,
      int pn,
      int cAt,
      int[] cRows,
      int rowsHere,
      int jb,
      int je,
      boolean adding) {
    for (int j = jb; j < je; j += PANEL) {
      int columns = Math.min(PANEL, je - j);
      o.right(right, (j - jb) * pn, Steps.packed(columns, pn));
      o.result(c, cAt + j, cRows);
      if (adding) {
        o.start(c, cAt + j, cRows);
      } else {
        o.start(starts, biased ? j : 0, Steps.zeros(rowsHere));
      }
      Tiles.panel(o, 0, rowsHere, columns);
    }
  }
}
