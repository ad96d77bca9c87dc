package dev.cortado.kernel;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A convolution by {@link Winograd}, of images or, the weights turned round, of the gradient of its
 * result. The object is what the threads of the team share: squares of the result of all images.
 */
final class WinogradForward implements RangeTask {
  private static final ThreadLocal<WinogradForward> LOCAL =
      ThreadLocal.withInitial(WinogradForward::new);
  private static final float[] NOTHING = {};

  /** Multiply-adds worth a thread. */
  private static final long WORTH_THREADS = 150_000;

  private int channels;
  private int height;
  private int width;
  private int top;
  private int left;
  private int outs;
  private int outHeight;
  private int outWidth;

  /** Whether the result is pooled on the way. */
  private boolean pools;

  private float @Nullable [] winners;
  private int winnersOffset;
  private float cutOff;
  private float[] x = NOTHING;
  private int xOffset;
  private float[] y = NOTHING;
  private int yOffset;
  private float floor;

  /** Rows of squares of an image, and squares of a row. */
  private int rows;

  private int columns;

  private WinogradKernel kernel = WinogradKernel.none();

  private float[] starts = NOTHING;

  private WinogradForward() {}

  /** {@code y = activation(conv(x, w) + bias)}. */
  static void run(
      ConvShape s,
      int batch,
      float[] x,
      int xOffset,
      float[] w,
      int wOffset,
      float @Nullable [] bias,
      int biasOffset,
      Activation activation,
      float[] y,
      int yOffset) {
    WinogradForward job = LOCAL.get();
    job.pools = false;
    job.forward(s, batch, x, xOffset, w, wOffset, bias, biasOffset, activation, y, yOffset);
  }

  /** {@link Convolution#forwardPooled}. */
  static void pooled(
      ConvShape s,
      int batch,
      float[] x,
      int xOffset,
      float[] w,
      int wOffset,
      float @Nullable [] bias,
      int biasOffset,
      Activation activation,
      float[] y,
      int yOffset,
      float @Nullable [] winners,
      int winnersOffset) {
    WinogradForward job = LOCAL.get();
    job.pools = true;
    job.winners = winners;
    job.winnersOffset = winnersOffset;
    job.cutOff = Halving.cutOff(activation);
    job.forward(s, batch, x, xOffset, w, wOffset, bias, biasOffset, activation, y, yOffset);
    job.winners = null;
  }

  private void forward(
      ConvShape s,
      int batch,
      float[] from,
      int fromAt,
      float[] w,
      int wOffset,
      float @Nullable [] bias,
      int biasOffset,
      Activation activation,
      float[] to,
      int toAt) {
    images(s.inChannels(), s.height(), s.width(), s.padTop(), s.padLeft());
    results(s.outChannels(), s.outHeight(), s.outWidth());
    floor = activation.floor;
    kernel = WinogradKernel.of(s, w, wOffset);
    startFrom(bias, biasOffset);
    start(batch, from, fromAt, to, toAt);
  }

  /** The gradient of the images from {@code gy}, the gradient of the result. */
  static void inputGradient(
      ConvShape s,
      int batch,
      float[] gy,
      int gyOffset,
      float[] w,
      int wOffset,
      float[] gx,
      int gxOffset) {
    WinogradForward job = LOCAL.get();
    job.images(s.outChannels(), s.outHeight(), s.outWidth(), 2 - s.padTop(), 2 - s.padLeft());
    job.pools = false;
    job.results(s.inChannels(), s.height(), s.width());
    job.floor = Activation.NONE.floor;
    job.kernel = WinogradKernel.turned(s, w, wOffset);
    job.startFrom(null, 0);
    job.start(batch, gy, gyOffset, gx, gxOffset);
  }

  private void images(int count, int rowsIn, int columnsIn, int padTop, int padLeft) {
    channels = count;
    height = rowsIn;
    width = columnsIn;
    top = padTop;
    left = padLeft;
  }

  private void results(int count, int rowsOut, int columnsOut) {
    outs = count;
    outHeight = rowsOut;
    outWidth = columnsOut;
    // A last odd row or column belongs to no window.
    rows = Winograd.squares(pools ? rowsOut / 2 * 2 : rowsOut);
    columns = Winograd.squares(pools ? columnsOut / 2 * 2 : columnsOut);
  }

  private void startFrom(float @Nullable [] bias, int biasOffset) {
    int lanes = Lanes.roundUp(outs);
    if (starts.length < lanes) {
      starts = new float[lanes];
    }
    if (bias == null) {
      Arrays.fill(starts, 0, lanes, 0f);
    } else {
      System.arraycopy(bias, biasOffset, starts, 0, outs);
    }
  }

  private void start(int batch, float[] from, int fromAt, float[] to, int toAt) {
    x = from;
    xOffset = fromAt;
    y = to;
    yOffset = toAt;
    long work = (long) Winograd.NUMBERS * channels * outs;
    int block = Winograd.block(channels);
    int grain = block * (int) Math.clamp(WORTH_THREADS / (work * block), 1L, 1 << 16);
    Team.run(batch * rows * columns, grain, this);
    x = y = NOTHING;
  }

  @Override
  public void run(int from, int to) {
    Scratch scratch = Scratch.local();
    int block = Math.min(Winograd.block(channels), to - from);
    int lanes = Lanes.roundUp(channels);
    int step = Winograd.step(block, lanes);
    float[] v = scratch.right(Winograd.NUMBERS * step);
    float[] m = scratch.result(Winograd.NUMBERS * Winograd.step(block, Tiles.PANEL));
    float[] room = scratch.square(Winograd.NUMBERS * (Lanes.COUNT + Math.max(lanes, Tiles.PANEL)));
    int[] leftRows = Steps.fill(scratch.rows(block), block, lanes);
    Operands o = scratch.operands;
    o.first = 0;
    o.last = channels;
    o.floor = Float.NEGATIVE_INFINITY;
    o.start(scratch.zeros(), 0, Steps.zeros(block));
    for (int first = from; first < to; first += block) {
      int count = Math.min(block, to - first);
      for (int i = 0; i < count; i++) {
        input(first + i, v, i * lanes, step, room);
      }
      for (int out = 0; out < outs; out += Tiles.PANEL) {
        int panel = Math.min(Tiles.PANEL, Lanes.roundUp(outs) - out);
        int mStep = Winograd.step(block, panel);
        int[] steps = Steps.packed(panel, Math.max(channels, block));
        for (int number = 0; number < Winograd.NUMBERS; number++) {
          o.left(v, number * step, leftRows, Steps.ones(channels));
          o.right(kernel.array(), kernel.at(out, panel, number), steps);
          o.result(m, number * mStep, steps);
          Tiles.panel(o, 0, count, panel);
        }
        for (int i = 0; i < count; i++) {
          output(first + i, m, i * panel, mStep, out, panel, room);
        }
      }
    }
    o.clear();
  }

  /** Transforms the pixels that one square of the result needs. */
  private void input(int square, float[] v, int vAt, int step, float[] room) {
    int perImage = rows * columns;
    int image = square / perImage;
    int r = Winograd.RESULT * (square % perImage / columns) - top;
    int c = Winograd.RESULT * (square % columns) - left;
    int at = xOffset + image * height * width * channels;
    Squares.transform(x, at, height, width, channels, r, c, room, v, vAt, step);
  }

  /** Stores one square of the result, or what is pooled of it. */
  private void output(int square, float[] m, int mAt, int step, int out, int panel, float[] room) {
    int perImage = rows * columns;
    int image = square / perImage;
    int size = pools ? Winograd.RESULT / 2 : Winograd.RESULT;
    int height = pools ? outHeight / 2 : outHeight;
    int width = pools ? outWidth / 2 : outWidth;
    int r = size * (square % perImage / columns);
    int c = size * (square % columns);
    int place = ((image * height + r) * width + c) * outs + out;
    int rowsHere = Math.min(size, height - r);
    int columnsHere = Math.min(size, width - c);
    int row = width * outs;
    int at = yOffset + place;
    int count = Math.min(panel, outs - out);
    if (winners != null) {
      WinogradPooling.winners(
          m,
          mAt,
          step,
          panel,
          room,
          starts,
          out,
          floor,
          cutOff,
          y,
          at,
          winners,
          winnersOffset + place,
          rowsHere,
          columnsHere,
          row,
          outs);
    } else if (pools) {
      WinogradPooling.largest(
          m, mAt, step, panel, room, starts, out, floor, y, at, rowsHere, columnsHere, row, outs);
    } else if (count == panel) {
      WinogradTransforms.result(
          m, mAt, step, panel, room, starts, out, floor, y, at, rowsHere, columnsHere, row, outs);
    } else {
      float[] copy = Scratch.local().tile();
      WinogradTransforms.result(
          m,
          mAt,
          step,
          panel,
          room,
          starts,
          out,
          floor,
          copy,
          0,
          rowsHere,
          columnsHere,
          size * panel,
          panel);
      Squares.write(copy, panel, rowsHere, columnsHere, count, y, at, row, outs);
    }
  }
}
