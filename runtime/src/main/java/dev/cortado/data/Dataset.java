package dev.cortado.data;

import dev.cortado.Batch;
import dev.cortado.Port;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Samples to learn from, addressed by number. Implementations must allow {@link #read} from any
 * thread, and the same arguments must give the same values.
 *
 * <p>Views ({@link #subset}, {@link #split}, {@link #concat}, {@link #map}) copy no data.
 */
public interface Dataset {
  /** Number of samples. */
  int size();

  /** What goes into the model, in the order of {@code forward}'s parameters. */
  List<Column> inputs();

  /** What the loss compares with, in the order of {@code loss}'s parameters after the outputs. */
  List<Column> targets();

  /**
   * Copies one sample into a batch.
   *
   * @param sample from 0 to {@code size() - 1}
   * @param draw chooses the random changes of an augmented data set; differs from epoch to epoch,
   *     ignored by plain data
   * @param into its arrays are written from element {@code row * column.count()} on
   */
  void read(int sample, long draw, Batch into, int row);

  /** Samples with class labels; there are as many as labels. {@code inputs} is row-major. */
  static Dataset of(float[] inputs, int[] labels) {
    return ofArrays(labels.length, List.of(inputs), List.of(labels));
  }

  /** Samples with numbers to predict, {@code size} of them; both arrays are row-major. */
  static Dataset of(float[] inputs, float[] targets, int size) {
    return ofArrays(size, List.of(inputs), List.of(targets));
  }

  /** Samples with class labels, one row each. */
  static Dataset of(float[][] inputs, int[] labels) {
    return of(ArrayDataset.flatten(inputs, labels.length, "labels"), labels);
  }

  /** Samples with numbers to predict, one row each. */
  static Dataset of(float[][] inputs, float[][] targets) {
    return of(
        ArrayDataset.flatten(inputs, targets.length, "targets"),
        ArrayDataset.flatten(targets, inputs.length, "inputs"),
        inputs.length);
  }

  /** Images in channel, row, column order ({@code [C, H, W]}), with class labels. */
  static Dataset images(float[] pixels, int[] labels, int channels, int height, int width) {
    Column image = new Column(Port.Kind.FLOAT, List.of(channels, height, width));
    Column label = new Column(Port.Kind.LABEL, List.of());
    return new ArrayDataset(
        labels.length, List.of(pixels), List.of(labels), List.of(image), List.of(label));
  }

  /**
   * Any number of inputs and targets. A {@code float[]} is a float column, an {@code int[]} among
   * the inputs an integer column and among the targets a label column.
   */
  static Dataset ofArrays(int size, List<Object> inputs, List<Object> targets) {
    return new ArrayDataset(
        size,
        inputs,
        targets,
        ArrayDataset.columns(size, inputs, "input", Port.Kind.INT),
        ArrayDataset.columns(size, targets, "target", Port.Kind.LABEL));
  }

  /**
   * As {@link #ofArrays(int, List, List)}, with the columns given: shapes and kinds are checked.
   */
  static Dataset ofArrays(
      int size,
      List<Object> inputs,
      List<Object> targets,
      List<Column> inputColumns,
      List<Column> targetColumns) {
    return new ArrayDataset(size, inputs, targets, inputColumns, targetColumns);
  }

  /**
   * Reads all of {@code samples} into memory: each is one sample's arrays, as in a batch of size 1.
   */
  static Dataset of(Iterable<Batch> samples) {
    return ArrayDataset.collect(samples);
  }

  /** The data sets one after the other; their columns must be equal. */
  static Dataset concat(Dataset... parts) {
    return new ConcatDataset(List.of(parts));
  }

  /** Only these samples, in this order; a sample may occur more than once. */
  default Dataset subset(int... samples) {
    return new SubsetDataset(this, samples.clone());
  }

  /** The first {@code count} samples. */
  default Dataset take(int count) {
    if (count < 0 || count > size()) {
      throw new IllegalArgumentException("cannot take " + count + " of " + size() + " samples");
    }
    return subset(IntStream.range(0, count).toArray());
  }

  /** Applies a change to every sample as it is read: augmentation, normalisation. */
  default Dataset map(Transform transform) {
    return new TransformedDataset(this, transform);
  }

  /** All samples in one batch. */
  default Batch all() {
    Batch batch = Batches.allocate(this, size());
    for (int i = 0; i < size(); i++) {
      read(i, 0, batch, i);
    }
    return batch;
  }

  /**
   * The class of each sample.
   *
   * @throws IllegalStateException when there is not exactly one label a sample
   */
  default int[] labels() {
    if (targets().size() != 1
        || targets().getFirst().kind() != Port.Kind.LABEL
        || targets().getFirst().count() != 1) {
      throw new IllegalStateException(
          "labels needs one class label a sample, but the targets are " + targets());
    }
    Batch one = Batches.allocate(this, 1);
    int[] label = (int[]) one.targets().getFirst();
    int[] labels = new int[size()];
    for (int i = 0; i < labels.length; i++) {
      read(i, 0, one, 0);
      labels[i] = label[0];
    }
    return labels;
  }

  /**
   * Splits at random: a fraction is held out, the rest is for training.
   *
   * @param heldFraction between 0 and 1, both parts must get at least one sample
   */
  default Split split(double heldFraction, long seed) {
    return Splitting.random(this, heldFraction, seed);
  }

  /**
   * As {@link #split}, taking the same fraction of every class, so that none is missing from a
   * part.
   */
  default Split stratifiedSplit(double heldFraction, long seed) {
    return Splitting.stratified(this, heldFraction, seed);
  }

  /** Cuts into {@code k} parts and holds out each once. */
  default List<Split> folds(int k, long seed) {
    return Splitting.folds(this, k, seed);
  }

  /**
   * Every class as often as the largest: samples of smaller classes are repeated, drawn at random
   * in full rounds so that each occurs equally often, give or take one.
   */
  default Dataset balanced(long seed) {
    return Splitting.balanced(this, seed);
  }

  /**
   * Class labels as probabilities: the label target becomes {@code classes} floats, 1 at the label.
   *
   * @throws IllegalArgumentException when a label is not below {@code classes}
   */
  default Dataset oneHot(int classes) {
    return new OneHotDataset(this, classes);
  }
}
