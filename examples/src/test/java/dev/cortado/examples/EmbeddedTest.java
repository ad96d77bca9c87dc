package dev.cortado.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cortado.annotation.Model;
import dev.cortado.train.Trainer;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a service ships that only predicts: annotations and runtime, and nothing else. */
final class EmbeddedTest {
  private static final int LIMIT = 700_000;

  @TempDir Path folder;

  /** The service. */
  public static final class Service {
    private Service() {}

    /** Takes a file of weights, and answers for an image whose pixels are all one half. */
    public static void main(String[] arguments) {
      DigitsCnnNetwork net = DigitsCnnNetwork.create(1);
      net.load(Path.of(arguments[0]));
      System.out.println(Arrays.toString(net.predict(image())));
    }

    static float[] image() {
      float[] image = new float[64];
      Arrays.fill(image, 0.5f);
      return image;
    }
  }

  @Test
  @Timeout(120)
  void itRunsOnTheBaseModuleAlone() throws Exception {
    DigitsCnnNetwork net = DigitsCnnNetwork.create(7);
    Path weights = folder.resolve("weights.safetensors");
    net.save(weights);
    List<String> classPath =
        Stream.of(Trainer.class, Model.class, DigitsCnn.class, EmbeddedTest.class)
            .map(EmbeddedTest::location)
            .map(Path::toString)
            .toList();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--limit-modules=java.base",
                "-cp",
                String.join(File.pathSeparator, classPath),
                Service.class.getName(),
                weights.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).isZero();
    float[] logits = net.predict(Service.image());
    String[] numbers = answer.strip().replaceAll("[\\[\\]]", "").split(", ", -1);
    assertThat(numbers).hasSize(logits.length);
    for (int i = 0; i < logits.length; i++) {
      // Without the vector module sums are taken in another order.
      assertThat(Float.parseFloat(numbers[i])).isCloseTo(logits[i], within(1e-4f));
    }
  }

  @Test
  void itIsWellUnderOneMegabyte() throws Exception {
    int size = compressed(location(Trainer.class)) + compressed(location(Model.class));
    assertThat(size).isBetween(50_000, LIMIT);
    System.out.printf("annotations and runtime: %,d bytes as jars%n", size);
  }

  private static Path location(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  /** The size of a jar, or of a folder of classes when it is made one. */
  private static int compressed(Path classes) throws IOException {
    if (Files.isRegularFile(classes)) {
      return (int) Files.size(classes);
    }
    ByteArrayOutputStream jar = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(jar);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        zip.putNextEntry(new ZipEntry(classes.relativize(file).toString()));
        Files.copy(file, zip);
        zip.closeEntry();
      }
    }
    return jar.size();
  }
}
