package dev.cortado.train;

import dev.cortado.ParameterInfo;
import dev.cortado.io.EventFile;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run's numbers for TensorBoard: the loss of each update, the results and learning rate of
 * each epoch, and histograms of each parameter's weights and gradients after each epoch.
 *
 * <pre>{@code Trainer.of(net).callback(new TensorBoard(Path.of("runs", "first")))}</pre>
 */
public final class TensorBoard implements Callback, AutoCloseable {
  private final Path folder;
  private @Nullable EventFile events;

  /** A folder for this run; TensorBoard shows several when it is given the folder above them. */
  public TensorBoard(Path folder) {
    this.folder = folder;
  }

  /** The file, for values of one's own. */
  public EventFile events() {
    if (events == null) {
      events = EventFile.create(folder);
    }
    return events;
  }

  @Override
  public void stepDone(Training training) {
    events().scalar("loss/batch", training.step(), training.loss());
  }

  @Override
  public void epochDone(Training training, EpochResult result) {
    EventFile file = events();
    long step = result.step();
    scalar(file, "loss/train", step, result.loss());
    scalar(file, "loss/validation", step, result.validationLoss());
    scalar(file, "accuracy/train", step, result.accuracy());
    scalar(file, "accuracy/validation", step, result.validationAccuracy());
    result.metrics().forEach((name, value) -> scalar(file, "metrics/" + name, step, value));
    scalar(file, "learning rate", step, result.learningRate());
    scalar(file, "samples per second", step, result.samplesPerSecond());
    float[] weights = training.network().lentWeights();
    float[] gradients = training.session().gradients();
    for (ParameterInfo p : training.network().parameters()) {
      int end = p.offset() + p.count();
      file.histogram("weights/" + p.name(), step, weights, p.offset(), end);
      file.histogram("gradients/" + p.name(), step, gradients, p.offset(), end);
    }
    file.flush();
  }

  private static void scalar(EventFile file, String tag, long step, double value) {
    if (!Double.isNaN(value)) {
      file.scalar(tag, step, value);
    }
  }

  @Override
  public void finished(Training training, History history) {
    close();
  }

  @Override
  public void close() {
    if (events != null) {
      events.close();
      events = null;
    }
  }
}
