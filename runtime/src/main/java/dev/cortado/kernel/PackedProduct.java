package dev.cortado.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One product by a {@link PackedMatrix} on the Vector API; the object is what the threads of the
 * team share of it.
 */
final class PackedProduct implements RangeTask {
  private static final ThreadLocal<PackedProduct> LOCAL =
      ThreadLocal.withInitial(PackedProduct::new);
  private static final float[] NOTHING = {};
  private static final int PANEL = Tiles.PANEL;
  private static final int BROAD = Tiles.BROAD;

  /** Multiply-adds that a thread should get at least, some microseconds' worth. */
  private static final long WORTH_THREADS = 250_000;

  private int m;
  private int n;
  private int k;
  private float[] a = NOTHING;
  private int aOffset;
  private float[] panels = NOTHING;
  private float[] c = NOTHING;
  private int cOffset;
  private boolean add;
  private float floor;
  private boolean splitsColumns;

  /** The bias, filled up to a whole panel, if there is one; else a panel of zeros. */
  private float[] starts = NOTHING;

  private boolean biased;

  private PackedProduct() {}

  static void run(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      float[] panels,
      boolean add,
      float @Nullable [] bias,
      int biasOffset,
      Activation activation,
      float[] c,
      int cOffset) {
    if (m == 1 && (long) n * k < WORTH_THREADS) {
      int end = Math.ceilDiv(n, BROAD);
      PackedRow.run(
          n, k, 0, end, a, aOffset, panels, add, bias, biasOffset, activation.floor, c, cOffset);
      return;
    }
    PackedProduct job = LOCAL.get();
    job.m = m;
    job.n = n;
    job.k = k;
    job.a = a;
    job.aOffset = aOffset;
    job.panels = panels;
    job.c = c;
    job.cOffset = cOffset;
    job.add = add;
    job.floor = activation.floor;
    job.startFrom(bias, biasOffset);
    job.start();
    job.a = job.panels = job.c = NOTHING;
  }

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
    if (m == 1) {
      Team.run(Math.ceilDiv(n, BROAD), Math.max(1, (int) (WORTH_THREADS / k / BROAD)), this);
      return;
    }
    int count = Math.ceilDiv(n, PANEL);
    splitsColumns = count >= 4 || m < 2 * Tiles.HIGHEST;
    long unit = splitsColumns ? (long) m * k * PANEL : (long) Tiles.HIGHEST * k * n;
    int grain = (int) Math.clamp(Math.ceilDiv(WORTH_THREADS, Math.max(1, unit)), 1L, 1 << 20);
    if (splitsColumns) {
      Team.run(count, grain, this);
    } else {
      int rows = (int) Math.min(1 << 20, (long) grain * Tiles.HIGHEST);
      Team.run(m, rows, Tiles.HIGHEST, this);
    }
  }

  @Override
  public void run(int from, int to) {
    if (m == 1) {
      float[] bias = biased ? starts : null;
      PackedRow.run(n, k, from, to, a, aOffset, panels, add, bias, 0, floor, c, cOffset);
      return;
    }
    int firstPanel = splitsColumns ? from : 0;
    int lastPanel = splitsColumns ? to : Math.ceilDiv(n, PANEL);
    if (splitsColumns) {
      tiles(0, m, firstPanel, lastPanel);
    } else {
      tiles(from, to, firstPanel, lastPanel);
    }
  }

  private void tiles(int i0, int i1, int firstPanel, int lastPanel) {
    Scratch scratch = Scratch.local();
    Operands o = scratch.operands;
    int blockK = Math.ceilDiv(k, Math.max(1, Math.ceilDiv(k, PanelProduct.MOST_STEPS)));
    int blockRows = Math.max(1, PanelProduct.LEFT_FLOATS / Math.max(1, blockK) / 12) * 12;
    int rows = Math.min(blockRows, i1 - i0);
    int[] leftRows = Steps.fill(scratch.rows(rows), rows, k);
    int[] resultRows = Steps.fill(scratch.sumRows(rows), rows, n);
    o.first = 0;
    for (int ib = i0; ib < i1; ib += blockRows) {
      int count = Math.min(blockRows, i1 - ib);
      int p = 0;
      do {
        o.last = Math.min(blockK, k - p);
        o.left(a, aOffset + ib * k + p, leftRows, Steps.ones(o.last));
        o.floor = p + o.last == k ? floor : Float.NEGATIVE_INFINITY;
        for (int panel = firstPanel; panel < lastPanel; panel++) {
          int j = panel * PANEL;
          int columns = Math.min(PANEL, n - j);
          int start = j / BROAD * BROAD;
          int width = PackedMatrix.width(Math.min(BROAD, n - start));
          int from = start * k + p * width + j - start;
          o.right(panels, from, Steps.packedWidth(width, o.last));
          o.result(c, cOffset + ib * n + j, resultRows);
          if (add || p > 0) {
            o.startFromResult();
          } else {
            o.start(starts, biased ? j : 0, Steps.zeros(count));
          }
          Tiles.panel(o, 0, count, columns);
        }
        p += o.last;
      } while (p < k);
    }
    o.clear();
  }
}
