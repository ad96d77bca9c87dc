package dev.cortado.kernel;

import java.util.Arrays;

/**
 * The gradient of a convolution's weights by {@link Winograd}: {@code Gᵀ [ sum over squares of (Bᵀ
 * d B) ⊙ (A y Aᵀ) ] G}, for each of the sixteen numbers a product of {@code [channels, squares]}
 * and {@code [squares, outs]}. The batch is cut into chunks whose number depends on sizes alone,
 * each summed by one thread, and the chunks' sums are added in order.
 */
final class WinogradWeightGradient implements RangeTask {
  private static final ThreadLocal<WinogradWeightGradient> LOCAL =
      ThreadLocal.withInitial(WinogradWeightGradient::new);
  private static final float[] NOTHING = {};

  private ConvShape s = new ConvShape(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1);
  private int batch;
  private float[] x = NOTHING;
  private int xOffset;
  private float[] gy = NOTHING;
  private int gyOffset;
  private int chunks;

  /** Rows of squares of an image, and squares of a row. */
  private int rows;

  private int columns;

  /** The gradient that each chunk gives, as {@code [channel, tap, out]}. */
  private float[] sums = NOTHING;

  private WinogradWeightGradient() {}

  static void run(
      ConvShape s,
      int batch,
      float[] x,
      int xOffset,
      float[] gy,
      int gyOffset,
      float[] gw,
      int gwOffset) {
    WinogradWeightGradient job = LOCAL.get();
    job.s = s;
    job.batch = batch;
    job.x = x;
    job.xOffset = xOffset;
    job.gy = gy;
    job.gyOffset = gyOffset;
    job.rows = Winograd.squares(s.outHeight());
    job.columns = Winograd.squares(s.outWidth());
    job.chunks = Convolution.chunks(batch, job.chunkSize());
    if (job.sums.length < job.chunks * job.chunkSize()) {
      job.sums = new float[job.chunks * job.chunkSize()];
    }
    int images = Math.max(1, batch / job.chunks);
    Team.run(job.chunks, Math.ceilDiv(Convolution.imagesWorthAThread(s), images), job);
    job.total(gw, gwOffset);
    job.x = job.gy = NOTHING;
  }

  private int chunkSize() {
    return s.taps() * Lanes.roundUp(s.outChannels());
  }

  @Override
  public void run(int from, int to) {
    Scratch scratch = Scratch.local();
    int perImage = rows * columns;
    int lanes = Lanes.roundUp(s.outChannels());
    int step = Winograd.step(s.inChannels(), lanes);
    float[] products = scratch.left(Winograd.NUMBERS * step);
    float[] room = scratch.tile();
    for (int chunk = from; chunk < to; chunk++) {
      Arrays.fill(products, 0, Winograd.NUMBERS * step, 0f);
      int first = (int) ((long) batch * chunk / chunks) * perImage;
      int last = (int) ((long) batch * (chunk + 1) / chunks) * perImage;
      squares(scratch, first, last, products, step);
      for (int channel = 0; channel < s.inChannels(); channel++) {
        int at = channel * lanes;
        int sumsAt = chunk * chunkSize() + channel * 9 * lanes;
        for (int out = 0; out < lanes; out += Lanes.COUNT) {
          WinogradWeights.gradient(products, at + out, step, room, sums, sumsAt + out, lanes);
        }
      }
    }
    scratch.operands.clear();
  }

  /** Adds up what the squares from {@code from} to {@code to} give. */
  private void squares(Scratch scratch, int from, int to, float[] products, int productStep) {
    int ins = Lanes.roundUp(s.inChannels());
    int outs = Lanes.roundUp(s.outChannels());
    int block = Winograd.block(ins);
    int step = Winograd.step(block, ins);
    float[] v = scratch.right(Winograd.NUMBERS * step);
    float[] z = scratch.result(Winograd.NUMBERS * Winograd.step(block, Tiles.PANEL));
    float[] room = scratch.square(Winograd.NUMBERS * (Lanes.COUNT + Math.max(ins, Tiles.PANEL)));
    int[] leftSteps = Steps.fill(scratch.leftSteps(block), block, ins);
    int[] sumRows = Steps.fill(scratch.sumRows(s.inChannels()), s.inChannels(), outs);
    Operands o = scratch.operands;
    o.first = 0;
    o.floor = Float.NEGATIVE_INFINITY;
    for (int first = from; first < to; first += block) {
      int count = Math.min(block, to - first);
      for (int i = 0; i < count; i++) {
        pixels(first + i, v, i * ins, step, room);
      }
      o.last = count;
      for (int out = 0; out < outs; out += Tiles.PANEL) {
        int panel = Math.min(Tiles.PANEL, outs - out);
        int panelStep = Winograd.step(block, panel);
        for (int i = 0; i < count; i++) {
          gradient(first + i, out, panel, z, i * panel, panelStep, room);
        }
        for (int number = 0; number < Winograd.NUMBERS; number++) {
          o.left(v, number * step, Steps.ones(s.inChannels()), leftSteps);
          o.right(z, number * panelStep, Steps.packed(panel, block));
          o.result(products, number * productStep + out, sumRows);
          o.startFromResult();
          Tiles.panel(o, 0, s.inChannels(), panel);
        }
      }
    }
  }

  /** Transforms the pixels that a square of the result needs. */
  private void pixels(int square, float[] v, int vAt, int step, float[] room) {
    int perImage = rows * columns;
    int image = square / perImage;
    int at = xOffset + image * s.inputSize();
    int r = Winograd.RESULT * (square % perImage / columns) - s.padTop();
    int c = Winograd.RESULT * (square % columns) - s.padLeft();
    Squares.transform(x, at, s.height(), s.width(), s.inChannels(), r, c, room, v, vAt, step);
  }

  /** Transforms the gradient of a square of the result, a panel of its channels. */
  private void gradient(
      int square, int out, int panel, float[] z, int zAt, int step, float[] room) {
    int perImage = rows * columns;
    int image = square / perImage;
    int r = Winograd.RESULT * (square % perImage / columns);
    int c = Winograd.RESULT * (square % columns);
    int size = Winograd.RESULT;
    int outs = s.outChannels();
    int at = gyOffset + image * s.outputSize() + out;
    int count = Math.min(panel, outs - out);
    if (Squares.lies(r, c, size, s.outHeight(), s.outWidth()) && count == panel) {
      int corner = at + (r * s.outWidth() + c) * outs;
      int row = s.outWidth() * outs;
      WinogradTransforms.gradient(gy, corner, row, outs, panel, room, z, zAt, step);
    } else {
      int copy = Winograd.NUMBERS * Lanes.COUNT;
      Squares.read(gy, at, s.outHeight(), s.outWidth(), outs, count, r, c, size, room, copy, panel);
      WinogradTransforms.gradient(room, copy, size * panel, panel, panel, room, z, zAt, step);
    }
  }

  private void total(float[] gw, int gwOffset) {
    int lanes = Lanes.roundUp(s.outChannels());
    for (int chunk = 1; chunk < chunks; chunk++) {
      Packing.add(sums, chunk * chunkSize(), sums, 0, chunkSize());
    }
    Transpose.run(sums, 0, lanes, s.taps(), s.outChannels(), gw, gwOffset, s.taps());
  }
}
