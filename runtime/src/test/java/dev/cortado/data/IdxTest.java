package dev.cortado.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxTest {
  private static final byte[] IMAGES = {
    0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 0, 51, (byte) 255, 102
  };
  private static final byte[] LABELS = {0, 0, 8, 1, 0, 0, 0, 2, 7, (byte) 200};

  @TempDir Path folder;

  @Test
  void readsPlainAndCompressedFiles() throws Exception {
    Files.write(folder.resolve("images"), IMAGES);
    ByteArrayOutputStream compressed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed)) {
      gzip.write(LABELS);
    }
    Files.write(folder.resolve("labels.gz"), compressed.toByteArray());
    Dataset data = Idx.dataset(folder.resolve("images"), folder.resolve("labels"));
    assertThat(data.inputs().getFirst().shape()).isEqualTo(List.of(1, 1, 2));
    assertThat((float[]) data.all().inputs().getFirst()).containsExactly(0, 0.2f, 1, 0.4f);
    assertThat(data.labels()).containsExactly(7, 200);
  }

  @Test
  void refusesWhatIsNotInOrder() {
    refuses(
        new byte[] {1, 2, 3, 4, 5},
        "is not an IDX file of unsigned bytes: it starts with 0x01020304");
    refuses(Arrays.copyOf(IMAGES, 19), "ends too early");
    refuses(Arrays.copyOf(IMAGES, 9), "ends too early");
    refuses(Arrays.copyOf(IMAGES, 21), "goes on after the 4 values");
    refuses(new byte[] {0, 0, 8, 2, 127, 0, 0, 0, 127, 0, 0, 0}, "absurd shape");
    refuses(new byte[] {0, 0, 8, 1, -1, -1, -1, -1}, "absurd shape");
    // States two billion values and has none: refused without the memory for them.
    refuses(new byte[] {0, 0, 8, 1, 127, 0, 0, 0}, "ends too early");
  }

  private void refuses(byte[] content, String message) {
    Path file = folder.resolve("file");
    assertThatThrownBy(
            () -> {
              Files.write(file, content);
              Idx.read(file);
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }
}
