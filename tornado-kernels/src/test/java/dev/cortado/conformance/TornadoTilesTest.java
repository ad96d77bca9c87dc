package dev.cortado.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.tornado.Device;
import dev.cortado.tornado.TileChoices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Products are right with every tile, on every device; what is measured is kept. */
class TornadoTilesTest {
  private static final List<ModelCase> CASES =
      CaseFile.read("groups.txt", "Tiled", 2).stream()
          .filter(c -> Stream.of("matmul", "Conv2d", "Dense").anyMatch(c.source()::contains))
          .toList();

  private static final Compiled COMPILED = Networks.compile(CASES);

  @AfterEach
  void unset() {
    System.clearProperty(TileChoices.TILE);
    System.clearProperty(TileChoices.FOLDER);
    System.clearProperty(TileChoices.PROPERTY);
    System.clearProperty(Device.PROPERTY);
  }

  @TestFactory
  Stream<DynamicTest> everyTile() {
    return Stream.of("8x16", "8x32", "4x64", "1x16")
        .map(tile -> DynamicTest.dynamicTest(tile, () -> check(TileChoices.TILE, tile)));
  }

  @TestFactory
  Stream<DynamicTest> everyDevice() {
    return Device.all().stream()
        .map(d -> DynamicTest.dynamicTest(d.name(), () -> check(Device.PROPERTY, d.number())));
  }

  private static void check(String property, String value) {
    System.setProperty(property, value);
    for (ModelCase c : CASES) {
      assertThat(ModelCheck.run(c, Networks.create(COMPILED, c, "TornadoNetwork")).checked())
          .isPositive();
    }
  }

  @Test
  void aTileIsMeasuredOnceAndKept(@TempDir Path folder) throws IOException {
    System.setProperty(TileChoices.FOLDER, folder.toString());
    String source =
        ModelCase.imports()
            + """
            @Model
            public class Large {
              final Dense fc = new Dense(600, 500);
              Tensor forward(@Shape("N, 600") Tensor x) { return fc.apply(x); }
            }
            """;
    Compiled compiled = Compiled.of(java.util.Map.of("Large", source)).succeeded();
    ModelCase large =
        new ModelCase(
            "Large",
            "",
            List.of(),
            List.of(),
            List.of(new ModelCase.Symbol("N", 101)),
            ModelCase.Tolerance.USUAL);
    var session = Networks.create(compiled, large, "TornadoNetwork").session(101);
    session.predict(new dev.cortado.Batch(2, List.of(new float[2 * 600]), List.of()));
    Path file = folder.resolve("tiles.properties");
    String kept = Files.readString(file);
    assertThat(kept).contains("128x512x1024");
    Networks.create(compiled, large, "TornadoNetwork")
        .session(100)
        .predict(new dev.cortado.Batch(2, List.of(new float[2 * 600]), List.of()));
    assertThat(Files.readString(file)).isEqualTo(kept);
  }
}
