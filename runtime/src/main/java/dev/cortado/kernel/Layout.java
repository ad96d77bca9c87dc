package dev.cortado.kernel;

/** The order in which the numbers of an image lie in memory. */
public enum Layout {
  /** {@code [channels, height, width]}, as PyTorch has it. */
  CHANNELS_FIRST,
  /** {@code [height, width, channels]}: the channels of a pixel are neighbours. */
  CHANNELS_LAST
}
