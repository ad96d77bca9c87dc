package dev.cortado.train;

/**
 * What a network answered for a batch, and what would have been right.
 *
 * @param output the network's first output, row-major; only the first {@code count} elements count
 * @param count number of outputs
 * @param target the first target, {@code int[]} for labels and {@code float[]} for numbers; empty
 *     {@code float[]} when there is none
 * @param targetCount number of targets, of which there is one a row of {@code output}
 * @param samples number of samples
 * @param loss the batch's loss
 */
public record Answers(
    float[] output, int count, Object target, int targetCount, int samples, float loss) {

  /** Class labels; those below zero are to be ignored. */
  public int[] labels() {
    if (target instanceof int[] labels) {
      return labels;
    }
    throw new IllegalStateException("this metric needs class labels, but the target is of floats");
  }

  /** Numbers to be predicted, as many as outputs. */
  public float[] numbers() {
    if (target instanceof float[] numbers && targetCount == count) {
      return numbers;
    }
    throw new IllegalStateException(
        "this metric needs a number for each of the %d outputs, but there are %d %s"
            .formatted(count, targetCount, target instanceof int[] ? "labels" : "numbers"));
  }

  /** Number of outputs for each label. */
  public int classes() {
    return targetCount == 0 ? 0 : count / targetCount;
  }

  /** The class with the largest output in this row; the first of equals. */
  public int answer(int row) {
    int classes = classes();
    int from = row * classes;
    int best = from;
    for (int i = from + 1; i < from + classes; i++) {
      if (output[i] > output[best]) {
        best = i;
      }
    }
    return best - from;
  }
}
