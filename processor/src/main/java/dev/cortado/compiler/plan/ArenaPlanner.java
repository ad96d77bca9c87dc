package dev.cortado.compiler.plan;

import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Gives buffers their places so that two share memory only when their lifetimes do not meet. Sizes
 * are symbolic, so buffers are grouped by the product of symbols that they grow with; each group is
 * a region of the arena, placed in units of that product, the largest first, each as low as it
 * fits.
 */
final class ArenaPlanner {
  /** A size: {@code units} times a product of symbols. */
  private record Size(long units, Poly of) {}

  /** One place and the buffers that hold it in turn. */
  private static final class Block {
    private final Buffer buffer;
    private final Size size;
    private Lifetimes.Span span;
    private long start;

    Block(Buffer buffer, Size size, Lifetimes.Span span) {
      this.buffer = buffer;
      this.size = size;
      this.span = span;
    }

    long end() {
      return start + size.units();
    }
  }

  private ArenaPlanner() {}

  /**
   * @param rows the rows that threads may take through recurrences on their own; null for none
   */
  static Arena plan(List<Step> steps, @Nullable Poly rows) {
    Lifetimes lifetimes = Lifetimes.of(steps, rows);
    Map<Buffer, Block> blocks = new LinkedHashMap<>();
    Poly separately = Poly.ZERO;
    for (Map.Entry<Buffer, Lifetimes.Span> entry : lifetimes.spans().entrySet()) {
      Buffer buffer = entry.getKey();
      separately = separately.plus(buffer.count());
      Buffer place = lifetimes.place(buffer);
      Block block =
          blocks.computeIfAbsent(place, b -> new Block(b, size(b.count()), entry.getValue()));
      block.span = block.span.with(entry.getValue());
    }
    Map<String, List<Block>> regions = new TreeMap<>();
    blocks
        .values()
        .forEach(
            b -> regions.computeIfAbsent(b.size.of().toString(), k -> new ArrayList<>()).add(b));
    Map<Buffer, Poly> offsets = new HashMap<>();
    Poly size = Poly.ZERO;
    for (List<Block> region : regions.values()) {
      Poly start = size;
      Poly unit = region.getFirst().size.of();
      size = size.plus(unit.times(place(region)));
      region.forEach(b -> offsets.put(b.buffer, start.plus(unit.times(b.start))));
    }
    Map<Buffer, Poly> all = new HashMap<>();
    for (Buffer buffer : lifetimes.spans().keySet()) {
      Poly offset = offsets.get(lifetimes.place(buffer));
      if (offset == null) {
        throw new IllegalStateException("not placed: " + buffer);
      }
      all.put(buffer, offset);
    }
    return new Arena(all, size, separately);
  }

  /** Places the blocks of one region; the number of units it takes. */
  private static long place(List<Block> region) {
    List<Block> largestFirst = new ArrayList<>(region);
    largestFirst.sort(Comparator.comparingLong((Block b) -> -b.size.units()));
    List<Block> placed = new ArrayList<>();
    long height = 0;
    for (Block block : largestFirst) {
      block.start = lowest(block, placed);
      placed.add(block);
      placed.sort(Comparator.comparingLong(b -> b.start));
      height = Math.max(height, block.end());
    }
    return height;
  }

  private static long lowest(Block block, List<Block> placedByStart) {
    long start = 0;
    for (Block other : placedByStart) {
      if (other.span.meets(block.span)) {
        if (start + block.size.units() <= other.start) {
          return start;
        }
        start = Math.max(start, other.end());
      }
    }
    return start;
  }

  /** At least {@code count} for all values of the symbols, which are 1 or more. */
  private static Size size(Poly count) {
    if (count.isConstant()) {
      return new Size(count.constant(), Poly.ONE);
    }
    boolean divides = count.atoms().stream().anyMatch(a -> !(a instanceof Atom.Symbol));
    if (divides) {
      long content =
          count.terms().stream()
              .mapToLong(t -> Math.abs(t.coefficient()))
              .reduce(0, ArenaPlanner::gcd);
      Poly primitive = count.dividedBy(Poly.of(content));
      return primitive == null ? new Size(1, count) : new Size(content, primitive);
    }
    Map<Atom, Integer> powers = new TreeMap<>(Comparator.comparing(Atom::sortKey));
    long units = 0;
    for (Poly.Term term : count.terms()) {
      if (term.coefficient() > 0) {
        units = Math.addExact(units, term.coefficient());
        Map<Atom, Integer> own = new HashMap<>();
        term.atoms().forEach(a -> own.merge(a, 1, Integer::sum));
        own.forEach((a, power) -> powers.merge(a, power, Math::max));
      }
    }
    Poly product = Poly.ONE;
    for (Map.Entry<Atom, Integer> power : powers.entrySet()) {
      for (int i = 0; i < power.getValue(); i++) {
        product = product.times(Poly.of(power.getKey()));
      }
    }
    return new Size(units, product);
  }

  private static long gcd(long a, long b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
