package dev.cortado.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TeamTest {
  private final int threads = Team.threads();

  @AfterEach
  void restoreThreads() {
    Team.setThreads(threads);
  }

  @Test
  void everyIndexIsVisitedOnceAndPartsStartAtSteps() {
    for (int count = 1; count <= 5; count++) {
      Team.setThreads(count);
      for (int size : new int[] {0, 1, 7, 8, 9, 64, 1000}) {
        for (int grain : new int[] {1, 8, 2000}) {
          AtomicIntegerArray visits = new AtomicIntegerArray(size);
          AtomicInteger parts = new AtomicInteger();
          Team.run(
              size,
              grain,
              grain,
              (from, to) -> {
                parts.incrementAndGet();
                assertThat(from % grain).isZero();
                for (int i = from; i < to; i++) {
                  visits.incrementAndGet(i);
                }
              });
          for (int i = 0; i < size; i++) {
            assertThat(visits.get(i)).isOne();
          }
          assertThat(parts.get()).isEqualTo(Math.min(count, Math.ceilDiv(size, grain)));
        }
      }
    }
  }

  @Test
  void partsAreEqualWhateverTheGrain() {
    Team.setThreads(2);
    for (int size : new int[] {64, 65, 100_000, 100_001}) {
      AtomicInteger longest = new AtomicInteger();
      Team.run(size, size * 5 / 8, (from, to) -> longest.accumulateAndGet(to - from, Math::max));
      assertThat(longest.get()).isBetween(size / 2, size / 2 + 17);
    }
  }

  @Test
  void manyLaunchesAndRests() throws InterruptedException {
    Team.setThreads(3);
    AtomicInteger sum = new AtomicInteger();
    RangeTask task = (from, to) -> sum.addAndGet(to - from);
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 2000; i++) {
        Team.run(30, 10, task);
      }
      Thread.sleep(2); // the workers park
    }
    assertThat(sum.get()).isEqualTo(5 * 2000 * 30);
  }

  @Test
  void aLoopInsideALoopRunsInItsThread() {
    Team.setThreads(2);
    AtomicInteger sum = new AtomicInteger();
    Team.run(4, 1, (from, to) -> Team.run(100, 1, (first, last) -> sum.addAndGet(last - first)));
    assertThat(sum.get()).isEqualTo(200);
  }

  @Test
  void whatAPartThrowsIsThrownAndTheTeamGoesOn() {
    Team.setThreads(2);
    for (int failing : new int[] {0, 5}) {
      assertThatThrownBy(
              () ->
                  Team.run(
                      10,
                      5,
                      (from, to) -> {
                        if (from == failing) {
                          throw new IllegalStateException("part " + from);
                        }
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("part " + failing);
    }
    AtomicInteger sum = new AtomicInteger();
    Team.run(10, 5, (from, to) -> sum.addAndGet(to - from));
    assertThat(sum.get()).isEqualTo(10);
  }

  @Test
  void callersAtOnceDoNotDisturbEachOther() throws InterruptedException {
    Team.setThreads(2);
    AtomicInteger sum = new AtomicInteger();
    Thread[] callers = new Thread[4];
    for (int i = 0; i < callers.length; i++) {
      callers[i] =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int k = 0; k < 500; k++) {
                      Team.run(20, 1, (from, to) -> sum.addAndGet(to - from));
                    }
                  });
    }
    for (Thread caller : callers) {
      caller.join();
    }
    assertThat(sum.get()).isEqualTo(4 * 500 * 20);
  }

  @Test
  void aTeamOfNobodyIsRefused() {
    assertThatThrownBy(() -> Team.setThreads(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a team needs at least 1 thread, not 0");
  }
}
