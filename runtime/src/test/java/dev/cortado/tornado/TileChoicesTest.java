package dev.cortado.tornado;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TileChoicesTest {
  private static final Device GPU = device(Device.Kind.GPU, "1.2");
  private static final Matrices LARGE = new Matrices(512, 500, 512, 1, 4, 4);

  @TempDir Path folder;

  private static Device device(Device.Kind kind, String driver) {
    return new Device(0, 0, "a device", kind, "OpenCL", 1L << 30, 1L << 28, 40, driver);
  }

  private Path file() {
    return folder.resolve("deeper").resolve("tiles.properties");
  }

  private static double smallIsFast(Tile tile) {
    return tile.side() * tile.steps();
  }

  private static double unexpected(Tile tile) {
    throw new AssertionError("measured " + tile);
  }

  @Test
  void theFastestIsTakenAndKept() throws IOException {
    List<Tile> measured = new ArrayList<>();
    Tile tile =
        new TileChoices(file())
            .choose(
                GPU,
                LARGE,
                t -> {
                  measured.add(t);
                  return smallIsFast(t);
                });
    assertThat(measured).containsExactlyElementsOf(Tile.candidates(GPU));
    assertThat(tile.side() * tile.steps()).isEqualTo(128);
    Matrices likeIt = new Matrices(400, 512, 300, 1, 4, 4);
    assertThat(new TileChoices(file()).choose(GPU, likeIt, TileChoicesTest::unexpected))
        .isEqualTo(tile);
    try (Stream<Path> files = Files.list(file().getParent())) {
      assertThat(files).containsExactly(file());
    }
  }

  @Test
  void anotherDriverOrSizeIsMeasuredItself() {
    TileChoices choices = new TileChoices(file());
    choices.choose(GPU, LARGE, TileChoicesTest::smallIsFast);
    Tile largest = new Tile(16, 16);
    assertThat(choices.choose(device(Device.Kind.GPU, "2.0"), LARGE, t -> -smallIsFast(t)))
        .isEqualTo(largest);
    Matrices larger = new Matrices(2048, 500, 512, 1, 4, 4);
    assertThat(choices.choose(GPU, larger, t -> -smallIsFast(t))).isEqualTo(largest);
  }

  @Test
  void smallProductsTakeWhatIsLikely() {
    Matrices small = new Matrices(64, 10, 128, 1, 1, 1);
    assertThat(new TileChoices(file()).choose(GPU, small, TileChoicesTest::unexpected))
        .isEqualTo(Tile.likely(GPU));
    assertThat(file()).doesNotExist();
  }

  @Test
  void twoProcessesKeepWhatTheOtherFound() {
    TileChoices one = new TileChoices(file());
    TileChoices other = new TileChoices(file());
    Matrices larger = new Matrices(4096, 512, 512, 1, 4, 4);
    one.choose(GPU, LARGE, TileChoicesTest::smallIsFast);
    other.choose(GPU, larger, TileChoicesTest::smallIsFast);
    TileChoices third = new TileChoices(file());
    assertThat(third.choose(GPU, LARGE, TileChoicesTest::unexpected)).isNotNull();
    assertThat(third.choose(GPU, larger, TileChoicesTest::unexpected)).isNotNull();
  }

  @Test
  void aDamagedFileKnowsNothing() throws IOException {
    Files.createDirectories(file().getParent());
    for (String text : List.of("a\\uZZ=nonsense\n", "x=y\n1|a\\ device=99x99\n", "\0\1=\2x\3")) {
      Files.writeString(file(), text);
      assertThat(new TileChoices(file()).choose(GPU, LARGE, TileChoicesTest::smallIsFast))
          .isNotNull();
    }
  }

  @Test
  void candidatesCoverTheMatrices() {
    for (Device.Kind kind : Device.Kind.values()) {
      for (Tile tile : Tile.candidates(device(kind, ""))) {
        long elements = (long) LARGE.groups(tile) * tile.items() * 16;
        assertThat(elements).isGreaterThanOrEqualTo(512 * 500);
      }
    }
    assertThatThrownBy(() -> new Tile(16, 32)).hasMessageContaining("256");
  }

  @Test
  void theWishedTileIsTakenOrRefused() {
    System.setProperty(TileChoices.TILE, "4x64");
    try {
      assertThat(TileChoices.tile(GPU, LARGE, TileChoicesTest::unexpected))
          .isEqualTo(new Tile(4, 64));
      System.setProperty(TileChoices.TILE, "tiny");
      assertThatThrownBy(() -> TileChoices.tile(GPU, LARGE, TileChoicesTest::unexpected))
          .isInstanceOf(DeviceException.class)
          .hasMessageContaining("tiny")
          .hasMessageContaining("8x32");
    } finally {
      System.clearProperty(TileChoices.TILE);
    }
  }
}
