package dev.cortado.data;

import dev.cortado.Batch;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Chosen samples of another data set. */
final class SubsetDataset implements Dataset {
  private final Dataset base;
  private final int[] samples;

  SubsetDataset(Dataset base, int[] samples) {
    for (int sample : samples) {
      Objects.checkIndex(sample, base.size());
    }
    this.base = base;
    this.samples = samples;
  }

  @Override
  public int size() {
    return samples.length;
  }

  @Override
  public List<Column> inputs() {
    return base.inputs();
  }

  @Override
  public List<Column> targets() {
    return base.targets();
  }

  @Override
  public void read(int sample, long draw, Batch into, int row) {
    // A sample that occurs twice is changed in two ways.
    base.read(samples[sample], Seeds.mix(draw, sample), into, row);
  }

  @Override
  public int[] labels() {
    int[] all = base.labels();
    return Arrays.stream(samples).map(i -> all[i]).toArray();
  }
}
