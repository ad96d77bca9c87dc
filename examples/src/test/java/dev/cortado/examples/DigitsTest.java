package dev.cortado.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job, run as a user runs it. */
final class DigitsTest {
  @TempDir static Path folder;
  private static String output = "";

  @BeforeAll
  static void run() throws IOException {
    output = Shown.output(() -> Digits.main(new String[] {folder.toString()}));
  }

  @Test
  void answersAtLeast98PercentOfTheHeldOutDigits() {
    Matcher accuracy = Pattern.compile("held out: accuracy ([0-9.]+)%").matcher(output);
    assertThat(accuracy.find()).isTrue();
    assertThat(Double.parseDouble(accuracy.group(1))).isGreaterThanOrEqualTo(98);
  }

  @Test
  void drawsCurvesAndDigits() throws IOException {
    BufferedImage picture = ImageIO.read(folder.resolve("digits.png").toFile());
    assertThat(picture.getWidth()).isGreaterThan(500);
    assertThat(picture.getHeight()).isGreaterThan(700);
  }

  @Test
  void loadsWhatItSaved() {
    assertThat(folder.resolve("digits.safetensors")).isNotEmptyFile();
    assertThat(output).contains("loaded into a fresh network: the same answers");
  }

  @Test
  void printsWhatTheReadmeShows() throws IOException {
    Shown.assertInReadme("Digits", output.replace(folder.toString(), "target/digits"));
  }
}
