package dev.cortado.data;

import dev.cortado.Batch;
import dev.cortado.Port;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Shifts and scales inputs: {@code (x - mean) / deviation}. Fitted on training data and saved with
 * the model ({@link #metadata}), so that new data are treated alike. Images ({@code [C, H, W]})
 * have one mean and one deviation a channel, vectors one an element; a deviation of zero counts as
 * 1.
 */
public final class Standardizer implements Transform {
  private static final String KEY = "cortado.standardizer";

  private final float[] mean;
  private final float[] scale;

  private Standardizer(float[] mean, float[] scale) {
    this.mean = mean;
    this.scale = scale;
  }

  /**
   * Measures mean and population deviation of the first input.
   *
   * @throws IllegalArgumentException when there are no samples or the input is not of floats
   */
  public static Standardizer fit(Dataset train) {
    checkInput(train.inputs());
    if (train.size() == 0) {
      throw new IllegalArgumentException("cannot fit a standardizer: the data set is empty");
    }
    Column column = train.inputs().getFirst();
    int groups = groups(column);
    int each = column.count() / groups;
    double[] sum = new double[groups];
    double[] squares = new double[groups];
    Batch one = Batches.allocate(train, 1);
    float[] x = (float[]) one.inputs().getFirst();
    // Shifted by the first sample's values, so that large offsets do not cancel.
    double[] shift = new double[groups];
    for (int i = 0; i < train.size(); i++) {
      train.read(i, 0, one, 0);
      for (int e = 0; e < x.length; e++) {
        int group = e / each;
        if (i == 0 && e % each == 0) {
          shift[group] = x[e];
        }
        double v = x[e] - shift[group];
        sum[group] += v;
        squares[group] += v * v;
      }
    }
    double count = (double) train.size() * each;
    float[] mean = new float[groups];
    float[] scale = new float[groups];
    for (int g = 0; g < groups; g++) {
      double average = sum[g] / count;
      double variance = Math.max(0, squares[g] / count - average * average);
      mean[g] = (float) (average + shift[g]);
      scale[g] = variance > 0 ? (float) (1 / Math.sqrt(variance)) : 1;
      if (!Float.isFinite(mean[g]) || !Float.isFinite(scale[g])) {
        throw new IllegalArgumentException("input " + g + " holds values that are not finite");
      }
    }
    return new Standardizer(mean, scale);
  }

  /**
   * Normalises instead: the values of the first input lie from 0 to 1 in the training data, channel
   * by channel or element by element; what is constant there becomes 0.
   *
   * @throws IllegalArgumentException when there are no samples or the input is not of floats
   */
  public static Standardizer range(Dataset train) {
    checkInput(train.inputs());
    if (train.size() == 0) {
      throw new IllegalArgumentException("cannot fit a standardizer: the data set is empty");
    }
    int groups = groups(train.inputs().getFirst());
    float[] least = new float[groups];
    float[] most = new float[groups];
    Arrays.fill(least, Float.POSITIVE_INFINITY);
    Arrays.fill(most, Float.NEGATIVE_INFINITY);
    Batch one = Batches.allocate(train, 1);
    float[] x = (float[]) one.inputs().getFirst();
    for (int i = 0; i < train.size(); i++) {
      train.read(i, 0, one, 0);
      for (int e = 0; e < x.length; e++) {
        int group = e / (x.length / groups);
        least[group] = Math.min(least[group], x[e]);
        most[group] = Math.max(most[group], x[e]);
      }
    }
    float[] scale = new float[groups];
    for (int g = 0; g < groups; g++) {
      scale[g] = most[g] > least[g] ? 1 / (most[g] - least[g]) : 1;
      if (!Float.isFinite(least[g]) || !Float.isFinite(scale[g]) || scale[g] == 0) {
        throw new IllegalArgumentException("input " + g + " holds values that are not finite");
      }
    }
    return new Standardizer(least, scale);
  }

  /** Given means and deviations: one for all, one a channel or one an element. */
  public static Standardizer of(float[] mean, float[] deviation) {
    if (mean.length == 0 || mean.length != deviation.length) {
      throw new IllegalArgumentException(
          mean.length + " means and " + deviation.length + " deviations");
    }
    float[] scale = new float[deviation.length];
    for (int i = 0; i < scale.length; i++) {
      if (!(deviation[i] > 0)) {
        throw new IllegalArgumentException(
            "deviation " + i + " must be above 0, got " + deviation[i]);
      }
      scale[i] = 1 / deviation[i];
    }
    return new Standardizer(mean.clone(), scale);
  }

  /** The data set with its first input standardised as it is read. */
  public Dataset apply(Dataset data) {
    checkInput(data.inputs());
    checkLength(data.inputs().getFirst().count());
    return data.map(this);
  }

  /** Standardises one sample in place. */
  public void apply(float[] sample) {
    apply(sample, 0, sample.length);
  }

  @Override
  public void apply(List<Column> inputs, Batch batch, int row, RandomGenerator random) {
    int count = inputs.getFirst().count();
    apply((float[]) batch.inputs().getFirst(), row * count, count);
  }

  private void apply(float[] x, int from, int count) {
    checkLength(count);
    int each = count / mean.length;
    for (int g = 0; g < mean.length; g++) {
      float m = mean[g];
      float s = scale[g];
      int start = from + g * each;
      for (int e = start; e < start + each; e++) {
        x[e] = (x[e] - m) * s;
      }
    }
  }

  /** What to save with the model, see {@link dev.cortado.io.Weights}. */
  public Map<String, String> metadata() {
    return Map.of(KEY, Arrays.toString(mean) + Arrays.toString(scale));
  }

  /**
   * The standardizer saved with a model.
   *
   * @throws IllegalArgumentException when there is none or it is damaged
   */
  public static Standardizer of(Map<String, String> metadata) {
    String text = metadata.get(KEY);
    if (text == null) {
      throw new IllegalArgumentException("no standardizer was saved: there is no entry " + KEY);
    }
    String[] parts = text.replace("]", "").split("\\[", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("the saved standardizer is damaged: " + text);
    }
    float[] mean = floats(parts[1]);
    float[] scale = floats(parts[2]);
    if (mean.length != scale.length) {
      throw new IllegalArgumentException("the saved standardizer is damaged: " + text);
    }
    return new Standardizer(mean, scale);
  }

  private static float[] floats(String text) {
    String[] parts = text.split(", ", -1);
    float[] values = new float[parts.length];
    for (int i = 0; i < parts.length; i++) {
      values[i] = Float.parseFloat(parts[i]);
    }
    return values;
  }

  private void checkLength(int count) {
    if (count % mean.length != 0) {
      throw new IllegalArgumentException(
          "fitted for " + mean.length + " channels or elements, but a sample has " + count);
    }
  }

  private static void checkInput(List<Column> inputs) {
    if (inputs.isEmpty() || inputs.getFirst().kind() != Port.Kind.FLOAT) {
      throw new IllegalArgumentException("a standardizer needs a float input, got " + inputs);
    }
  }

  private static int groups(Column column) {
    return column.shape().size() >= 2 ? column.shape().getFirst() : column.count();
  }
}
