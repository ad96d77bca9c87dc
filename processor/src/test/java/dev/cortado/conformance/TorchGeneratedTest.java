package dev.cortado.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.ParameterInfo;
import dev.cortado.TrainingSession;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Generated networks against PyTorch: output, loss, and gradients of parameters and inputs of every
 * case, all compiled in one go.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TorchGeneratedTest {
  private final List<TorchCase> cases = TorchCase.all();
  private Compiled models;

  @BeforeAll
  void compile() {
    Map<String, String> sources = new LinkedHashMap<>();
    for (int i = 0; i < cases.size(); i++) {
      sources.put("figures.Case" + i, cases.get(i).source("figures", "Case" + i));
    }
    models = Compiled.of(sources).succeeded();
  }

  Stream<Integer> cases() {
    return IntStream.range(0, cases.size()).boxed();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agrees(int number) throws ReflectiveOperationException {
    TorchCase figures = cases.get(number);
    Network net = network(number);
    setParameters(net, figures);
    Batch batch = batch(figures);
    // One sample more than needed, so that offsets by capacity and by size are told apart.
    TrainingSession session = net.session(figures.batch() + 1);
    session.wantInputGradients(true);

    assertClose(figures, "loss", session.evaluate(batch), figures.lossValue());
    assertClose(figures, "training loss", session.train(batch, 1, 1), figures.lossValue());
    assertThat(session.outputCount(0)).isEqualTo(figures.output().values().length);
    assertClose(figures, "output", session.output(0), 0, figures.output().values());

    for (ParameterInfo parameter : net.parameters()) {
      float[] expected = figures.gradients().get(parameter.name()).values();
      String what = "gradient of " + parameter.name();
      assertClose(figures, what, session.gradients(), parameter.offset(), expected);
    }
    for (int i = 0; i < figures.inputs().size(); i++) {
      TorchCase.Named input = figures.inputs().get(i);
      if (input.isFloat()) {
        float[] expected = figures.gradients().get(input.name()).values();
        assertClose(figures, "gradient of " + input.name(), session.inputGradient(i), 0, expected);
      }
    }
  }

  private Network network(int number) throws ReflectiveOperationException {
    Class<?> type = models.load("figures.Case" + number + "Network");
    return (Network) type.getMethod("create", long.class).invoke(null, 7L);
  }

  private static void setParameters(Network net, TorchCase figures) {
    assertThat(net.parameters().stream().map(ParameterInfo::name))
        .as("parameters of %s", figures)
        .containsExactlyInAnyOrderElementsOf(figures.parameters().keySet());
    for (ParameterInfo parameter : net.parameters()) {
      TorchCase.Figures value = figures.parameters().get(parameter.name());
      assertThat(parameter.shape()).as(parameter.name()).isEqualTo(value.shape());
      System.arraycopy(value.values(), 0, net.weights(), parameter.offset(), value.values().length);
    }
  }

  private static Batch batch(TorchCase figures) {
    return new Batch(
        figures.batch(),
        figures.inputs().stream().map(TorchGeneratedTest::array).toList(),
        figures.targets().stream().map(TorchGeneratedTest::array).toList());
  }

  private static Object array(TorchCase.Named tensor) {
    return tensor.isFloat() ? tensor.values() : tensor.ints();
  }

  private static void assertClose(TorchCase figures, String what, double actual, double expected) {
    assertThat(actual)
        .as("%s: %s", figures, what)
        .isCloseTo(expected, within(2e-5 * (1 + Math.abs(expected))));
  }

  /** Single precision loses more where sums cancel: the largest element sets the scale. */
  private static void assertClose(
      TorchCase figures, String what, float[] actual, int offset, float[] expected) {
    float[] found = Arrays.copyOfRange(actual, offset, offset + expected.length);
    float largest = 1;
    for (float value : expected) {
      largest = Math.max(largest, Math.abs(value));
    }
    assertThat(found)
        .as("%s: %s", figures, what)
        .containsExactly(expected, within(2e-5f * largest));
  }
}
