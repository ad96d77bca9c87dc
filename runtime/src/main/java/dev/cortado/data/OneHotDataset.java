package dev.cortado.data;

import dev.cortado.Batch;
import dev.cortado.Port;
import java.util.Arrays;
import java.util.List;

/** A data set whose only target, a label, is read as probabilities. */
final class OneHotDataset implements Dataset {
  private final Dataset base;
  private final int classes;

  OneHotDataset(Dataset base, int classes) {
    int[] labels = base.labels();
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new IllegalArgumentException(
            "label " + labels[i] + " of sample " + i + " is not between 0 and " + (classes - 1));
      }
    }
    this.base = base;
    this.classes = classes;
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
    return List.of(new Column(Port.Kind.FLOAT, List.of(classes)));
  }

  @Override
  public void read(int sample, long draw, Batch into, int row) {
    Batch one = Batches.allocate(base, 1);
    base.read(sample, draw, one, 0);
    for (int i = 0; i < inputs().size(); i++) {
      int count = inputs().get(i).count();
      System.arraycopy(one.inputs().get(i), 0, into.inputs().get(i), row * count, count);
    }
    float[] probabilities = (float[]) into.targets().getFirst();
    Arrays.fill(probabilities, row * classes, (row + 1) * classes, 0f);
    probabilities[row * classes + ((int[]) one.targets().getFirst())[0]] = 1;
  }
}
