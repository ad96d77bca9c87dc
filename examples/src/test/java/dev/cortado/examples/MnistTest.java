package dev.cortado.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.data.Dataset;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The MNIST example on files of MNIST's format, with the shipped digits enlarged in them. */
final class MnistTest {
  @TempDir Path folder;

  @Test
  void learnsAndPrintsWhatTheReadmeShows() throws IOException {
    Dataset digits = MadeUpData.largeDigits(1, 28, 28);
    write("train", digits, 0, 1200);
    write("t10k", digits, 1200, digits.size());
    String output =
        Shown.output(() -> Mnist.main(new String[] {"--data", folder.toString(), "--epochs", "4"}));
    Shown.assertInReadme("Mnist", output);
    double accuracy =
        Double.parseDouble(output.replaceAll("(?s).*test accuracy ([0-9.]+)%.*", "$1"));
    assertThat(accuracy).isGreaterThan(70);
  }

  private void write(String name, Dataset digits, int from, int to) throws IOException {
    float[] pixels = (float[]) digits.all().inputs().getFirst();
    try (DataOutputStream images = file(name + "-images-idx3-ubyte", 3, to - from, 28, 28)) {
      for (int i = from * 784; i < to * 784; i++) {
        images.writeByte(Math.round(255 * pixels[i]));
      }
    }
    try (DataOutputStream labels = file(name + "-labels-idx1-ubyte", 1, to - from)) {
      for (int i : IntStream.range(from, to).map(i -> digits.labels()[i]).toArray()) {
        labels.writeByte(i);
      }
    }
  }

  /** An IDX file of unsigned bytes, open behind its header. */
  private DataOutputStream file(String name, int rank, int... sizes) throws IOException {
    DataOutputStream out = new DataOutputStream(Files.newOutputStream(folder.resolve(name)));
    out.writeInt(0x0800 + rank);
    for (int size : sizes) {
      out.writeInt(size);
    }
    return out;
  }
}
