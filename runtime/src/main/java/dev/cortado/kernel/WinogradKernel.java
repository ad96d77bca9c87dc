package dev.cortado.kernel;

import java.util.Arrays;

/**
 * The weights of a convolution as {@link Winograd} multiplies by them: {@code [panel, number,
 * channel, out]}. Belongs to a thread.
 *
 * <p>Weights that are the same as last time are not transformed again, which is what predictions of
 * single samples would mostly do. Whether they are the same is seen by comparing them with a copy,
 * in a tenth of the time, so that nobody need say when they changed.
 */
final class WinogradKernel {
  /** Kernels that a thread keeps for a next time. */
  private static final int KEPT = 4;

  /** Larger ones are not kept: floats of the transformed weights. */
  private static final int LARGEST_KEPT = 1 << 18;

  private static final WinogradKernel NONE = new WinogradKernel();

  private static final ThreadLocal<WinogradKernel[]> LOCAL =
      ThreadLocal.withInitial(WinogradKernel::several);

  /** The weights that were transformed, when that is to be known. */
  private float[] copy = {};

  private boolean isCopied;
  private int offset;
  private int channels;
  private int outs;

  /** The weights as {@code [channel, tap, out]}. */
  private float[] staged = {};

  private float[] transformed = {};

  /** The place of the next kernel to be kept; of the first object alone. */
  private int next;

  private WinogradKernel() {}

  /** Of no convolution. */
  static WinogradKernel none() {
    return NONE;
  }

  private static WinogradKernel[] several() {
    WinogradKernel[] all = new WinogradKernel[KEPT + 1];
    Arrays.setAll(all, i -> new WinogradKernel());
    return all;
  }

  /** The weights of a convolution. */
  static WinogradKernel of(ConvShape s, float[] w, int wOffset) {
    WinogradKernel[] all = LOCAL.get();
    int size = size(s.inChannels(), s.outChannels());
    if (size > LARGEST_KEPT) {
      all[0].set(s.inChannels(), s.outChannels());
      all[0].forward(s, w, wOffset);
      return all[0];
    }
    WinogradKernel place = null;
    for (int i = 1; i <= KEPT; i++) {
      if (all[i].isFor(s, wOffset)) {
        place = all[i];
      }
    }
    if (place == null) {
      place = all[1 + all[0].next++ % KEPT];
      place.set(s.inChannels(), s.outChannels());
      place.offset = wOffset;
      place.isCopied = false;
    }
    int count = s.weightSize();
    if (!place.isCopied || !Arrays.equals(w, wOffset, wOffset + count, place.copy, 0, count)) {
      place.forward(s, w, wOffset);
      place.keep(w, wOffset, count);
    }
    return place;
  }

  /** The weights turned round, for the gradient of the images. */
  static WinogradKernel turned(ConvShape s, float[] w, int wOffset) {
    WinogradKernel kernel = LOCAL.get()[0];
    kernel.set(s.outChannels(), s.inChannels());
    int lanes = Lanes.roundUp(kernel.outs);
    for (int out = 0; out < s.outChannels(); out++) {
      int from = wOffset + out * s.taps();
      Transpose.run(w, from, 9, s.inChannels(), 9, kernel.staged, out * 9 * lanes, lanes);
    }
    kernel.transform(8 * lanes, -lanes);
    return kernel;
  }

  private boolean isFor(ConvShape s, int wOffset) {
    return isCopied && offset == wOffset && channels == s.inChannels() && outs == s.outChannels();
  }

  private void set(int newChannels, int newOuts) {
    channels = newChannels;
    outs = newOuts;
    int room = channels * 9 * Lanes.roundUp(outs);
    if (staged.length < room) {
      staged = new float[room];
    }
    int size = size(channels, outs);
    if (transformed.length < size) {
      transformed = new float[size];
    }
  }

  private void keep(float[] w, int wOffset, int count) {
    if (copy.length < count) {
      copy = new float[count];
    }
    System.arraycopy(w, wOffset, copy, 0, count);
    isCopied = true;
  }

  private void forward(ConvShape s, float[] w, int wOffset) {
    int lanes = Lanes.roundUp(outs);
    Transpose.run(w, wOffset, s.taps(), outs, s.taps(), staged, 0, lanes);
    transform(0, lanes);
  }

  private void transform(int first, int tap) {
    int lanes = Lanes.roundUp(outs);
    float[] room = Scratch.local().tile();
    for (int out = 0; out < lanes; out += Tiles.PANEL) {
      int panel = Math.min(Tiles.PANEL, lanes - out);
      int step = Winograd.step(channels, panel);
      int to = panelAt(channels, out);
      for (int channel = 0; channel < channels; channel++) {
        int from = channel * 9 * lanes + first + out;
        for (int j = 0; j < panel; j += Lanes.COUNT) {
          int at = to + channel * panel + j;
          WinogradWeights.transform(staged, from + j, tap, room, transformed, at, step);
        }
      }
    }
  }

  private static int size(int channels, int outs) {
    int lanes = Lanes.roundUp(outs);
    int last = (lanes - 1) / Tiles.PANEL * Tiles.PANEL;
    return panelAt(channels, last) + Winograd.NUMBERS * Winograd.step(channels, lanes - last);
  }

  /** Where the weights of a panel begin. */
  private static int panelAt(int channels, int out) {
    return out / Tiles.PANEL * Winograd.NUMBERS * Winograd.step(channels, Tiles.PANEL);
  }

  float[] array() {
    return transformed;
  }

  /** Where the weights of a panel for one number of a square begin. */
  int at(int out, int panel, int number) {
    return panelAt(channels, out) + number * Winograd.step(channels, panel);
  }
}
