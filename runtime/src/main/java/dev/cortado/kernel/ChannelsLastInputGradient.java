package dev.cortado.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The gradient of a convolution's input with input channels in the lanes of the vectors: for each
 * residue of row and column modulo the stride a product of {@code [pixels, outChannels and taps]},
 * read from the output's gradient, and {@code [outChannels and taps, inChannels]}.
 */
final class ChannelsLastInputGradient implements RangeTask {
  private static final ThreadLocal<ChannelsLastInputGradient> LOCAL =
      ThreadLocal.withInitial(ChannelsLastInputGradient::new);
  private static final float[] NOTHING = {};
  private static final VectorSpecies<Float> S = Lanes.SPECIES;
  private static final int L = Lanes.COUNT;

  private ConvShape s = new ConvShape(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1);
  private PixelTables tables = PixelTables.of(s);
  private float[] gy = NOTHING;
  private int gyOffset;
  private float[] gx = NOTHING;
  private int gxOffset;

  /** The weights as {@code [group, residue, panel, out and tap, in]}. */
  private float[] weights = NOTHING;

  /** Offsets of a vector of channels in the weights. */
  private final int[] lanes = new int[L];

  private ChannelsLastInputGradient() {}

  static void run(
      ConvShape s,
      int batch,
      float[] gy,
      int gyOffset,
      float[] w,
      int wOffset,
      float[] gx,
      int gxOffset) {
    ChannelsLastInputGradient job = LOCAL.get();
    job.s = s;
    job.tables = PixelTables.of(s);
    job.gy = gy;
    job.gyOffset = gyOffset;
    job.gx = gx;
    job.gxOffset = gxOffset;
    job.pack(w, wOffset);
    Team.run(batch, Convolution.imagesWorthAThread(s), job);
    job.gy = job.gx = NOTHING;
  }

  private void pack(float[] w, int wOffset) {
    int ins = s.groupInChannels();
    int group = s.groupOutChannels() * s.taps();
    int size = s.groups() * s.groupOutChannels() * s.kernelH() * s.kernelW() * Lanes.roundUp(ins);
    if (weights.length < size) {
      weights = new float[size];
    }
    Steps.fill(lanes, L, s.kernelH() * s.kernelW());
    int at = 0;
    for (int g = 0; g < s.groups(); g++) {
      for (PixelTables.Residue residue : tables.residues) {
        for (int in = 0; in < ins; in += Tiles.PANEL) {
          int columns = Math.min(Tiles.PANEL, ins - in);
          int from = wOffset + g * group + in * s.kernelH() * s.kernelW();
          packPanel(w, from, residue.weights(), columns, at);
          at += Lanes.roundUp(columns) * residue.weights().length;
        }
      }
    }
  }

  private void packPanel(float[] w, int from, int[] rows, int columns, int start) {
    int at = start;
    int vector = L * s.kernelH() * s.kernelW();
    for (int row : rows) {
      int source = from + row;
      for (int j = 0; j < columns; j += L) {
        gather(w, source, columns - j, at);
        source += vector;
        at += L;
      }
    }
  }

  private void gather(float[] w, int source, int count, int at) {
    if (count >= L) {
      FloatVector.fromArray(S, w, source, lanes, 0).intoArray(weights, at);
      return;
    }
    for (int lane = 0; lane < count; lane++) {
      weights[at + lane] = w[source + lanes[lane]];
    }
  }

  @Override
  public void run(int from, int to) {
    Scratch scratch = Scratch.local();
    PaddedImage output = tables.output;
    float[] copy = output.inPlace() ? gy : scratch.zeroedRight(output.size());
    for (int image = from; image < to; image++) {
      int at = gyOffset + image * s.outputSize();
      if (!output.inPlace()) {
        output.copy(gy, at, copy);
      }
      int weightsAt = 0;
      for (int group = 0; group < s.groups(); group++) {
        int first = group * s.groupOutChannels() * output.channelStep();
        int sourceAt = (output.inPlace() ? at : 0) + first;
        weightsAt = group(scratch, copy, sourceAt, weightsAt, image, group);
      }
    }
    scratch.operands.clear();
  }

  /** All residues of one group of channels of one image; returns the end of the group's weights. */
  private int group(
      Scratch scratch, float[] source, int sourceAt, int weightsStart, int image, int group) {
    int weightsAt = weightsStart;
    int ins = s.groupInChannels();
    int width = Lanes.roundUp(ins);
    int count = s.height() * s.width();
    boolean last = s.input() == Layout.CHANNELS_LAST;
    float[] result = last ? gx : scratch.result(count * width);
    int resultAt = last ? gxOffset + image * s.inputSize() + group * ins : 0;
    Operands o = scratch.operands;
    o.floor = Float.NEGATIVE_INFINITY;
    for (PixelTables.Residue residue : tables.residues) {
      int[] pixels = residue.pixels();
      int[] zeros = Steps.zeros(Math.max(pixels.length, Tiles.PANEL));
      o.first = 0;
      o.last = residue.steps().length;
      o.left(source, sourceAt, pixels, residue.steps());
      for (int in = 0; in < ins; in += Tiles.PANEL) {
        int columns = Math.min(Tiles.PANEL, ins - in);
        o.right(weights, weightsAt, Steps.packed(columns, o.last));
        o.start(scratch.zeros(), 0, zeros);
        o.result(result, resultAt + in, residue.results());
        Tiles.panel(o, 0, pixels.length, last ? columns : Lanes.roundUp(columns));
        weightsAt += Lanes.roundUp(columns) * o.last;
      }
    }
    if (!last) {
      int to = gxOffset + image * s.inputSize() + group * ins * count;
      Transpose.run(result, 0, width, count, ins, gx, to, count);
    }
    return weightsAt;
  }
}
