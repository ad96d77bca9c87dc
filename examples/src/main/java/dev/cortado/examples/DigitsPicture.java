package dev.cortado.examples;

import dev.cortado.Network;
import dev.cortado.data.Dataset;
import dev.cortado.train.AnswerGrid;
import dev.cortado.train.History;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;

/** One picture of a training: the curves of its losses and, below, digits with the answers. */
final class DigitsPicture {
  private static final int SHOWN = 60;

  private DigitsPicture() {}

  /**
   * Writes a PNG file, unless this Java cannot draw, which is then said on the standard error
   * stream.
   *
   * @return whether there is a picture now
   */
  static boolean write(Path file, History history, Network net, Dataset held) throws IOException {
    Path curves = Files.createTempFile("curves", ".png");
    Path grid = Files.createTempFile("digits", ".png");
    try {
      List<String> names = IntStream.range(0, 10).mapToObj(String::valueOf).toList();
      if (!history.plot(curves) || !AnswerGrid.write(net, held, SHOWN, names, grid)) {
        return false;
      }
      return ImageIO.write(
          stacked(ImageIO.read(curves.toFile()), ImageIO.read(grid.toFile())),
          "png",
          file.toFile());
    } finally {
      Files.delete(curves);
      Files.delete(grid);
    }
  }

  private static BufferedImage stacked(BufferedImage top, BufferedImage bottom) {
    BufferedImage both =
        new BufferedImage(
            Math.max(top.getWidth(), bottom.getWidth()),
            top.getHeight() + bottom.getHeight(),
            BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = both.createGraphics();
    canvas.setColor(Color.WHITE);
    canvas.fillRect(0, 0, both.getWidth(), both.getHeight());
    canvas.drawImage(top, 0, 0, null);
    canvas.drawImage(bottom, (both.getWidth() - bottom.getWidth()) / 2, top.getHeight(), null);
    canvas.dispose();
    return both;
  }
}
