package dev.cortado.benchmarks.measure;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The machine's arithmetic peak, measured: fused multiply-adds that depend on nothing but
 * themselves, in more chains than a core can have under way.
 */
public final class Peak {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int CHAINS = 12;
  private static final int REPEATS = 20_000;

  private Peak() {}

  /** Billions of floating-point operations a second of so many threads together. */
  public static double gigaflops(int threads) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      double best = 0;
      for (int attempt = 0; attempt < 8; attempt++) {
        var parts =
            IntStream.range(0, threads).mapToObj(i -> executor.submit(Peak::oneThread)).toList();
        double sum = 0;
        for (Future<Double> part : parts) {
          sum += part.get();
        }
        best = Math.max(best, sum);
      }
      return best;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    } finally {
      executor.shutdown();
    }
  }

  private static double oneThread() {
    long operations = 0;
    float sink = 0;
    long start = System.nanoTime();
    long end = start + 100_000_000;
    long now;
    do {
      sink += chains(0.999f);
      operations += 2L * CHAINS * SPECIES.length() * REPEATS;
      now = System.nanoTime();
    } while (now < end);
    return sink == 42 ? 0 : (double) operations / (now - start);
  }

  private static float chains(float factor) {
    FloatVector f = FloatVector.broadcast(SPECIES, factor);
    FloatVector a = f;
    FloatVector b = f.add(1);
    FloatVector c = f.add(2);
    FloatVector d = f.add(3);
    FloatVector e = f.add(4);
    FloatVector g = f.add(5);
    FloatVector h = f.add(6);
    FloatVector i = f.add(7);
    FloatVector j = f.add(8);
    FloatVector k = f.add(9);
    FloatVector l = f.add(10);
    FloatVector m = f.add(11);
    for (int n = 0; n < REPEATS; n++) {
      a = a.fma(f, f);
      b = b.fma(f, f);
      c = c.fma(f, f);
      d = d.fma(f, f);
      e = e.fma(f, f);
      g = g.fma(f, f);
      h = h.fma(f, f);
      i = i.fma(f, f);
      j = j.fma(f, f);
      k = k.fma(f, f);
      l = l.fma(f, f);
      m = m.fma(f, f);
    }
    FloatVector sum =
        a.add(b).add(c).add(d).add(e).add(g).add(h).add(i).add(j).add(k).add(l).add(m);
    return sum.lane(0);
  }
}
