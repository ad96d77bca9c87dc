package dev.cortado.data;

import dev.cortado.Batch;
import java.util.List;
import java.util.Objects;

/** Data sets one after the other. */
final class ConcatDataset implements Dataset {
  private final List<Dataset> parts;
  private final int size;

  ConcatDataset(List<Dataset> parts) {
    if (parts.isEmpty()) {
      throw new IllegalArgumentException("concat needs at least one data set");
    }
    Dataset first = parts.getFirst();
    int total = 0;
    for (int i = 0; i < parts.size(); i++) {
      Dataset part = parts.get(i);
      if (!part.inputs().equals(first.inputs()) || !part.targets().equals(first.targets())) {
        throw new IllegalArgumentException(
            "data set %d has columns %s → %s, the first has %s → %s"
                .formatted(i, part.inputs(), part.targets(), first.inputs(), first.targets()));
      }
      total = Math.addExact(total, part.size());
    }
    this.parts = parts;
    this.size = total;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public List<Column> inputs() {
    return parts.getFirst().inputs();
  }

  @Override
  public List<Column> targets() {
    return parts.getFirst().targets();
  }

  @Override
  public void read(int sample, long draw, Batch into, int row) {
    int rest = Objects.checkIndex(sample, size);
    for (Dataset part : parts) {
      if (rest < part.size()) {
        part.read(rest, draw, into, row);
        return;
      }
      rest -= part.size();
    }
  }
}
