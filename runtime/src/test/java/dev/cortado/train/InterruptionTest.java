package dev.cortado.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.data.Dataset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process that is asked to end while it trains. */
class InterruptionTest {
  @TempDir Path folder;

  /** A run whose first epoch would take hours. */
  public static final class Endless {
    private Endless() {}

    /** Takes the folder for checkpoints. */
    public static void main(String[] arguments) {
      Dataset much = Blobs.of(50, 1).subset(new int[20_000_000]);
      Trainer.of(new HandNetwork(2, 16, 4, 0.1, 1))
          .batchSize(1)
          .checkpoints(Path.of(arguments[0]))
          .callback(
              new Callback() {
                @Override
                public void stepDone(Training training) {
                  if (training.step() == 10) {
                    System.out.println("begun");
                  }
                }
              })
          .fit(much);
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no process can be asked to end there")
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void aCheckpointIsSavedFirst() throws Exception {
    Path log = folder.resolve("log.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx2g",
                "-cp",
                System.getProperty("java.class.path"),
                Endless.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    while (process.isAlive() && !Files.readString(log).contains("begun")) {
      Thread.sleep(20);
    }
    process.destroy();
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(Files.readString(log)).contains("interrupted");
    assertThat(Checkpoints.in(folder).files()).hasSize(1);
    Path file = Checkpoints.in(folder).newest().orElseThrow();
    assertThat(file.getFileName().toString()).isNotEqualTo("step-0000000000.safetensors");
  }
}
