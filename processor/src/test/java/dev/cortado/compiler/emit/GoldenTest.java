package dev.cortado.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.compiler.model.ModelGraph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Generated source as it is meant to be read. Regenerate with {@code -Dcortado.golden=write}. */
class GoldenTest {
  @Test
  void mlp() throws IOException {
    compare(Models.mlp());
  }

  @Test
  void mnistCnn() throws IOException {
    compare(Models.mnistCnn());
  }

  @Test
  void recurrent() throws IOException {
    compare(Models.recurrent());
  }

  private static void compare(ModelGraph model) throws IOException {
    String source = Generated.of(model).source();
    Path file = Path.of("src/test/resources/golden", model.signature().networkName() + ".java.txt");
    if ("write".equals(System.getProperty("cortado.golden"))) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, source);
    }
    assertThat(source).isEqualTo(Files.readString(file));
  }
}
