package dev.cortado.conformance;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.ParameterInfo;
import dev.cortado.TrainingSession;
import dev.cortado.train.Adadelta;
import dev.cortado.train.Adagrad;
import dev.cortado.train.Adam;
import dev.cortado.train.AdamW;
import dev.cortado.train.DivergedException;
import dev.cortado.train.Lion;
import dev.cortado.train.Nadam;
import dev.cortado.train.Optimizer;
import dev.cortado.train.ParameterGroup;
import dev.cortado.train.RmsProp;
import dev.cortado.train.Sgd;
import dev.cortado.train.UpdatingSession;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Training on a device: the same steps as on the CPU, weights and files to and fro. */
class TornadoTrainingTest {
  private static final int BATCH = 8;

  private static final String SOURCE =
      ModelCase.imports()
          + """
          @Model
          public class Net {
            final Dense fc1 = new Dense(6, 12);
            final Dense fc2 = new Dense(12, 3);
            Tensor forward(@Shape("N, 6") Tensor x) {
              return fc2.apply(dropout(tanh(fc1.apply(x)), 0.25));
            }
            Tensor loss(Tensor logits, @Shape("N") Labels label) {
              return softmaxCrossEntropy(logits, label);
            }
          }
          """;

  private static final Compiled COMPILED = Compiled.of(Map.of("Net", SOURCE)).succeeded();

  private static Network network(String suffix) {
    return call(COMPILED.load("Net" + suffix), null, "create", 7L);
  }

  private static Network call(Class<?> type, Object on, String name, Object... arguments) {
    try {
      for (Method method : type.getMethods()) {
        if (method.getName().equals(name) && method.getParameterCount() == arguments.length) {
          return (Network) method.invoke(on, arguments);
        }
      }
      throw new AssertionError("no method " + name + " in " + type);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  private static Batch batch(Random random) {
    float[] x = new float[BATCH * 6];
    int[] labels = new int[BATCH];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat() * 2 - 1;
    }
    for (int i = 0; i < BATCH; i++) {
      labels[i] = random.nextInt(3);
    }
    return new Batch(BATCH, List.of(x), List.of(labels));
  }

  private static float[] trained(Network net, Optimizer optimizer, int steps) {
    Random random = new Random(3);
    for (int i = 0; i < steps; i++) {
      net.step(batch(random), optimizer);
    }
    return net.weights().clone();
  }

  private static void close(float[] got, float[] expected) {
    assertThat(got).hasSameSizeAs(expected);
    for (int i = 0; i < got.length; i++) {
      assertThat(got[i]).as("weight %d", i).isCloseTo(expected[i], offset(2e-4f));
    }
  }

  @TestFactory
  Stream<DynamicTest> everyUpdateIsTheCpus() {
    Map<String, Supplier<Optimizer>> optimizers =
        Map.ofEntries(
            entry("sgd", () -> new Sgd(0.1f).weightDecay(0.01f)),
            entry("momentum", () -> new Sgd(0.1f).momentum(0.9).dampening(0.1)),
            entry("nesterov", () -> new Sgd(0.1f).momentum(0.9).nesterov()),
            entry("adam", () -> new Adam(0.01f).clipNorm(0.5f)),
            entry("adamw", () -> new AdamW(0.01f).l1(0.01f).l2(0.01f)),
            entry("amsgrad", () -> new Adam(0.01f).amsGrad().clipValue(0.05f)),
            entry("rmsprop", () -> new RmsProp(0.01f).weightDecay(0.01f)),
            entry("rmsprop with all", () -> new RmsProp(0.01f).centered().momentum(0.5)),
            entry("adagrad", () -> new Adagrad(0.05f).rateDecay(0.1).initialSum(0.1f)),
            entry("adadelta", () -> new Adadelta(1).weightDecay(0.01f)),
            entry("nadam", () -> new Nadam(0.01f).weightDecay(0.01f)),
            entry("lion", () -> new Lion(0.01f).weightDecay(0.1f)),
            entry("frozen", () -> new Adam(0.01f).freeze("fc1.*").clipNorm(0.1f)),
            entry(
                "groups",
                () ->
                    new Sgd(0.1f)
                        .momentum(0.5)
                        .weightDecay(0.1f)
                        .group(ParameterGroup.of("*.bias").withWeightDecay(0))
                        .group(ParameterGroup.of("fc2.*").withLearningRate(0.02f))),
            entry(
                "groups and frozen",
                () ->
                    new AdamW(0.01f)
                        .group(ParameterGroup.of("*.bias").withWeightDecay(0))
                        .freeze("fc1.weight")));
    return optimizers.entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(),
                    () -> {
                      assertThat(onDevice(e.getValue().get())).isTrue();
                      close(
                          trained(network("TornadoNetwork"), e.getValue().get(), 8),
                          trained(network("Network"), e.getValue().get(), 8));
                    }));
  }

  /** Of a user's own: the sign of the gradient. */
  private static final class Signs extends Optimizer {
    Signs() {
      super(0.01f);
    }

    @Override
    protected void update(float[] w, float[] g, int from, int to, float rate, float decay) {
      for (int i = from; i < to; i++) {
        w[i] -= rate * Math.signum(g[i]);
      }
    }
  }

  @Test
  void anOptimizerThatOnlyJavaKnowsWorksToo() {
    assertThat(onDevice(new Signs())).isFalse();
    close(
        trained(network("TornadoNetwork"), new Signs(), 4),
        trained(network("Network"), new Signs(), 4));
  }

  private static boolean onDevice(Optimizer optimizer) {
    return network("TornadoNetwork").session(BATCH) instanceof UpdatingSession session
        && session.takes(optimizer);
  }

  /** Frozen weights keep their bits. */
  @Test
  void frozenWeightsStayAsTheyAre() {
    Network net = network("TornadoNetwork");
    float[] before = net.weights().clone();
    float[] after = trained(net, new RmsProp(0.1f).freeze("fc1.*"), 3);
    ParameterInfo first = net.parameter("fc1.weight");
    for (int i = first.offset(); i < first.offset() + first.count(); i++) {
      assertThat(after[i]).isEqualTo(before[i]);
    }
    assertThat(after).isNotEqualTo(before);
  }

  @Test
  void stateAndWeightsMoveBothWays(@TempDir Path folder) {
    Network device = network("TornadoNetwork");
    Adam adam = new Adam(0.01f);
    trained(device, adam, 3);
    device.save(folder.resolve("net.safetensors"));
    Network cpu = network("Network");
    cpu.load(folder.resolve("net.safetensors"));
    assertThat(cpu.weights()).containsExactly(device.weights());

    Adam resumed = new Adam(0.01f);
    resumed.restore(cpu, adam.stateArrays(), adam.updates());
    close(trained(device, adam, 3), trained(cpu, resumed, 3));

    Network again = call(COMPILED.load("NetTornadoNetwork"), device, "cpu");
    assertThat(again.weights()).containsExactly(device.weights());
    again.weights()[0] = 5;
    assertThat(device.weights()[0]).isEqualTo(5);
    TrainingSession session = device.session(BATCH);
    TrainingSession reference = again.session(BATCH);
    Batch batch = batch(new Random(1));
    assertThat(session.evaluate(batch)).isCloseTo(reference.evaluate(batch), offset(1e-5f));
  }

  @Test
  void aStepThatDivergesChangesNothing() {
    Network net = network("TornadoNetwork");
    Adam adam = new Adam(0.01f);
    trained(net, adam, 2);
    float[] before = net.weights().clone();
    float[] x = new float[BATCH * 6];
    x[5] = Float.NaN;
    Batch bad = new Batch(BATCH, List.of(x), List.of(new int[BATCH]));
    assertThatThrownBy(() -> net.step(bad, adam)).isInstanceOf(DivergedException.class);
    assertThat(net.weights()).containsExactly(before);
    assertThat(adam.updates()).isEqualTo(2);
  }

  /** The mask itself: a dropout of ones, and the gradient through it, bit for bit. */
  @Test
  void dropoutsMaskIsTheCpusToTheBit() {
    String source =
        ModelCase.imports()
            + """
            @Model
            public class Mask {
              Tensor forward(@Shape("N, 41") Tensor x) {
                return dropout(dropout(x, 0.3), 0.75);
              }
            }
            """;
    Compiled compiled = Compiled.of(Map.of("Mask", source)).succeeded();
    TrainingSession device =
        call(compiled.load("MaskTornadoNetwork"), null, "create", 7L).session(BATCH);
    TrainingSession cpu = call(compiled.load("MaskNetwork"), null, "create", 7L).session(BATCH);
    float[] ones = new float[BATCH * 41];
    Arrays.fill(ones, 1);
    Batch batch = new Batch(BATCH, List.of(ones), List.of());
    for (TrainingSession session : List.of(device, cpu)) {
      session.wantInputGradients(true);
    }
    Set<String> masks = new HashSet<>();
    for (long seed : new long[] {0, 5, -1, 1L << 40, Long.MIN_VALUE + 3}) {
      for (long step : new long[] {0, 1, 77, 1L << 33}) {
        device.backward(batch, new float[][] {ones}, seed, step);
        cpu.backward(batch, new float[][] {ones}, seed, step);
        assertThat(bits(device.output(0))).isEqualTo(bits(cpu.output(0)));
        assertThat(bits(device.inputGradient(0))).isEqualTo(bits(cpu.inputGradient(0)));
        masks.add(Arrays.toString(device.output(0)));
      }
    }
    assertThat(masks).hasSize(20);
  }

  private static int[] bits(float[] values) {
    int[] bits = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      bits[i] = Float.floatToRawIntBits(values[i]);
    }
    return bits;
  }

  @Test
  void dropoutDrawsTheSameNumbers() {
    Batch batch = batch(new Random(9));
    TrainingSession device = network("TornadoNetwork").session(BATCH);
    TrainingSession cpu = network("Network").session(BATCH);
    for (int step = 0; step < 5; step++) {
      assertThat(device.train(batch, 1L << 40, step))
          .isCloseTo(cpu.train(batch, 1L << 40, step), offset(1e-5f));
    }
  }
}
