package dev.cortado.data;

import dev.cortado.io.AtomicFile;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;

/**
 * Pictures side by side in one PNG file, each with a line of text below. Needs the module
 * java.desktop.
 */
public final class ImageGrid {
  private static final int GAP = 8;
  private static final int TEXT = 18;
  private static final int SMALLEST = 64;

  private record Cell(BufferedImage picture, String caption, Color color) {}

  private final int channels;
  private final int height;
  private final int width;
  private final int columns;
  private final List<Cell> cells = new ArrayList<>();
  private float black = 0;
  private float white = 1;

  /**
   * For pictures of {@code [channels, height, width]}; one channel is grey, three are red, green,
   * blue.
   */
  public ImageGrid(int channels, int height, int width, int columns) {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("pictures have 1 or 3 channels, got " + channels);
    }
    if (columns < 1) {
      throw new IllegalArgumentException("a grid needs at least 1 column, got " + columns);
    }
    this.channels = channels;
    this.height = height;
    this.width = width;
    this.columns = columns;
  }

  /** The pixel values that are shown as black and as white; 0 and 1 unless set. */
  public ImageGrid range(float newBlack, float newWhite) {
    if (!(newWhite > newBlack)) {
      throw new IllegalArgumentException(
          "white must be above black, got " + newBlack + ", " + newWhite);
    }
    black = newBlack;
    white = newWhite;
    return this;
  }

  /** Adds a picture that lies in {@code pixels} from {@code offset} on. */
  public ImageGrid add(float[] pixels, int offset, String caption) {
    return add(pixels, offset, caption, Color.DARK_GRAY);
  }

  /** Adds a picture with the text in green when {@code right}, else in red. */
  public ImageGrid add(float[] pixels, int offset, String caption, boolean right) {
    return add(pixels, offset, caption, right ? new Color(0, 120, 0) : new Color(200, 0, 0));
  }

  private ImageGrid add(float[] pixels, int offset, String caption, Color color) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int plane = height * width;
    for (int i = 0; i < plane; i++) {
      int red = level(pixels[offset + i]);
      int green = channels == 3 ? level(pixels[offset + plane + i]) : red;
      int blue = channels == 3 ? level(pixels[offset + 2 * plane + i]) : red;
      picture.setRGB(i % width, i / width, red << 16 | green << 8 | blue);
    }
    cells.add(new Cell(picture, caption, color));
    return this;
  }

  private int level(float value) {
    return Math.clamp(Math.round(255 * (value - black) / (white - black)), 0, 255);
  }

  /** Writes the PNG file. */
  public void write(Path file) {
    int scale = Math.max(1, (SMALLEST + width - 1) / width);
    int cellWidth = width * scale + GAP;
    int cellHeight = height * scale + TEXT + GAP;
    int rows = (cells.size() + columns - 1) / columns;
    BufferedImage all =
        new BufferedImage(
            columns * cellWidth + GAP,
            Math.max(1, rows) * cellHeight + GAP,
            BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = all.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, all.getWidth(), all.getHeight());
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      int x = GAP + i % columns * cellWidth;
      int y = GAP + i / columns * cellHeight;
      graphics.drawImage(cell.picture, x, y, width * scale, height * scale, null);
      graphics.setColor(cell.color);
      graphics.drawString(cell.caption, x, y + height * scale + TEXT - 5);
    }
    graphics.dispose();
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(all, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
    AtomicFile.write(file, png.toByteArray());
  }
}
