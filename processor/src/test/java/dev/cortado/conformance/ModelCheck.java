package dev.cortado.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.Tensor;
import dev.cortado.TrainingSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * One case on one network: outputs and loss against the eager run of the same class, gradients of
 * every parameter and float input against central differences of it.
 */
final class ModelCheck {
  private final ModelCase it;
  private final Network network;
  private final Map<String, Integer> sizes = new LinkedHashMap<>();
  private final int batch;
  private final Random random;
  private final EagerRun eager;

  private final List<Object> arrays = new ArrayList<>();
  private final List<Object> targetArrays = new ArrayList<>();

  /**
   * All float inputs one after the other, then all parameters: the point where gradients are taken.
   */
  private double[] point = new double[0];

  private ModelCheck(ModelCase it, Network network) {
    this.it = it;
    this.network = network;
    it.symbols().forEach(s -> sizes.put(s.name(), s.size()));
    this.batch = it.symbols().get(0).size();
    this.random = new Random(it.name().hashCode());
    randomizeWeights();
    this.eager = new EagerRun(network.eager(), network.parameters());
    drawData();
  }

  /**
   * @return what the gradient check covered
   */
  static GradientCheck.Result run(ModelCase it, Network network) {
    return new ModelCheck(it, network).run();
  }

  private GradientCheck.Result run() {
    TrainingSession session = network.session(batch);
    session.wantInputGradients(true);
    Batch data = new Batch(batch, arrays, targetArrays, otherSizes());
    session.predict(data);
    List<Tensor> expected = eager.forward(eagerInputs(point));
    List<double[]> outputGradients = new ArrayList<>();
    for (int i = 0; i < expected.size(); i++) {
      compareOutput(session, i, expected.get(i));
      outputGradients.add(draws(expected.get(i).count(), -1, 1));
    }
    boolean hasLoss = !it.targets().isEmpty();
    if (hasLoss) {
      float loss = session.train(data, 1, 1);
      double expectedLoss = scalar(point, outputGradients);
      assertThat((double) loss)
          .as("loss of %s", it.source())
          .isCloseTo(expectedLoss, within(expectedLoss));
      assertThat((double) session.evaluate(data)).isCloseTo(expectedLoss, within(expectedLoss));
    } else {
      float[][] given = outputGradients.stream().map(ModelCheck::floats).toArray(float[][]::new);
      session.backward(data, given, 1, 1);
    }
    GradientCheck.Result result =
        GradientCheck.run(
            p -> scalar(p, outputGradients), point, gradient(session), 7, it.tolerance());
    assertThat(result.worst())
        .as("relative gradient error of %s", it.source())
        .isLessThan(it.tolerance().gradient());
    return result;
  }

  private org.assertj.core.data.Offset<Double> within(double expected) {
    return org.assertj.core.data.Offset.offset(
        it.tolerance().value() * Math.max(1, Math.abs(expected)));
  }

  private void compareOutput(TrainingSession session, int i, Tensor expected) {
    double[] values = expected.toDoubles();
    assertThat(session.outputCount(i))
        .as("size of output %d of %s", i, it.source())
        .isEqualTo(values.length);
    double scale = Arrays.stream(values).map(Math::abs).max().orElse(0);
    float[] actual = session.output(i);
    for (int k = 0; k < values.length; k++) {
      double error = Math.abs(actual[k] - values[k]);
      if (!(error <= it.tolerance().value() * Math.max(1, scale))) {
        throw new AssertionError(
            "output "
                + i
                + "["
                + k
                + "] is "
                + actual[k]
                + ", eager gives "
                + values[k]
                + " in\n"
                + it.source());
      }
    }
  }

  /** The loss, or the outputs weighed by the given gradients. */
  private double scalar(double[] at, List<double[]> outputGradients) {
    eager.setParameters(at, at.length - network.weights().length);
    List<Tensor> outputs = eager.forward(eagerInputs(at));
    if (!it.targets().isEmpty()) {
      return eager.loss(outputs, eagerTargets());
    }
    double sum = 0;
    for (int i = 0; i < outputs.size(); i++) {
      double[] values = outputs.get(i).toDoubles();
      for (int k = 0; k < values.length; k++) {
        sum += values[k] * (float) outputGradients.get(i)[k];
      }
    }
    return sum;
  }

  private double[] gradient(TrainingSession session) {
    double[] gradient = new double[point.length];
    int at = 0;
    for (int i = 0; i < it.inputs().size(); i++) {
      if (it.inputs().get(i).kind() == ModelCase.Data.Kind.FLOAT) {
        float[] g = session.inputGradient(i);
        int count = ((float[]) arrays.get(i)).length;
        for (int k = 0; k < count; k++) {
          gradient[at++] = g[k];
        }
      }
    }
    for (int k = 0; k < network.weights().length; k++) {
      gradient[at++] = session.gradients()[k];
    }
    return gradient;
  }

  private void randomizeWeights() {
    float[] weights = network.weights();
    for (int i = 0; i < weights.length; i++) {
      weights[i] += (float) (0.2 * random.nextGaussian());
    }
  }

  private void drawData() {
    List<double[]> parts = new ArrayList<>();
    for (ModelCase.Data d : it.inputs()) {
      arrays.add(draw(d, parts));
    }
    float[] weights = network.weights();
    parts.add(doubles(weights));
    point = parts.stream().flatMapToDouble(Arrays::stream).toArray();
    for (ModelCase.Data d : it.targets()) {
      targetArrays.add(draw(d, new ArrayList<>()));
    }
  }

  private Object draw(ModelCase.Data d, List<double[]> parts) {
    int count = Arrays.stream(d.sizes(sizes)).reduce(1, (a, b) -> a * b);
    if (d.kind() == ModelCase.Data.Kind.FLOAT) {
      float[] values = floats(draws(count, d.low(), d.high()));
      parts.add(doubles(values));
      return values;
    }
    return random.ints(count, (int) d.low(), (int) d.high()).toArray();
  }

  private List<Object> eagerInputs(double[] at) {
    List<Object> tensors = new ArrayList<>();
    int from = 0;
    for (int i = 0; i < it.inputs().size(); i++) {
      ModelCase.Data d = it.inputs().get(i);
      int[] ints = arrays.get(i) instanceof int[] a ? a : new int[0];
      tensors.add(EagerRun.tensor(d, at, from, ints, d.sizes(sizes)));
      from += arrays.get(i) instanceof float[] f ? f.length : 0;
    }
    return tensors;
  }

  private List<Object> eagerTargets() {
    List<Object> tensors = new ArrayList<>();
    for (int i = 0; i < it.targets().size(); i++) {
      ModelCase.Data d = it.targets().get(i);
      Object array = targetArrays.get(i);
      tensors.add(
          array instanceof int[] ints
              ? EagerRun.tensor(d, new double[0], 0, ints, d.sizes(sizes))
              : EagerRun.tensor(d, doubles((float[]) array), 0, new int[0], d.sizes(sizes)));
    }
    return tensors;
  }

  private List<Integer> otherSizes() {
    return it.symbols().stream().skip(1).map(ModelCase.Symbol::size).toList();
  }

  private double[] draws(int count, double low, double high) {
    return random.doubles(count).map(u -> low + u * (high - low)).toArray();
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
