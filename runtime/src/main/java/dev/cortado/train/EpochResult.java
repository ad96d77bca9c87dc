package dev.cortado.train;

import java.util.Map;

/**
 * What one epoch brought. Numbers that were not measured are NaN.
 *
 * @param epoch counted from 1
 * @param step updates made so far
 * @param loss mean of the training batches' losses, measured while the weights changed
 * @param accuracy fraction of training labels answered rightly meanwhile
 * @param validationLoss mean over the validation samples, after the epoch
 * @param validationAccuracy fraction of validation labels answered rightly
 * @param metrics values on the validation data, by name
 * @param learningRate at the end of the epoch
 * @param samplesPerSecond training speed, validation left out
 * @param seconds for the epoch, validation included
 */
public record EpochResult(
    int epoch,
    long step,
    double loss,
    double accuracy,
    double validationLoss,
    double validationAccuracy,
    Map<String, Double> metrics,
    double learningRate,
    double samplesPerSecond,
    double seconds) {

  /**
   * A number by its name: {@code loss}, {@code accuracy}, {@code validation loss}, {@code
   * validation accuracy} or that of a metric.
   */
  public double value(String name) {
    return switch (name) {
      case "loss" -> loss;
      case "accuracy" -> accuracy;
      case "validation loss" -> validationLoss;
      case "validation accuracy" -> validationAccuracy;
      default -> {
        Double value = metrics.get(name);
        if (value == null) {
          throw new IllegalArgumentException(
              "no \"%s\" was measured; there are loss, accuracy, validation loss, validation accuracy and %s"
                  .formatted(name, metrics.keySet()));
        }
        yield value;
      }
    };
  }
}
