package dev.cortado.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One matrix product on the Vector API; the object is what the threads of the team share of it.
 *
 * <p>A product by register tiles has the columns of the right matrix in the lanes of the vectors;
 * {@code C^T = op(B)^T op(A)^T} is the same with the operands exchanged, and is chosen where it
 * saves transposing. Thin products go ways of their own. The way depends on the sizes alone.
 */
final class VectorGemm implements RangeTask {
  private static final int PANEL = Tiles.PANEL;

  /** Multiply-adds below which threads cost more than they bring, some microseconds' worth. */
  private static final long WORTH_THREADS = 500_000;

  /** The same for one row or column: such a product waits for memory. */
  private static final int WORTH_THREADS_FOR_A_ROW = 100_000;

  /** Up to so many rows, dot products beat transposing B into panels. */
  private static final int FEW_ROWS = 12;

  /** From this length on. */
  private static final int LONG_DOT = 64;

  /** The most elements of a result that is transposed afterwards. */
  private static final int MOST_EXCHANGED = 1 << 18;

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
  private boolean exchanged;
  private boolean splitsColumns;
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
    exchanged = k > 0 && n > 1 && m > 1 && !dots() && exchangePays();
    if (batch > 1) {
      Team.run(batch, Math.clamp(WORTH_THREADS / Math.max(1, work), 1, batch), this);
      return;
    }
    int rows = exchanged ? n : m;
    int columns = exchanged ? m : n;
    splitsColumns = columns >= 4 * Lanes.COUNT || rows < 2 * Tiles.HIGHEST;
    if (work < (m == 1 || n == 1 ? WORTH_THREADS_FOR_A_ROW : WORTH_THREADS)) {
      block(0, 0, rows, 0, columns);
    } else if (splitsColumns) {
      int step = columns < 8 * PANEL ? Lanes.COUNT : PANEL;
      Team.run(columns, step, step, this);
    } else {
      Team.run(rows, Tiles.HIGHEST, Tiles.HIGHEST, this);
    }
  }

  private boolean dots() {
    return transposeB && (!transposeA || m == 1) && m <= FEW_ROWS && (k >= LONG_DOT || m == 1);
  }

  /** Compares what the two ways do beside multiplying, in tenths of a cycle. */
  private boolean exchangePays() {
    if (add || (long) m * n > MOST_EXCHANGED) {
      return false;
    }
    int wasted = Lanes.roundUp(n) - n;
    int wastedExchanged = Lanes.roundUp(m) - m;
    long straight = (transposeB ? 4L * n * k : 0) + (long) m * k * wasted * 10 / PANEL;
    long other =
        (transposeA ? 0 : 4L * m * k) + 5L * m * n + (long) n * k * wastedExchanged * 10 / PANEL;
    return other < straight;
  }

  @Override
  public void run(int from, int to) {
    int rows = exchanged ? n : m;
    int columns = exchanged ? m : n;
    if (batch > 1) {
      for (int i = from; i < to; i++) {
        block(i, 0, rows, 0, columns);
      }
    } else if (splitsColumns) {
      block(0, 0, rows, from, to);
    } else {
      block(0, from, to, 0, columns);
    }
  }

  /**
   * Rows {@code [i0, i1)} and columns {@code [j0, j1)} of product number {@code index}, or of its
   * transpose when the operands are exchanged.
   */
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
    } else if (dots()) {
      RowProducts.dots(i0, i1, j0, j1, k, a, aAt, b, bAt, c, cAt, n, add);
    } else {
      panels(aAt, bAt, cAt, i0, i1, j0, j1);
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

  private void panels(int aAt, int bAt, int cAt, int i0, int i1, int j0, int j1) {
    PanelProduct product = Scratch.local().product;
    if (exchanged) {
      product.left(b, bAt, transposeB ? k : n, !transposeB);
      product.right(a, aAt, transposeA ? m : k, !transposeA);
    } else {
      product.left(a, aAt, transposeA ? m : k, transposeA);
      product.right(b, bAt, transposeB ? k : n, transposeB);
    }
    product.result(c, cAt, n, add, exchanged);
    product.finish(starts, biased, floor);
    product.run(i0, i1, j0, j1, k);
    product.clear();
  }
}
