package dev.cortado.train;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.data.Column;
import dev.cortado.data.Dataset;
import dev.cortado.data.ImageGrid;
import java.nio.file.Path;
import java.util.List;

/** A picture of test images with the network's answers. */
public final class AnswerGrid {
  private AnswerGrid() {}

  /**
   * Draws the first {@code count} images of a data set, each with the answer and, in red, what
   * would have been right. When this Java cannot draw, says so on the standard error stream and
   * does nothing else.
   *
   * @param names of the classes
   * @return whether there is a picture now
   * @throws IllegalArgumentException when the data are not labelled images of shape {@code [1 or 3,
   *     H, W]}
   */
  public static boolean write(Network net, Dataset data, int count, List<String> names, Path file) {
    Column image = data.inputs().getFirst();
    if (image.shape().size() != 3) {
      throw new IllegalArgumentException(
          "a grid of answers needs images of shape [channels, height, width], got "
              + image.shape());
    }
    Dataset shown = data.take(Math.min(count, data.size()));
    int[] labels = shown.labels();
    float[] outputs = Evaluation.predict(net, shown, Math.min(64, shown.size()));
    Answers answers =
        new Answers(outputs, outputs.length, labels, labels.length, labels.length, Float.NaN);
    try {
      draw(image, shown.all(), answers, names).write(file);
      return true;
    } catch (LinkageError e) {
      System.err.println("No picture in " + file + ": this Java cannot draw (" + e + ").");
      return false;
    }
  }

  private static ImageGrid draw(Column image, Batch batch, Answers answers, List<String> names) {
    float[] pixels = (float[]) batch.inputs().getFirst();
    float low = Float.POSITIVE_INFINITY;
    float high = Float.NEGATIVE_INFINITY;
    for (float pixel : pixels) {
      low = Math.min(low, pixel);
      high = Math.max(high, pixel);
    }
    List<Integer> shape = image.shape();
    ImageGrid grid =
        new ImageGrid(shape.get(0), shape.get(1), shape.get(2), 10)
            .range(low, high > low ? high : low + 1);
    for (int i = 0; i < answers.samples(); i++) {
      int answer = answers.answer(i);
      int truth = answers.labels()[i];
      boolean right = answer == truth;
      String caption =
          right ? names.get(answer) : names.get(answer) + " (" + names.get(truth) + ")";
      grid.add(pixels, i * image.count(), caption, right);
    }
    return grid;
  }
}
