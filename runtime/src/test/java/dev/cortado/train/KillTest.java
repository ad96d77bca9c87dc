package dev.cortado.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.data.Dataset;
import dev.cortado.io.Safetensors;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills processes while they save checkpoints. {@code -Dcortado.test.kills} sets how often, 200
 * unless set.
 */
class KillTest {
  private static final int ROUNDS = 4;

  @TempDir Path folder;

  private static HandNetwork network() {
    return new HandNetwork(2, 12_000, 4, 0, 1);
  }

  private static Dataset data() {
    return Blobs.of(4, 1);
  }

  /** Trains without an end, saving after every update. */
  public static final class Saver {
    private Saver() {}

    /** Takes the folder for checkpoints. */
    public static void main(String[] arguments) {
      Trainer.of(network())
          .optimizer(new Sgd(1e-4f).momentum(0.9))
          .epochs(Integer.MAX_VALUE)
          .batchSize(2)
          .checkpoints(Checkpoints.in(Path.of(arguments[0])).every(1))
          .resume()
          .quiet()
          .fit(data());
    }
  }

  @Test
  @Timeout(value = 15, unit = TimeUnit.MINUTES)
  void theLastGoodCheckpointAlwaysLoads() throws Exception {
    int kills = Integer.getInteger("cortado.test.kills", 40);
    SplittableRandom random = new SplittableRandom(1);
    for (int killed = 0; killed < kills; killed += ROUNDS) {
      List<Process> savers = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++) {
        savers.add(start(folder.resolve("run" + i)));
      }
      for (int i = 0; i < ROUNDS; i++) {
        awaitSaving(savers.get(i), folder.resolve("run" + i));
        Thread.sleep(random.nextInt(30));
        savers.get(i).destroyForcibly().waitFor();
      }
      for (int i = 0; i < ROUNDS; i++) {
        check(folder.resolve("run" + i));
      }
    }
  }

  private static Process start(Path run) throws Exception {
    Files.createDirectories(run);
    Path log = run.resolve("log.txt");
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xshare:auto",
            "-cp",
            System.getProperty("java.class.path").replace(",", File.pathSeparator),
            Saver.class.getName(),
            run.toString())
        .redirectErrorStream(true)
        .redirectOutput(log.toFile())
        .start();
  }

  /** Waits for a checkpoint newer than those there were. */
  private static void awaitSaving(Process saver, Path run) throws Exception {
    List<Path> before = Checkpoints.in(run).files();
    while (saver.isAlive() && Checkpoints.in(run).files().equals(before)) {
      Thread.sleep(2);
    }
    assertThat(saver.isAlive()).as(() -> log(run)).isTrue();
  }

  private static String log(Path run) {
    try {
      return Files.readString(run.resolve("log.txt"));
    } catch (java.io.IOException e) {
      return e.toString();
    }
  }

  /** Every file under a checkpoint's name is whole, and the newest can be gone on from. */
  private static void check(Path run) {
    List<Path> files = Checkpoints.in(run).files();
    assertThat(files).isNotEmpty().hasSizeLessThan(10);
    files.forEach(Safetensors::open);
    HandNetwork net = network();
    History history =
        Trainer.of(net)
            .optimizer(new Sgd(1e-4f).momentum(0.9))
            .batchSize(2)
            .epochs(1)
            .checkpoints(Checkpoints.in(run))
            .resume()
            .quiet()
            .fit(data());
    assertThat(history).isNotNull();
    assertThat(net.weights()).isNotEqualTo(network().weights());
  }
}
