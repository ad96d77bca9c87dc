package dev.cortado.compiler.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.graph.Origin;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.interpret.Program;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ArenaTest {
  private static final Object[][] SHAPES = {
    {5}, {64}, {"N", 3}, {"N", 17}, {"N", "T", 4}, {"T"}, {Poly.symbol("T").minus(1), "N"}, {1}
  };

  /** Random programs: no step may see a buffer that it reads overwritten by another. */
  @Test
  void buffersThatAreNeededNeverOverlap() {
    Random random = new Random(11);
    for (int round = 0; round < 300; round++) {
      List<Step> steps = new ArrayList<>();
      List<Buffer> made = new ArrayList<>();
      for (int i = 0; i < 25; i++) {
        Object[] shape = SHAPES[random.nextInt(SHAPES.length)];
        Buffer target =
            new Buffer("b" + i, Type.floats(Program.shape(shape)), new Home.Workspace());
        List<Buffer> read = new ArrayList<>();
        for (int r = 0; r < 2 && !made.isEmpty(); r++) {
          read.add(made.get(random.nextInt(made.size())));
        }
        steps.add(kernel(target, read));
        made.add(target);
      }
      check(steps);
    }
  }

  private static Step.Kernel kernel(Buffer target, List<Buffer> read) {
    LoopVar i = LoopVar.named("i");
    Expr sum = new Expr.Const(1);
    for (Buffer b : read) {
      sum = new Expr.Binary(Expr.BinaryOp.ADD, sum, new Expr.Load(b, Poly.of(i)));
    }
    List<Buffer> inPlace = read.stream().filter(b -> b.count().equals(target.count())).toList();
    return new Step.Kernel(
        "k",
        "k",
        List.of(
            new Stmt.For(
                i, target.count(), true, List.of(new Stmt.Store(target, Poly.of(i), sum)))),
        inPlace,
        Origin.NONE,
        false);
  }

  /** Simulates the program: every element of the arena remembers who wrote it last. */
  private static void check(List<Step> steps) {
    Arena arena = ArenaPlanner.plan(steps, null);
    for (long[] sizes : new long[][] {{1, 1}, {1, 9}, {7, 1}, {7, 9}, {3, 2}}) {
      Map<String, Long> symbols = Map.of("N", sizes[0], "T", sizes[1]);
      Buffer[] owners = new Buffer[Math.toIntExact(value(arena.size(), symbols))];
      Map<Buffer, Boolean> whole = new HashMap<>();
      for (Step step : steps) {
        Usage usage = Usage.of(step);
        for (Buffer b : usage.read()) {
          int start = start(arena, b, symbols);
          for (int i = 0; i < value(b.count(), symbols); i++) {
            assertThat(owners[start + i]).as("element %d of %s", i, b).isSameAs(b);
          }
          whole.put(b, true);
        }
        for (Buffer b : usage.written()) {
          int start = start(arena, b, symbols);
          for (int i = 0; i < value(b.count(), symbols); i++) {
            owners[start + i] = b;
          }
        }
      }
      assertThat(whole).isNotEmpty();
      assertThat(value(arena.size(), symbols))
          .isLessThanOrEqualTo(3 * value(arena.separately(), symbols));
    }
  }

  private static int start(Arena arena, Buffer b, Map<String, Long> symbols) {
    return Math.toIntExact(value(arena.offset(b), symbols));
  }

  private static long value(Poly p, Map<String, Long> symbols) {
    return p.substitute(
            a -> a instanceof Atom.Symbol s ? Poly.of(symbols.getOrDefault(s.name(), 0L)) : null)
        .constant();
  }
}
