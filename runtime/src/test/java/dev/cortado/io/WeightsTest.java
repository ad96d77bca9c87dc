package dev.cortado.io;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cortado.train.HandNetwork;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightsTest {
  @TempDir Path folder;
  private Path file;
  private final HandNetwork net = new HandNetwork(2, 3, 4, 0, 1);

  @BeforeEach
  void name() {
    file = folder.resolve("net.safetensors");
  }

  @Test
  void whatIsSavedIsLoaded() {
    net.save(file);
    HandNetwork other = new HandNetwork(2, 3, 4, 0, 2);
    assertThat(other.weights()).isNotEqualTo(net.weights());
    LoadReport report = other.load(file);
    assertThat(other.weights()).isEqualTo(net.weights());
    assertThat(report.complete()).isTrue();
    assertThat(report.loaded()).containsExactly("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias");
    assertThat(folder).isDirectoryContaining(path -> path.equals(file));
    assertThat(folder.toFile().list()).hasSize(1);
  }

  @Test
  void numpysFilesAreSavedAndLoadedAlike() {
    Path npz = folder.resolve("net.npz");
    net.save(npz);
    assertThat(Npz.read(npz)).containsOnlyKeys("fc1.weight", "fc1.bias", "fc2.weight", "fc2.bias");
    HandNetwork other = new HandNetwork(2, 3, 4, 0, 2);
    assertThat(other.load(npz).complete()).isTrue();
    assertThat(other.weights()).isEqualTo(net.weights());
    HandNetwork wider = new HandNetwork(2, 3, 7, 0, 2);
    assertThat(Weights.from(npz).only("fc1.*").into(wider).unexpected())
        .containsExactly("fc2.weight", "fc2.bias");
    assertThatThrownBy(() -> Weights.save(net, npz, Map.of("a", "b")))
        .hasMessage(npz + " cannot hold [a]: save as .safetensors");
  }

  @Test
  void anotherNetworksWeightsAreRefusedAndNothingChanges() {
    net.save(file);
    HandNetwork other = new HandNetwork(2, 5, 4, 0, 2);
    float[] before = other.weights().clone();
    assertThatThrownBy(() -> other.load(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fc1.weight is [5, 2] but the file has [3, 2]");
    assertThat(other.weights()).isEqualTo(before);
  }

  @Test
  void aPartIsLoadedWithAReport() {
    net.save(file);
    HandNetwork other = new HandNetwork(2, 3, 7, 0, 2);
    LoadReport report = Weights.from(file).lenient().into(other);
    assertThat(report.loaded()).containsExactly("fc1.weight", "fc1.bias");
    assertThat(report.mismatched())
        .containsExactly(
            "fc2.weight is [7, 3] but the file has [4, 3]", "fc2.bias is [7] but the file has [4]");
    LoadReport only = Weights.from(file).only("fc1.*").except("*.bias").into(other);
    assertThat(only.loaded()).containsExactly("fc1.weight");
    assertThat(only.unexpected()).containsExactly("fc1.bias", "fc2.weight", "fc2.bias");
  }

  @Test
  void namesCanBeMapped() {
    Safetensors.write(
        file,
        List.of(new NamedArray("encoder.first.bias", List.of(3), new float[] {1, 2, 3}, 0)),
        Map.of());
    Weights.from(file).only("fc1.bias").rename("^fc1", "encoder.first").into(net);
    int offset = net.parameter("fc1.bias").offset();
    assertThat(net.weights()[offset + 2]).isEqualTo(3);
  }

  @Test
  void everyFlippedBitIsNoticedOrHarmless() throws Exception {
    net.save(file);
    byte[] good = Files.readAllBytes(file);
    float[] expected = net.weights().clone();
    Path damaged = folder.resolve("damaged.safetensors");
    int refused = 0;
    for (int bit = 0; bit < good.length * 8; bit++) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(damaged, bad);
      HandNetwork other = new HandNetwork(2, 3, 4, 0, 2);
      float[] before = other.weights().clone();
      try {
        other.load(damaged);
        assertThat(other.weights()).isEqualTo(expected);
      } catch (FileFormatException | IllegalArgumentException e) {
        assertThat(other.weights()).isEqualTo(before);
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(good.length * 8 / 2);
  }

  @Test
  void everyTruncationIsRefused() throws Exception {
    net.save(file);
    byte[] good = Files.readAllBytes(file);
    for (int length = 0; length < good.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(good, length));
      assertThatThrownBy(() -> Safetensors.open(file)).isInstanceOf(FileFormatException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[2,6]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[9223372036854775807],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F3\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
            + "\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
        "{\"__metadata__\":{\"k\":1}}",
        "[[[[[[[[[[[[[[[[",
        "{\"a\":12345678901234567890123}",
        "null",
        "{}x",
      })
  void hostileHeadersAreRefused(String header) throws Exception {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer content = ByteBuffer.allocate(8 + json.length + 8).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, content.putLong(json.length).put(json).array());
    assertThatThrownBy(() -> Safetensors.open(file)).isInstanceOf(FileFormatException.class);
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, -1, 1L << 40, 0, 100})
  void absurdHeaderLengthsAreRefused(long length) throws Exception {
    ByteBuffer content = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(file, content.putLong(length).array());
    assertThatThrownBy(() -> Safetensors.open(file))
        .isInstanceOf(FileFormatException.class)
        .hasMessageContaining(Long.toUnsignedString(length));
  }

  @Test
  void metadataAreKept() {
    Weights.save(net, file, Map.of("note", "ünï \"quoted\" \\ \n\u0001"));
    assertThat(Weights.metadata(file)).containsEntry("note", "ünï \"quoted\" \\ \n\u0001");
  }

  /** Written by the reference implementation, the Python package safetensors 0.8.0. */
  @Test
  void theReferenceImplementationsFilesAreLoaded() throws Exception {
    try (var in =
        Objects.requireNonNull(
            WeightsTest.class.getResourceAsStream("reference.safetensors.base64"))) {
      Files.write(file, Base64.getMimeDecoder().decode(in.readAllBytes()));
    }
    net.load(file);
    assertThat(net.weights())
        .containsExactly(
            0, 0.25f, 0.5f, 0.75f, 1, 1.25f, 1, 2, 3, -5, -4, -3, -2, -1, 0, 1, 2, 3, 4, 5, 6, 0.5f,
            -0.5f, 0.25f, 4);
    assertThat(Weights.metadata(file)).containsEntry("format", "pt");
  }
}
