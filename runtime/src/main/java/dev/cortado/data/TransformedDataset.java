package dev.cortado.data;

import dev.cortado.Batch;
import java.util.List;
import java.util.SplittableRandom;

/** A data set whose samples are changed as they are read. */
final class TransformedDataset implements Dataset {
  private final Dataset base;
  private final Transform transform;

  TransformedDataset(Dataset base, Transform transform) {
    this.base = base;
    this.transform = transform;
  }

  @Override
  public int size() {
    return base.size();
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
    base.read(sample, draw, into, row);
    transform.apply(base.inputs(), into, row, new SplittableRandom(Seeds.mix(draw, sample)));
  }

  @Override
  public int[] labels() {
    return base.labels();
  }
}
