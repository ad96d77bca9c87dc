package dev.cortado.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.cortado.IntTensor;
import dev.cortado.Labels;
import dev.cortado.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Eager execution against PyTorch: the output and loss of every case, and their gradients by
 * central differences of the eager loss. No processor takes part.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TorchEagerTest {
  /** Elements of a tensor whose gradient is checked; of more, as many spread evenly. */
  private static final int CHECKED = 48;

  private final List<TorchCase> cases = TorchCase.all();
  private Compiled models;

  @BeforeAll
  void compile() {
    Map<String, String> sources = new LinkedHashMap<>();
    for (int i = 0; i < cases.size(); i++) {
      sources.put("figures.Case" + i, cases.get(i).source("figures", "Case" + i));
    }
    models = Compiled.of(sources, "-proc:none").succeeded();
  }

  Stream<Integer> cases() {
    return IntStream.range(0, cases.size()).boxed();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void agrees(int number) throws ReflectiveOperationException {
    TorchCase figures = cases.get(number);
    Run run = new Run(figures, EagerRun.ofNew(models.load("figures.Case" + number)));
    // Layers that take their sizes from the shape have parameters only after the first call.
    run.output();
    run.setParameters();

    Tensor output = run.output();
    assertThat(output.shape()).as("shape of %s", figures).isEqualTo(figures.output().dims());
    assertClose(figures + ": output", output.toDoubles(), figures.output().values(), 1e-6);
    assertThat(run.loss())
        .as("loss of %s", figures)
        .isCloseTo(figures.lossValue(), near(figures.lossValue(), 1e-6));

    // map reads single precision, so a difference must be wide enough not to drown in its rounding.
    boolean single = figures.forward().contains("map(");
    for (String name : figures.gradients().keySet()) {
      float[] expected = figures.gradients().get(name).values();
      for (int i = 0; i < expected.length; i += 1 + expected.length / CHECKED) {
        assertThat(run.difference(name, i, single ? 0x1p-6 : 1e-5))
            .as("%s: gradient of %s [%d]", figures, name, i)
            .isCloseTo(expected[i], near(expected[i], single ? 2e-3 : 1e-5));
      }
    }
  }

  private static void assertClose(
      String what, double[] actual, float[] expected, double tolerance) {
    assertThat(actual).as(what).hasSameSizeAs(expected);
    for (int i = 0; i < actual.length; i++) {
      assertThat(actual[i])
          .as("%s [%d]", what, i)
          .isCloseTo(expected[i], near(expected[i], tolerance));
    }
  }

  private static Offset<Double> near(double expected, double tolerance) {
    return within(tolerance * (1 + Math.abs(expected)));
  }

  /** One case at given values of its inputs and parameters. */
  private static final class Run {
    private final TorchCase figures;
    private final EagerRun model;
    private final Map<String, Object> inputs = new LinkedHashMap<>();
    private final List<Object> targets;

    Run(TorchCase figures, EagerRun model) {
      this.figures = figures;
      this.model = model;
      figures.inputs().forEach(input -> inputs.put(input.name(), eager(input)));
      targets = figures.targets().stream().map(Run::eager).toList();
    }

    private static Object eager(TorchCase.Named tensor) {
      return switch (tensor.type()) {
        case "Tensor" -> Tensor.of(tensor.values(), tensor.dims());
        case "Labels" -> Labels.of(tensor.ints(), tensor.dims());
        default -> IntTensor.of(tensor.ints(), tensor.dims());
      };
    }

    void setParameters() {
      for (Map.Entry<String, TorchCase.Figures> entry : figures.parameters().entrySet()) {
        TorchCase.Figures value = entry.getValue();
        model.set(entry.getKey(), Tensor.of(value.values(), value.dims()));
      }
    }

    Tensor output() {
      return model.forward(List.copyOf(inputs.values())).getFirst();
    }

    double loss() {
      return model.loss(List.of(output()), targets);
    }

    /** The central difference of the loss along an element of an input or parameter. */
    double difference(String name, int element, double step) {
      TorchCase.Figures parameter = figures.parameters().get(name);
      Tensor base =
          parameter == null
              ? (Tensor) inputs.get(name)
              : Tensor.of(parameter.values(), parameter.dims());
      double[] losses = new double[2];
      for (int side = 0; side < 2; side++) {
        double[] values = base.toDoubles();
        values[element] += side == 0 ? -step : step;
        put(name, Tensor.of(values, base.shape()), parameter != null);
        losses[side] = loss();
      }
      put(name, base, parameter != null);
      return (losses[1] - losses[0]) / (2 * step);
    }

    private void put(String name, Tensor value, boolean parameter) {
      if (parameter) {
        model.set(name, value);
      } else {
        inputs.put(name, value);
      }
    }
  }
}
