package dev.cortado.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the products of a convolution stand that has channels in the lanes of its vectors: each
 * output pixel is a row of a matrix product, each tap of each input channel a step of the sum. The
 * tables are made once for a geometry.
 */
final class PixelTables {
  /** Geometries of dynamic sizes come and go; past so many, all are made anew. */
  private static final int MOST = 512;

  private static final ConcurrentHashMap<ConvShape, PixelTables> KNOWN = new ConcurrentHashMap<>();

  /** The input as taps read it. */
  final PaddedImage input;

  /** Offset in the input of what the first tap reads, for each output pixel. */
  final int[] pixels;

  /** What each tap adds to it, in the order of the weights: channel, row, column. */
  final int[] taps;

  /** Offset of each output pixel in the result of the forward direction. */
  final int[] results;

  /** Offset of each output pixel in its own image, and, of one group, in a transposed copy. */
  final int[] transposed;

  /** Offset of each tap's sums in the gradient of the weights, outputs last. */
  final int[] sums;

  /** The output pixels in runs of neighbours that read neighbouring numbers; or null. */
  final @Nullable Runs runs;

  /** How many taps in turn read neighbouring numbers, if there are tiles for that; else 0. */
  final int tapRun;

  /** The output's gradient as read by the taps of the transposed convolution. */
  final PaddedImage output;

  /** The input's pixels by their row and column modulo the stride, row by row. */
  final List<Residue> residues;

  /**
   * One class of pixels of the input, which the same taps reach.
   *
   * @param pixels offset in the padded gradient, for each pixel
   * @param steps what each channel and tap adds to it
   * @param weights offset of each step's weight from those of the first channel in
   * @param results offset of each pixel in the result
   */
  record Residue(int[] pixels, int[] steps, int[] weights, int[] results) {}

  /**
   * Runs of pixels. The last run of a row of an image is moved to the left where it would reach
   * past the row: then some pixels are in two runs, and are computed twice.
   *
   * @param length pixels of a run
   * @param pixels offset in the input, as {@link PixelTables#pixels}
   * @param results offset in the result
   */
  record Runs(int length, int[] pixels, int[] results) {}

  private PixelTables(ConvShape s) {
    input =
        new PaddedImage(
            s.input(),
            s.inChannels(),
            s.height(),
            s.width(),
            s.padTop(),
            s.padLeft(),
            (s.outHeight() - 1) * s.strideH() + (s.kernelH() - 1) * s.dilationH() + 1,
            (s.outWidth() - 1) * s.strideW() + (s.kernelW() - 1) * s.dilationW() + 1);
    int outs = Lanes.roundUp(s.groupOutChannels());
    int count = s.outHeight() * s.outWidth();
    pixels = new int[count];
    for (int pixel = 0; pixel < count; pixel++) {
      int row = pixel / s.outWidth() * s.strideH();
      pixels[pixel] = input.at(0, row, pixel % s.outWidth() * s.strideW());
    }
    taps = taps(s, input);
    boolean last = s.output() == Layout.CHANNELS_LAST;
    results = Steps.fill(new int[count], count, last ? s.outChannels() : outs);
    transposed = last ? results : Steps.fill(new int[count], count, outs);
    sums = Steps.fill(new int[s.taps()], s.taps(), outs);
    boolean neighbours = s.input() == Layout.CHANNELS_FIRST || s.inChannels() == 1;
    runs = neighbours && s.strideW() == 1 ? runs(s) : null;
    boolean run = neighbours && s.dilationW() == 1 && RunTiles.height(s.kernelW()) > 0;
    tapRun = run ? s.kernelW() : 0;
    int firstRow = Math.floorDiv(s.padTop() - (s.kernelH() - 1) * s.dilationH(), s.strideH());
    int firstColumn = Math.floorDiv(s.padLeft() - (s.kernelW() - 1) * s.dilationW(), s.strideW());
    int lastRow = Math.floorDiv(s.strideH() - 1 + s.padTop(), s.strideH());
    int lastColumn = Math.floorDiv(s.strideW() - 1 + s.padLeft(), s.strideW());
    output =
        new PaddedImage(
            s.output(),
            s.outChannels(),
            s.outHeight(),
            s.outWidth(),
            -firstRow,
            -firstColumn,
            Math.ceilDiv(s.height(), s.strideH()) + lastRow - firstRow,
            Math.ceilDiv(s.width(), s.strideW()) + lastColumn - firstColumn);
    residues = residues(s, firstRow, firstColumn);
  }

  private @Nullable Runs runs(ConvShape s) {
    int width = s.outWidth();
    if (width < RunTiles.SHORTEST) {
      return null;
    }
    int length = RunTiles.SHORTEST;
    for (int longer = length + 1; longer <= Math.min(width, RunTiles.LONGEST); longer++) {
      int computed = Math.ceilDiv(width, longer) * longer;
      length = computed <= Math.ceilDiv(width, length) * length ? longer : length;
    }
    int inRow = Math.ceilDiv(width, length);
    int[] starts = new int[s.outHeight() * inRow * length];
    int[] places = new int[starts.length];
    for (int i = 0; i < starts.length; i++) {
      int run = i / length;
      int column = Math.min(run % inRow * length, width - length) + i % length;
      int pixel = run / inRow * width + column;
      starts[i] = pixels[pixel];
      places[i] = results[pixel];
    }
    return new Runs(length, starts, places);
  }

  static PixelTables of(ConvShape s) {
    PixelTables known = KNOWN.get(s);
    if (known != null) {
      return known;
    }
    if (KNOWN.size() >= MOST) {
      KNOWN.clear();
    }
    PixelTables made = new PixelTables(s);
    KNOWN.put(s, made);
    return made;
  }

  private static int[] taps(ConvShape s, PaddedImage image) {
    int[] taps = new int[s.taps()];
    int tap = 0;
    for (int channel = 0; channel < s.groupInChannels(); channel++) {
      for (int row = 0; row < s.kernelH(); row++) {
        for (int column = 0; column < s.kernelW(); column++) {
          taps[tap++] = image.at(channel, row * s.dilationH(), column * s.dilationW());
        }
      }
    }
    return taps;
  }

  private List<Residue> residues(ConvShape s, int firstRow, int firstColumn) {
    List<Residue> all = new ArrayList<>();
    for (int y = 0; y < Math.min(s.strideH(), s.height()); y++) {
      for (int x = 0; x < Math.min(s.strideW(), s.width()); x++) {
        all.add(residue(s, y, x, firstRow, firstColumn));
      }
    }
    return all;
  }

  private Residue residue(ConvShape s, int y, int x, int firstRow, int firstColumn) {
    int most = s.groupOutChannels() * s.kernelH() * s.kernelW();
    int[] steps = new int[most];
    int[] weights = new int[most];
    int count = 0;
    for (int out = 0; out < s.groupOutChannels(); out++) {
      for (int row = 0; row < s.kernelH(); row++) {
        for (int column = 0; column < s.kernelW(); column++) {
          int dy = y + s.padTop() - row * s.dilationH();
          int dx = x + s.padLeft() - column * s.dilationW();
          if (Math.floorMod(dy, s.strideH()) == 0 && Math.floorMod(dx, s.strideW()) == 0) {
            steps[count] =
                output.at(out, dy / s.strideH() - firstRow, dx / s.strideW() - firstColumn);
            weights[count++] = out * s.taps() + row * s.kernelW() + column;
          }
        }
      }
    }
    int rows = Math.ceilDiv(s.height() - y, s.strideH());
    int columns = Math.ceilDiv(s.width() - x, s.strideW());
    int[] pixelsHere = new int[rows * columns];
    int[] resultsHere = new int[rows * columns];
    boolean last = s.input() == Layout.CHANNELS_LAST;
    int resultStep = last ? s.inChannels() : Lanes.roundUp(s.groupInChannels());
    for (int pixel = 0; pixel < pixelsHere.length; pixel++) {
      int i = pixel / columns;
      int j = pixel % columns;
      pixelsHere[pixel] = output.at(0, i, j);
      resultsHere[pixel] = ((y + i * s.strideH()) * s.width() + x + j * s.strideW()) * resultStep;
    }
    return new Residue(
        pixelsHere,
        java.util.Arrays.copyOf(steps, count),
        java.util.Arrays.copyOf(weights, count),
        resultsHere);
  }
}
