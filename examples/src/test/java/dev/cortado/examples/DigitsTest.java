package dev.cortado.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
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
    PrintStream before = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Digits.main(new String[] {folder.toString()});
    } finally {
      System.setOut(before);
    }
    output = printed.toString(StandardCharsets.UTF_8);
    System.out.println(output);
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
    List<Page.Fence> shown =
        Page.read(Path.of("../README.md")).fences().stream()
            .filter(fence -> fence.note().equals("output of Digits"))
            .toList();
    assertThat(shown).hasSize(1);
    List<String> printed =
        output
            .replace(folder.toString(), "target/digits")
            .lines()
            .map(DigitsTest::withoutNumbers)
            .toList();
    int from = 0;
    for (String line : shown.getFirst().text().lines().map(DigitsTest::withoutNumbers).toList()) {
      if (line.equals("…")) {
        continue;
      }
      int at = printed.subList(from, printed.size()).indexOf(line);
      assertThat(at).as("printed after line %s: %s", from, line).isNotNegative();
      from += at + 1;
    }
  }

  /** Numbers differ with the processor's vectors, and their widths with the numbers. */
  private static String withoutNumbers(String line) {
    return line.replaceAll("[0-9·][0-9.,]*", "#").replaceAll("\\s+", " ").strip();
  }
}
