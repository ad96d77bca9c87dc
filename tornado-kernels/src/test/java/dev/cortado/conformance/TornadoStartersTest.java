package dev.cortado.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Percentage.withPercentage;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.ParameterInfo;
import dev.cortado.TrainingSession;
import dev.cortado.train.Sgd;
import dev.cortado.train.UpdatingSession;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The models people start from, the row LSTM and the encoder among them: trained on the device and
 * on the CPU from the same seed. Every tenth step each gradient is compared with the CPU's from the
 * device's weights; the losses at the end are compared too. On the test double fewer steps of
 * smaller batches.
 */
class TornadoStartersTest {
  private static final boolean REAL = Boolean.getBoolean("cortado.test.device");
  private static final Path SOURCES =
      Path.of("../examples/src/main/java/dev/cortado/examples").toAbsolutePath();
  private static final long SEED = 42;

  /** Gradients of a parameter agree to this share of the largest of them. */
  private static final double RELATIVE = 1e-4;

  /**
   * Where a parameter's largest gradient is less than this share of the largest of all, its terms
   * cancel, and it is compared with that share.
   */
  private static final double NONE = 1e-3;

  /**
   * A model and its data.
   *
   * @param features of a sample
   * @param classes labels are below; 0 for targets that are floats, as many as {@code targets}
   * @param tokens inputs are integers below; 0 for floats
   * @param steps on the device, and on the double
   * @param batch on the device, and on the double
   * @param rate of learning
   * @param sizes the largest values of symbols other than the batch
   */
  private record Starter(
      String name,
      int features,
      int classes,
      int targets,
      int tokens,
      int[] steps,
      int[] batch,
      float rate,
      int... sizes) {
    static Starter classifier(String name, int features, int steps, int samples) {
      return new Starter(
          name, features, 10, 0, 0, new int[] {101, steps}, new int[] {16, samples}, 0.01f);
    }

    int count() {
      return REAL ? steps[0] : steps[1];
    }

    /** Samples that a network can learn to tell apart. */
    Batch draw(Random random) {
      int samples = REAL ? batch[0] : batch[1];
      int[] labels = new int[samples];
      float[] floats = new float[samples * features];
      int[] ints = new int[samples * features];
      float[] wanted = new float[samples * targets];
      for (int n = 0; n < samples; n++) {
        labels[n] = random.nextInt(Math.max(2, classes));
        for (int i = 0; i < features; i++) {
          double wave = Math.sin(0.37 * (labels[n] + 1) * (i + 1));
          floats[n * features + i] = (float) (0.5 * wave + 0.5 * random.nextFloat());
          ints[n * features + i] = tokens == 0 ? 0 : random.nextInt(tokens - labels[n]);
        }
        for (int i = 0; i < targets; i++) {
          wanted[n * targets + i] = targets == 1 ? floats[n * features] : sigmoid(floats, n, i);
        }
      }
      Object target = classes > 0 ? labels : wanted;
      List<Integer> others = java.util.Arrays.stream(sizes).boxed().toList();
      return new Batch(samples, List.of(tokens == 0 ? floats : ints), List.of(target), others);
    }

    private float sigmoid(float[] from, int n, int i) {
      return (float) (1 / (1 + Math.exp(-from[n * features + i])));
    }
  }

  private static final List<Starter> STARTERS =
      List.of(
          new Starter("Regression", 1, 0, 1, 0, new int[] {101, 11}, new int[] {16, 4}, 0.01f),
          new Starter("DiabetesMlp", 10, 0, 1, 0, new int[] {101, 11}, new int[] {16, 4}, 1e-6f),
          Starter.classifier("SigmoidMlp", 64, 11, 4),
          new Starter(
              "DigitsAutoencoder", 64, 0, 64, 0, new int[] {101, 2}, new int[] {16, 2}, 0.1f),
          Starter.classifier("DigitsCnn", 64, 2, 2),
          Starter.classifier("MnistCnn", 784, 1, 1),
          Starter.classifier("LeNet5", 3 * 32 * 32, 1, 1),
          Starter.classifier("RowLstm", 784, 1, 2),
          new Starter("Encoder", 12, 2, 0, 32, new int[] {101, 2}, new int[] {16, 5}, 0.01f, 12));

  @TestFactory
  Stream<DynamicTest> startersTrainAsOnTheCpu() {
    Map<String, String> sources = new TreeMap<>();
    STARTERS.forEach(s -> sources.put("dev.cortado.examples." + s.name(), read(s.name())));
    for (String layer : List.of("LstmCell", "EncoderBlock", "DigitsData")) {
      sources.put("dev.cortado.examples." + layer, read(layer));
    }
    Compiled compiled = Compiled.of(sources).succeeded();
    return STARTERS.stream().map(s -> DynamicTest.dynamicTest(s.name(), () -> train(compiled, s)));
  }

  private static String read(String name) {
    try {
      String source = Files.readString(SOURCES.resolve(name + ".java"));
      // The double's tasks are serializable lambdas, and javac's method that reads them all back
      // has its limit; TornadoVM's are not.
      return REAL ? source : source.replace("i < 2; i++", "i < 1; i++");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void train(Compiled compiled, Starter s) {
    Random random = new Random(5);
    Network device = network(compiled, s, "TornadoNetwork");
    Network cpu = network(compiled, s, "Network");
    Network reference = network(compiled, s, "Network");
    Batch batch = s.draw(random);
    int samples = batch.size();
    // Not Adam, which makes whole steps of what is nothing but rounding.
    Sgd onDevice = new Sgd(s.rate()).momentum(0.9);
    Sgd onCpu = new Sgd(s.rate()).momentum(0.9);
    UpdatingSession session = (UpdatingSession) device.session(samples);
    TrainingSession own = cpu.session(samples);
    TrainingSession equal = reference.session(samples);
    assertThat(session.takes(onDevice)).isTrue();
    double lossOnDevice = 0;
    double lossOnCpu = 0;
    for (int step = 0; step < s.count(); step++) {
      boolean compared = step % 10 == 0;
      if (compared) {
        float[] weights = device.weights();
        System.arraycopy(weights, 0, reference.weights(), 0, weights.length);
      }
      lossOnDevice += session.step(batch, onDevice, SEED, step);
      lossOnCpu += own.train(batch, SEED, step);
      onCpu.apply(cpu, own.gradients());
      if (compared) {
        equal.train(batch, SEED, step);
        compare(device, session.gradients(), equal.gradients(), step);
      }
      batch = s.draw(random);
      if (step == s.count() - 11) {
        lossOnDevice = 0;
        lossOnCpu = 0;
      }
    }
    assertThat(lossOnDevice).as("loss of the last steps").isCloseTo(lossOnCpu, withPercentage(2));
  }

  private static void compare(Network net, float[] got, float[] expected, int step) {
    double largest = most(expected, 0, net.weights().length);
    for (ParameterInfo p : net.parameters()) {
      int from = p.offset();
      int count = p.count();
      double scale = Math.max(most(expected, from, count), NONE * largest);
      double error = 0;
      for (int i = from; i < from + count; i++) {
        error = Math.max(error, Math.abs(got[i] - expected[i]) / scale);
      }
      assertThat(error).as("gradient of %s at step %d", p.name(), step).isLessThan(RELATIVE);
    }
  }

  private static double most(float[] values, int from, int count) {
    double most = 0;
    for (int i = from; i < from + count; i++) {
      most = Math.max(most, Math.abs(values[i]));
    }
    return most;
  }

  private static Network network(Compiled compiled, Starter s, String suffix) {
    Class<?> type = compiled.load("dev.cortado.examples." + s.name() + suffix);
    Object[] arguments = new Object[1 + s.sizes().length];
    Class<?>[] types = new Class<?>[arguments.length];
    arguments[0] = SEED;
    types[0] = long.class;
    for (int i = 0; i < s.sizes().length; i++) {
      arguments[1 + i] = s.sizes()[i];
      types[1 + i] = int.class;
    }
    try {
      Method create = type.getMethod("create", types);
      return (Network) create.invoke(null, arguments);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
