package dev.cortado.kernel;

/**
 * How an image is read by the taps of a convolution: where it stands, or copied with rows and
 * columns of zeros around it (or with rows and columns left out, where no tap goes).
 *
 * @param channels number of channels, of all groups
 * @param top rows of zeros above; negative to leave out rows
 * @param left columns of zeros to the left; negative to leave out columns
 * @param rows rows that taps read
 * @param columns columns that taps read
 */
record PaddedImage(
    Layout layout, int channels, int height, int width, int top, int left, int rows, int columns) {

  /** Whether the taps can read the image where it stands. */
  boolean inPlace() {
    return top == 0 && left == 0 && rows <= height && columns <= width;
  }

  private int pitch() {
    return inPlace() ? width : columns;
  }

  private int allRows() {
    return inPlace() ? height : rows;
  }

  /** Floats of the copy. */
  int size() {
    return channels * allRows() * pitch();
  }

  /** Distance of channels. */
  int channelStep() {
    return layout == Layout.CHANNELS_LAST ? 1 : allRows() * pitch();
  }

  /** Offset of an element, from the image's or its copy's first. */
  int at(int channel, int row, int column) {
    return layout == Layout.CHANNELS_LAST
        ? (row * pitch() + column) * channels + channel
        : (channel * allRows() + row) * pitch() + column;
  }

  /** Copies what lies inside the image; around it there must be zeros already. */
  void copy(float[] from, int at, float[] to) {
    int firstRow = Math.max(0, top);
    int firstColumn = Math.max(0, left);
    int count = Math.min(rows, height + top) - firstRow;
    int length = Math.min(columns, width + left) - firstColumn;
    if (count <= 0 || length <= 0) {
      return;
    }
    int y = firstRow - top;
    int x = firstColumn - left;
    if (layout == Layout.CHANNELS_LAST) {
      int source = at + (y * width + x) * channels;
      int target = at(0, firstRow, firstColumn);
      Packing.block(
          from, source, width * channels, count, length * channels, to, target, columns * channels);
      return;
    }
    for (int channel = 0; channel < channels; channel++) {
      int source = at + (channel * height + y) * width + x;
      int target = at(channel, firstRow, firstColumn);
      Packing.block(from, source, width, count, length, to, target, columns);
    }
  }
}
