package dev.cortado.data;

import dev.cortado.Batch;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.stream.IntStream;

/**
 * A data set in batches. The last batch of an epoch holds the remainder. Which samples a batch
 * holds is a function of the seed, the epoch and the batch's number alone, so a run can start
 * anywhere.
 *
 * <p>Two sets of arrays are used in turn: a batch is valid until the next but one is asked for (the
 * next one, without {@link #prefetch}).
 */
public final class Batches {
  private final Dataset data;
  private final int batchSize;
  private final long seed;
  private final boolean shuffle;
  private final List<Integer> sizes;
  private final boolean prefetch;

  private Batches(
      Dataset data,
      int batchSize,
      long seed,
      boolean shuffle,
      List<Integer> sizes,
      boolean prefetch) {
    this.data = data;
    this.batchSize = batchSize;
    this.seed = seed;
    this.shuffle = shuffle;
    this.sizes = List.copyOf(sizes);
    this.prefetch = prefetch;
  }

  /** Batches in the data's own order. */
  public static Batches of(Dataset data, int batchSize) {
    if (batchSize < 1) {
      throw new IllegalArgumentException("the batch size must be at least 1, got " + batchSize);
    }
    return new Batches(data, batchSize, 0, false, List.of(), false);
  }

  /** In a random order that differs from epoch to epoch. */
  public Batches shuffle(long newSeed) {
    return new Batches(data, batchSize, newSeed, true, sizes, prefetch);
  }

  /** With these values of the model's other symbols, see {@link Batch#sizes}. */
  public Batches sizes(List<Integer> newSizes) {
    return new Batches(data, batchSize, seed, shuffle, newSizes, prefetch);
  }

  /** Reads the next batch on another thread while this one is used; the batches are the same. */
  public Batches prefetch(boolean on) {
    return new Batches(data, batchSize, seed, shuffle, sizes, on);
  }

  /** Number of batches of an epoch. */
  public int count() {
    return (data.size() + batchSize - 1) / batchSize;
  }

  /** Number of samples of an epoch. */
  public int samples() {
    return data.size();
  }

  /** The order of the samples in this epoch. */
  public int[] order(long epoch) {
    int[] order = IntStream.range(0, data.size()).toArray();
    if (shuffle) {
      Splitting.shuffle(order, new SplittableRandom(Seeds.mix(seed, epoch)));
    }
    return order;
  }

  /** All batches of an epoch. */
  public Iterable<Batch> epoch(long epoch) {
    return epoch(epoch, 0);
  }

  /** The batches of an epoch from number {@code first} on. */
  public Iterable<Batch> epoch(long epoch, int first) {
    return () -> new Reading(order(epoch), Seeds.mix(Seeds.mix(seed, -1), epoch), first);
  }

  /** A batch with arrays for {@code size} samples of {@code data}. */
  public static Batch allocate(Dataset data, int size) {
    return new Batch(size, allocate(data.inputs(), size), allocate(data.targets(), size));
  }

  private static List<Object> allocate(List<Column> columns, int size) {
    List<Object> arrays = new ArrayList<>();
    for (Column column : columns) {
      arrays.add(column.allocate(size));
    }
    return List.copyOf(arrays);
  }

  /** One pass over the data. */
  private final class Reading implements Iterator<Batch> {
    private final int[] order;
    private final long draw;
    private final Batch[] full = new Batch[2];
    private final Executor executor;
    private int next;
    private CompletableFuture<Batch> pending;

    Reading(int[] order, long draw, int first) {
      this.order = order;
      this.draw = draw;
      this.next = first;
      for (int i = 0; i < (prefetch ? 2 : 1); i++) {
        full[i] = allocate(data, Math.min(batchSize, data.size()));
      }
      executor =
          prefetch ? Thread.ofPlatform().daemon().name("cortado-data")::start : Runnable::run;
      pending = ask(first);
    }

    @Override
    public boolean hasNext() {
      return next < count();
    }

    @Override
    public Batch next() {
      if (!hasNext()) {
        throw new NoSuchElementException("the epoch has " + count() + " batches");
      }
      if (!prefetch) {
        return fill(next++);
      }
      Batch batch;
      try {
        batch = pending.join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof RuntimeException cause ? cause : e;
      }
      pending = ask(++next);
      return batch;
    }

    private CompletableFuture<Batch> ask(int number) {
      return prefetch && number < count()
          ? CompletableFuture.supplyAsync(() -> fill(number), executor)
          : new CompletableFuture<>();
    }

    private Batch fill(int number) {
      Batch arrays = full[prefetch ? number % 2 : 0];
      int from = number * batchSize;
      int size = Math.min(batchSize, order.length - from);
      for (int row = 0; row < size; row++) {
        data.read(order[from + row], draw, arrays, row);
      }
      return new Batch(size, arrays.inputs(), arrays.targets(), sizes);
    }
  }
}
