package dev.cortado.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cortado.Batch;
import dev.cortado.Port;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DatasetTest {
  /** Sample {@code i} is {@code [i, -i]} with label {@code i % classes}. */
  private static Dataset counting(int size, int classes) {
    float[] x = new float[2 * size];
    int[] labels = new int[size];
    for (int i = 0; i < size; i++) {
      x[2 * i] = i;
      x[2 * i + 1] = -i;
      labels[i] = i % classes;
    }
    return Dataset.of(x, labels);
  }

  private static int[] numbers(Dataset data) {
    float[] x = (float[]) data.all().inputs().getFirst();
    return IntStream.range(0, data.size()).map(i -> (int) x[2 * i]).toArray();
  }

  @Test
  void batchesCoverAllSamplesWithARemainder() {
    Batches batches = Batches.of(counting(10, 2), 4).shuffle(3);
    List<Integer> sizes = new ArrayList<>();
    Set<Float> seen = new HashSet<>();
    for (Batch batch : batches.epoch(1)) {
      sizes.add(batch.size());
      float[] x = (float[]) batch.inputs().getFirst();
      for (int i = 0; i < batch.size(); i++) {
        seen.add(x[2 * i]);
        assertThat(x[2 * i + 1]).isEqualTo(-x[2 * i]);
        assertThat(((int[]) batch.targets().getFirst())[i]).isEqualTo((int) x[2 * i] % 2);
      }
    }
    assertThat(sizes).containsExactly(4, 4, 2);
    assertThat(seen).hasSize(10);
  }

  @Test
  void theOrderIsAFunctionOfSeedAndEpoch() {
    Dataset data = counting(100, 2);
    Batches batches = Batches.of(data, 7).shuffle(3);
    assertThat(batches.order(5)).isEqualTo(Batches.of(data, 9).shuffle(3).order(5));
    assertThat(batches.order(5)).isNotEqualTo(batches.order(6));
    assertThat(batches.order(5)).isNotEqualTo(batches.shuffle(4).order(5));
    assertThat(Batches.of(data, 7).order(5)).isEqualTo(IntStream.range(0, 100).toArray());
  }

  @Test
  void anEpochCanBeEnteredInTheMiddle() {
    Batches batches = Batches.of(counting(20, 2), 6).shuffle(1);
    List<String> all = contents(batches.epoch(2, 0));
    assertThat(contents(batches.epoch(2, 2))).isEqualTo(all.subList(2, 4));
    assertThat(contents(batches.prefetch(true).epoch(2, 0))).isEqualTo(all);
  }

  private static List<String> contents(Iterable<Batch> batches) {
    List<String> contents = new ArrayList<>();
    for (Batch batch : batches) {
      float[] x = (float[]) batch.inputs().getFirst();
      contents.add(Arrays.toString(Arrays.copyOf(x, 2 * batch.size())));
    }
    return contents;
  }

  @Test
  void splitsShareNothingAndLoseNothing() {
    Split split = counting(50, 5).split(0.2, 1);
    assertThat(split.held().size()).isEqualTo(10);
    assertThat(
            IntStream.concat(
                Arrays.stream(numbers(split.train())), Arrays.stream(numbers(split.held()))))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 50).boxed().toList());
    assertThatThrownBy(() -> counting(3, 1).split(0.01, 1))
        .hasMessage("holding out 0.01 of 3 samples leaves one part empty");
    assertThatThrownBy(() -> counting(3, 1).split(1.5, 1))
        .hasMessage("the fraction to hold out must be between 0 and 1, got 1.5");
  }

  @Test
  void stratifiedSplitsKeepTheClassesShares() {
    Dataset data = Dataset.concat(counting(60, 3), counting(30, 1));
    Split split = data.stratifiedSplit(0.2, 1);
    assertThat(split.held().size()).isEqualTo(18);
    long zeros = Arrays.stream(split.held().labels()).filter(label -> label == 0).count();
    assertThat(zeros).isEqualTo(10);
    Dataset lonely = Dataset.of(new float[3], new int[] {0, 0, 1});
    assertThatThrownBy(() -> lonely.stratifiedSplit(0.5, 1))
        .hasMessage(
            "class 1 has only sample 2: each part of a stratified split needs one of every class");
  }

  @Test
  void foldsHoldEachSampleOutOnce() {
    List<Split> folds = counting(11, 2).folds(3, 4);
    assertThat(folds).hasSize(3);
    assertThat(folds.stream().flatMapToInt(fold -> Arrays.stream(numbers(fold.held()))).boxed())
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, 11).boxed().toList());
    folds.forEach(fold -> assertThat(fold.train().size() + fold.held().size()).isEqualTo(11));
  }

  @Test
  void balancingRepeatsSmallClasses() {
    Dataset data = Dataset.concat(counting(9, 3), counting(6, 1));
    int[] labels = data.balanced(1).labels();
    assertThat(labels).hasSize(27);
    for (int c = 0; c < 3; c++) {
      int label = c;
      assertThat(Arrays.stream(labels).filter(l -> l == label).count()).isEqualTo(9);
    }
  }

  @Test
  void oneHotTargets() {
    Dataset data = counting(4, 3).oneHot(3);
    assertThat((float[]) data.all().targets().getFirst())
        .containsExactly(1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 0, 0);
    assertThat(numbers(data)).containsExactly(0, 1, 2, 3);
    assertThatThrownBy(() -> counting(4, 3).oneHot(2))
        .hasMessage("label 2 of sample 2 is not between 0 and 1");
  }

  @Test
  void aRangeIsFittedAndKept() {
    Dataset data = Dataset.of(new float[][] {{2, 7, -1}, {6, 7, 1}, {3, 7, 0}}, new int[3]);
    Standardizer kept = Standardizer.of(Standardizer.range(data).metadata());
    assertThat((float[]) kept.apply(data).all().inputs().getFirst())
        .containsExactly(0, 0, 0, 1, 0, 1, 0.25f, 0, 0.5f);
    assertThatThrownBy(() -> Standardizer.range(data.take(0)))
        .hasMessageContaining("the data set is empty");
  }

  @Test
  void aStandardizerIsFittedAndKept() {
    float[] pixels = new float[3 * 2 * 4];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i % 8 < 4 ? 1000 + i % 3 : 5; // The second channel is constant.
    }
    Dataset data = Dataset.images(pixels, new int[3], 2, 2, 2);
    Standardizer fitted = Standardizer.fit(data);
    Standardizer kept = Standardizer.of(fitted.metadata());
    float[] x = (float[]) kept.apply(data).all().inputs().getFirst();
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      if (i % 8 < 4) {
        sum += x[i];
        squares += x[i] * x[i];
      } else {
        assertThat(x[i]).isZero();
      }
    }
    assertThat(sum / 12).isBetween(-1e-4, 1e-4);
    assertThat(squares / 12).isBetween(0.999, 1.001);
    assertThatThrownBy(() -> fitted.apply(new float[3]))
        .hasMessage("fitted for 2 channels or elements, but a sample has 3");
    assertThatThrownBy(() -> Standardizer.of(java.util.Map.of()))
        .hasMessageContaining("no standardizer was saved");
  }

  @Test
  void arraysThatDoNotFitAreRefused() {
    assertThatThrownBy(() -> Dataset.of(new float[7], new int[2]))
        .hasMessage("input 0 has 7 elements, which cannot be 2 samples");
    assertThatThrownBy(() -> Dataset.images(new float[27], new int[2], 1, 3, 4))
        .hasMessage("input 0 has 27 elements, but 2 samples of shape [1, 3, 4] are 24");
    assertThatThrownBy(() -> Dataset.of(new float[][] {{1, 2}, {3}}, new int[2]))
        .hasMessage("row 1 has 1 elements, row 0 has 2");
    assertThatThrownBy(() -> Dataset.ofArrays(1, List.of("x"), List.of()))
        .hasMessage("data come as float[] or int[], got String");
    assertThatThrownBy(() -> new Column(Port.Kind.FLOAT, List.of(65536, 65536)))
        .hasMessageContaining("too large");
  }

  @Test
  void samplesAreCollected() {
    List<Batch> samples =
        List.of(
            new Batch(1, List.of(new float[] {1, 2}), List.of(new int[] {3})),
            new Batch(1, List.of(new float[] {4, 5}), List.of(new int[] {6})));
    Dataset data = Dataset.of(samples);
    assertThat((float[]) data.all().inputs().getFirst()).containsExactly(1, 2, 4, 5);
    assertThat(data.labels()).containsExactly(3, 6);
  }
}
