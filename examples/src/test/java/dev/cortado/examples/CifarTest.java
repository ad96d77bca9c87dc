package dev.cortado.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cortado.Batch;
import dev.cortado.data.Dataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CifarTest {
  @TempDir Path folder;

  @Test
  void readsLabelsAndPlanes() throws IOException {
    byte[] bytes = new byte[2 * 3073];
    bytes[0] = 7;
    bytes[1] = (byte) 255;
    bytes[3073] = 3;
    bytes[3073 + 3072] = (byte) 51;
    Path file = Files.write(folder.resolve("data_batch_1.bin"), bytes);

    Dataset images = Cifar.read(file);
    Batch all = images.all();
    float[] pixels = (float[]) all.inputs().getFirst();
    assertThat(images.labels()).containsExactly(7, 3);
    assertThat(pixels[0]).isEqualTo(1);
    assertThat(pixels[2 * 3072 - 1]).isEqualTo(0.2f);
  }

  @Test
  void refusesAFileThatIsCutOff() throws IOException {
    Path file = Files.write(folder.resolve("test_batch.bin"), new byte[3072]);
    assertThatThrownBy(() -> Cifar.read(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("images of 3073 bytes, but got 3072");
  }
}
