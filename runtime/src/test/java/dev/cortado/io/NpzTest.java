package dev.cortado.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsRead() {
    Path file = folder.resolve("arrays.npz");
    float[] values = {0, 1, 2, 3, 4, 5, 6};
    Npz.write(
        file,
        List.of(
            new NamedArray("a", List.of(2, 3), values, 1),
            new NamedArray("scalar", List.of(), values, 3),
            new NamedArray("none", List.of(0, 3), values, 0)));
    Map<String, NamedArray> read = Npz.read(file);
    assertThat(read.keySet()).containsExactly("a", "scalar", "none");
    NamedArray a = Objects.requireNonNull(read.get("a"));
    assertThat(a.shape()).isEqualTo(List.of(2, 3));
    assertThat(a.values()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(Objects.requireNonNull(read.get("scalar")).values()).containsExactly(3);
  }

  /**
   * {@code numpy.savez_compressed(f, x=float64 [[1.5, -2]], y=int64 [3], z=big-endian float32
   * [4.25])}.
   */
  @Test
  void numpysFilesAreRead() throws Exception {
    try (var in = Objects.requireNonNull(NpzTest.class.getResourceAsStream("numpy.npz.base64"))) {
      Path file = folder.resolve("numpy.npz");
      Files.write(file, Base64.getMimeDecoder().decode(in.readAllBytes()));
      Map<String, NamedArray> read = Npz.read(file);
      assertThat(Objects.requireNonNull(read.get("x")).values()).containsExactly(1.5f, -2);
      assertThat(Objects.requireNonNull(read.get("x")).shape()).isEqualTo(List.of(1, 2));
      assertThat(Objects.requireNonNull(read.get("y")).values()).containsExactly(3);
      assertThat(Objects.requireNonNull(read.get("z")).values()).containsExactly(4.25f);
    }
  }

  @Test
  void damagedFilesAreRefused() throws Exception {
    Path file = folder.resolve("arrays.npz");
    Npz.write(file, List.of(new NamedArray("a", List.of(2, 3), new float[6], 0)));
    byte[] good = Files.readAllBytes(file);
    for (int length = 0; length < good.length; length++) {
      Files.write(file, Arrays.copyOf(good, length));
      assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(FileFormatException.class);
    }
    String text = new String(good, java.nio.charset.StandardCharsets.ISO_8859_1);
    String huge = text.replace("(2, 3,)", "(9999,999999)".substring(0, 7));
    Files.write(file, huge.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> Npz.read(file)).isInstanceOf(FileFormatException.class);
  }
}
