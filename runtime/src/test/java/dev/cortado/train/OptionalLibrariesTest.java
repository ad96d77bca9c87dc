package dev.cortado.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.data.Arrow;
import dev.cortado.data.Parquet;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Trains in a process whose class path holds this module and nothing else. */
class OptionalLibrariesTest {
  @TempDir Path folder;

  /** Trains, and asks for everything that needs a library. */
  public static final class Bare {
    private Bare() {}

    /** Takes the folder to write to. */
    public static void main(String[] arguments) {
      Path to = Path.of(arguments[0]);
      HandNetwork net = new HandNetwork(2, 4, 4, 0, 1);
      History history = Trainer.of(net).epochs(1).fit(Blobs.of(40, 1));
      new Reports(System.out, true);
      System.out.println("plotted: " + history.plot(to.resolve("curves.png")));
      for (Runnable reading : List.<Runnable>of(() -> Parquet.read(to), () -> Arrow.read(to))) {
        try {
          reading.run();
        } catch (IllegalStateException e) {
          System.out.println(e.getMessage());
        }
      }
      net.save(to.resolve("net.safetensors"));
      net.load(to.resolve("net.safetensors"));
      System.out.println("done");
    }
  }

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void trainingSaysWhatIsMissingAndGoesOn() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                location(Trainer.class) + File.pathSeparator + location(HandNetwork.class),
                Bare.class.getName(),
                folder.toString())
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output)
        .contains("epoch 1/1")
        .contains("the optional library me.tongfei:progressbar is not on the class path")
        .contains("the optional library org.knowm.xchart:xchart is not on the class path")
        .contains("plotted: false")
        .contains("Parquet files need the optional library dev.hardwood:hardwood-core")
        .contains("Arrow files need the optional library org.apache.arrow:arrow-vector")
        .contains("done");
  }

  private static String location(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
