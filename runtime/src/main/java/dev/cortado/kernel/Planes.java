package dev.cortado.kernel;

import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An image copied so that every tap of a convolution reads it with step 1: padded with zeros and,
 * for a stride, dealt out into one plane per residue of row and column. Output pixel {@code (row,
 * column)} is number {@code row * pitch + column}; a tap's input for it stands at the tap's offset
 * plus that number. The numbers at the ends of rows that are no pixels are computed too and thrown
 * away; this is cheaper than packing a panel per pixel.
 *
 * <p>The object is reused from call to call.
 */
final class Planes {
  /** Geometries of dynamic sizes come and go; past so many, all are made anew. */
  private static final int MOST_GEOMETRIES = 512;

  private static final ConcurrentHashMap<ConvShape, int[]> INPUT_TAPS = new ConcurrentHashMap<>();

  private int channels;
  private int height;
  private int width;
  private int strideH;
  private int strideW;
  private int padTop;
  private int padLeft;
  private int phasesH;
  private int phasesW;
  private int rows;
  private int planeSize;
  private boolean inPlace;

  /** Distance of rows. */
  int pitch;

  /** For the taps of a convolution's input. */
  void forInput(ConvShape s) {
    channels = s.groupInChannels();
    int reachH = (s.kernelH() - 1) * s.dilationH() + 1;
    int reachW = (s.kernelW() - 1) * s.dilationW() + 1;
    strideH = s.strideH();
    strideW = s.strideW();
    phasesH = Math.min(strideH, reachH);
    phasesW = Math.min(strideW, reachW);
    int needed = (s.outHeight() - 1) * strideH + reachH;
    int neededColumns = (s.outWidth() - 1) * strideW + reachW;
    layOut(
        s.height(),
        s.width(),
        s.padTop(),
        s.padLeft(),
        Math.ceilDiv(needed, strideH),
        Math.ceilDiv(neededColumns, strideW));
  }

  /**
   * For the output's gradient, read by the taps of the transposed convolution: its rows from {@code
   * firstRow} and columns from {@code firstColumn} on, either of which may be negative.
   */
  void forOutput(ConvShape s, int firstRow, int firstColumn, int rowCount, int columnCount) {
    channels = s.groupOutChannels();
    strideH = 1;
    strideW = 1;
    phasesH = 1;
    phasesW = 1;
    layOut(s.outHeight(), s.outWidth(), -firstRow, -firstColumn, rowCount, columnCount);
  }

  private void layOut(
      int sourceHeight, int sourceWidth, int top, int left, int rowCount, int columnCount) {
    height = sourceHeight;
    width = sourceWidth;
    padTop = top;
    padLeft = left;
    inPlace =
        phasesH == 1
            && phasesW == 1
            && strideH == 1
            && strideW == 1
            && padTop == 0
            && padLeft == 0
            && rowCount <= height
            && columnCount <= width;
    rows = inPlace ? height : rowCount;
    pitch = inPlace ? width : columnCount;
    planeSize = rows * pitch;
  }

  /** Offset of what a tap of a channel reads for pixel 0. */
  int tap(int channel, int row, int column) {
    int plane = (channel * phasesH + row % strideH) * phasesW + column % strideW;
    return plane * planeSize + row / strideH * pitch + column / strideW;
  }

  /** Floats of one image's planes. */
  private int size() {
    return channels * phasesH * phasesW * planeSize;
  }

  /** Whether an image at {@code at} can be read where it stands, up to a vector past its end. */
  boolean readable(float[] from, int at) {
    return inPlace && at + size() + Lanes.COUNT <= from.length;
  }

  /** Copies the image at {@code at} and returns where its planes are, from index 0. */
  float[] copy(float[] from, int at, Scratch scratch) {
    float[] to = scratch.right(size() + Lanes.COUNT);
    if (inPlace) {
      System.arraycopy(from, at, to, 0, size());
      return to;
    }
    Arrays.fill(to, 0, size() + Lanes.COUNT, 0f);
    int target = 0;
    for (int channel = 0; channel < channels; channel++) {
      for (int y = 0; y < phasesH; y++) {
        for (int x = 0; x < phasesW; x++) {
          plane(from, at + channel * height * width, y - padTop, x - padLeft, to, target);
          target += planeSize;
        }
      }
    }
    return to;
  }

  /** Copies the rows and columns of one residue; {@code y} and {@code x} are the first ones. */
  private void plane(float[] from, int at, int y, int x, float[] to, int target) {
    int firstRow = Math.max(0, Math.ceilDiv(-y, strideH));
    int lastRow = Math.min(rows, Math.floorDiv(height - 1 - y, strideH) + 1);
    int first = Math.max(0, Math.ceilDiv(-x, strideW));
    int last = Math.min(pitch, Math.floorDiv(width - 1 - x, strideW) + 1);
    if (firstRow >= lastRow || first >= last) {
      return;
    }
    int source = at + (y + firstRow * strideH) * width + x + first * strideW;
    int into = target + firstRow * pitch + first;
    if (strideW == 1) {
      Packing.block(
          from, source, strideH * width, lastRow - firstRow, last - first, to, into, pitch);
      return;
    }
    for (int row = firstRow; row < lastRow; row++) {
      for (int j = 0; j < last - first; j++) {
        to[into + j] = from[source + j * strideW];
      }
      source += strideH * width;
      into += pitch;
    }
  }

  /**
   * What each tap of a convolution's input reads for pixel 0, in the order of the weights; made
   * once for a geometry.
   */
  static int[] inputTaps(ConvShape s) {
    int[] known = INPUT_TAPS.get(s);
    if (known != null) {
      return known;
    }
    Planes planes = new Planes();
    planes.forInput(s);
    int[] taps = new int[s.taps()];
    int tap = 0;
    for (int channel = 0; channel < s.groupInChannels(); channel++) {
      for (int row = 0; row < s.kernelH(); row++) {
        for (int column = 0; column < s.kernelW(); column++) {
          taps[tap++] = planes.tap(channel, row * s.dilationH(), column * s.dilationW());
        }
      }
    }
    if (INPUT_TAPS.size() >= MOST_GEOMETRIES) {
      INPUT_TAPS.clear();
    }
    INPUT_TAPS.put(s, taps);
    return taps;
  }
}
