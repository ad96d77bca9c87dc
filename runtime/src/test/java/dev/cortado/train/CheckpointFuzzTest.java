package dev.cortado.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cortado.io.FileFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Whatever a checkpoint holds, a run goes on from it or refuses it with a message that names the
 * file, and then nothing has changed. The first input is a whole checkpoint without its checksum,
 * which would stop most changes at the door. See {@code build/fuzz}.
 */
class CheckpointFuzzTest {
  private static final Path FILE = Path.of("target", "fuzz-checkpoint.bin");

  @FuzzTest(maxDuration = "2m")
  void checkpoint(byte[] content) throws IOException {
    Files.write(FILE, content);
    HandNetwork net = new HandNetwork(1, 2, 2, 0, 1);
    float[] before = net.weights().clone();
    Optimizer optimizer = new Sgd(0.1f).momentum(0.9);
    List<Schedule> schedules = List.of(Schedule.reduceOnPlateau(0.5, 1), Schedule.constant());
    try {
      RunState state =
          RunState.load(FILE, net, optimizer, schedules, Map.of("seed", "5", "batch size", "16"));
      assertThat(state.epoch).isPositive();
      assertThat(state.batch).isNotNegative();
      assertThat(optimizer.updates()).isNotNegative();
    } catch (FileFormatException | IllegalArgumentException e) {
      assertThat(e).hasMessageContaining(FILE.toString());
      assertThat(net.weights()).isEqualTo(before);
      assertThat(optimizer.updates()).isZero();
    }
  }
}
