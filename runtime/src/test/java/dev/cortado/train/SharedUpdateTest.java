package dev.cortado.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cortado.kernel.Team;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Updates of enough weights to be shared by threads. */
class SharedUpdateTest {
  private final int threads = Team.threads();

  @AfterEach
  void restoreThreads() {
    Team.setThreads(threads);
  }

  @TestFactory
  Iterable<DynamicTest> theSameBitsForAnyNumberOfThreads() {
    return TorchFiguresTest.optimizers().entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> sameBits(e.getValue())))
        .toList();
  }

  private static void sameBits(Supplier<Optimizer> optimizer) {
    float[] alone = weightsAfter(optimizer.get(), 1);
    assertThat(weightsAfter(optimizer.get(), 2)).isEqualTo(alone);
    assertThat(weightsAfter(optimizer.get(), 3)).isEqualTo(alone);
  }

  private static float[] weightsAfter(Optimizer optimizer, int threadCount) {
    Team.setThreads(threadCount);
    HandNetwork net = network();
    for (int update = 0; update < 3; update++) {
      optimizer.apply(net, gradients(update));
    }
    return net.weights();
  }

  @Test
  void aGradientThatIsNotFiniteIsSeenWhereverItLies() {
    Team.setThreads(3);
    int count = network().weights().length;
    for (int place : new int[] {0, count / 2, count - 1}) {
      HandNetwork net = network();
      float[] before = net.weights().clone();
      float[] gradients = gradients(1);
      gradients[place] = Float.NaN;
      Optimizer optimizer = new Adam(0.1f);
      assertThatThrownBy(() -> optimizer.apply(net, gradients))
          .isInstanceOf(DivergedException.class);
      assertThat(net.weights()).isEqualTo(before);
      assertThat(optimizer.updates()).isZero();
    }
  }

  private static HandNetwork network() {
    return new HandNetwork(301, 229, 7, 0, 5);
  }

  private static float[] gradients(long seed) {
    Random random = new Random(seed);
    float[] gradients = new float[network().weights().length];
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] = (float) random.nextGaussian();
    }
    return gradients;
  }
}
