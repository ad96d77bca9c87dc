package dev.cortado.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.data.Dataset;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The CIFAR-10 example on files of its format that hold waves of ten directions. */
final class Cifar10Test {
  private static final int PIXELS = 3 * 32 * 32;

  @TempDir Path folder;

  @Test
  void learnsAndPrintsWhatThePageShows() throws IOException {
    for (int i = 1; i <= 5; i++) {
      write("data_batch_" + i + ".bin", MadeUpData.waves(150, i));
    }
    write("test_batch.bin", MadeUpData.waves(150, 6));
    String output =
        Shown.output(
            () -> Cifar10.main(new String[] {"--data", folder.toString(), "--epochs", "2"}));
    Shown.assertOnPage(Path.of("../docs/training.md"), "Cifar10", output);
    double accuracy =
        Double.parseDouble(output.replaceAll("(?s).*test accuracy ([0-9.]+)%.*", "$1"));
    assertThat(accuracy).isGreaterThan(70);
  }

  private void write(String name, Dataset waves) throws IOException {
    float[] pixels = (float[]) waves.all().inputs().getFirst();
    int[] labels = waves.labels();
    try (OutputStream out = Files.newOutputStream(folder.resolve(name))) {
      byte[] row = new byte[1 + PIXELS];
      for (int i = 0; i < labels.length; i++) {
        row[0] = (byte) labels[i];
        for (int p = 0; p < PIXELS; p++) {
          row[1 + p] = (byte) Math.clamp(Math.round(128 + 50 * pixels[i * PIXELS + p]), 0, 255);
        }
        out.write(row);
      }
    }
  }
}
