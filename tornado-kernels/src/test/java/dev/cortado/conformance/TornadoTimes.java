package dev.cortado.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.tornado.Device;
import dev.cortado.train.Adam;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * How long a training step takes on the device, on the CPU, and in PyTorch where it is installed:
 * {@code mvn -Dfast test -pl tornado-kernels -am -Dtest=TornadoTimes
 * -Dsurefire.failIfNoSpecifiedTests=false -Dcortado.times=true}. Nothing is asserted.
 */
class TornadoTimes {
  private static final String MLP =
      """
      @Model
      public class Mlp {
        final Dense fc1 = new Dense(784, 512);
        final Dense fc2 = new Dense(512, 512);
        final Dense fc3 = new Dense(512, 10);
        Tensor forward(@Shape("N, 784") Tensor x) {
          return fc3.apply(relu(fc2.apply(relu(fc1.apply(x)))));
        }
        Tensor loss(Tensor logits, @Shape("N") Labels label) {
          return softmaxCrossEntropy(logits, label);
        }
      }
      """;

  private static final String CNN =
      """
      @Model
      public class Cnn {
        final Conv2d conv1 = new Conv2d(1, 32, 3);
        final Conv2d conv2 = new Conv2d(32, 64, 3);
        final Dense fc1 = new Dense(1600, 120);
        final Dense fc2 = new Dense(120, 84);
        final Dense fc3 = new Dense(84, 10);
        Tensor forward(@Shape("N, 1, 28, 28") Tensor x) {
          Tensor h = maxPool2d(relu(conv1.apply(x)), 2);
          h = maxPool2d(relu(conv2.apply(h)), 2);
          h = relu(fc1.apply(flatten(h)));
          return fc3.apply(relu(fc2.apply(h)));
        }
        Tensor loss(Tensor logits, @Shape("N") Labels label) {
          return softmaxCrossEntropy(logits, label);
        }
      }
      """;

  @Test
  void steps() {
    assumeTrue(Boolean.getBoolean("cortado.times"), "times are taken with -Dcortado.times=true");
    int steps = Integer.getInteger("cortado.times.steps", 50);
    System.out.println("on " + Device.best());
    System.out.printf(
        "%-5s %6s %14s %14s %14s   %s%n",
        "model", "batch", "first step ms", "device ms", "CPU ms", "PyTorch");
    for (int batch : new int[] {64, 256}) {
      row("Mlp", MLP, batch, steps);
      row("Cnn", CNN, batch, steps);
    }
  }

  private static void row(String name, String source, int n, int steps) {
    Compiled compiled = Compiled.of(Map.of(name, ModelCase.imports() + source)).succeeded();
    ModelCase c =
        new ModelCase(
            name,
            "",
            List.of(),
            List.of(),
            List.of(new ModelCase.Symbol("N", n)),
            ModelCase.Tolerance.USUAL);
    double[] device = times(Networks.create(compiled, c, "TornadoNetwork"), n, steps);
    double[] cpu = times(Networks.create(compiled, c), n, steps);
    System.out.printf(
        Locale.ROOT,
        "%-5s %6d %14.1f %14.3f %14.3f   %s%n",
        name,
        n,
        device[0],
        device[1],
        cpu[1],
        torch(name.toLowerCase(Locale.ROOT), n, steps));
  }

  /** Milliseconds of the first step, compilation included, and of a later one. */
  private static double[] times(Network net, int n, int steps) {
    Random random = new Random(1);
    float[] x = new float[n * 784];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat();
    }
    Batch batch = new Batch(n, List.of(x), List.of(new int[n]));
    Adam adam = new Adam(1e-3f);
    long begin = System.nanoTime();
    net.step(batch, adam);
    double first = (System.nanoTime() - begin) / 1e6;
    for (int i = 0; i < steps / 5; i++) {
      net.step(batch, adam);
    }
    begin = System.nanoTime();
    for (int i = 0; i < steps; i++) {
      net.step(batch, adam);
    }
    return new double[] {first, (System.nanoTime() - begin) / 1e6 / steps};
  }

  private static String torch(String model, int n, int steps) {
    try {
      Process python =
          new ProcessBuilder(
                  "python3",
                  Path.of("src/test/python/step_times.py").toAbsolutePath().toString(),
                  model,
                  String.valueOf(n),
                  String.valueOf(steps))
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String out = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return python.waitFor() == 0 ? out.strip() : "not installed";
    } catch (IOException e) {
      return "no python3";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "interrupted";
    }
  }
}
