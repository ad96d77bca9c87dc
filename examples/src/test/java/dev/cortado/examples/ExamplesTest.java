package dev.cortado.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The smaller examples, run as a user runs them: they learn, and print what the page shows. */
final class ExamplesTest {
  private static final Path PAGE = Path.of("../docs/training.md");

  @TempDir Path folder;

  private static double number(String pattern, String output) {
    Matcher found = Pattern.compile(pattern).matcher(output);
    assertThat(found.find()).as("%s in %s", pattern, output).isTrue();
    return Double.parseDouble(found.group(1));
  }

  @Test
  void regressionFromCsv() throws IOException {
    String output = Shown.output(() -> Diabetes.main(new String[] {folder.toString()}));
    // A linear model explains about half of the variance too.
    assertThat(number("held out: .*R² ([0-9.]+)", output)).isGreaterThan(0.4);
    Shown.assertOnPage(PAGE, "Diabetes", output.replace(folder.toString(), "target/diabetes"));
  }

  @Test
  void autoencoder() throws IOException {
    String output = Shown.output(() -> Autoencoder.main(new String[] {folder.toString()}));
    // The mean image alone leaves 0.27.
    assertThat(number("root mean squared error ([0-9.]+)", output)).isLessThan(0.15);
    BufferedImage picture = ImageIO.read(folder.resolve("reconstructions.png").toFile());
    assertThat(picture.getWidth()).isGreaterThan(500);
    Shown.assertOnPage(
        PAGE, "Autoencoder", output.replace(folder.toString(), "target/autoencoder"));
  }

  @Test
  void gan() throws IOException {
    String output = Shown.output(() -> Gan.main(new String[] {folder.toString(), "20"}));
    Shown.assertOnPage(PAGE, "Gan", output.replace(folder.toString(), "target/gan"));
    // Digits have dark edges and light middles; noise has not.
    BufferedImage picture = ImageIO.read(folder.resolve("made.png").toFile());
    double middle = 0;
    double edge = 0;
    for (int i = 0; i < 10; i++) {
      middle += picture.getRaster().getSample(8 + 72 * i + 36, 8 + 36, 0);
      edge += picture.getRaster().getSample(8 + 72 * i + 2, 8 + 36, 0);
    }
    assertThat(middle).isGreaterThan(2 * edge);
  }
}
