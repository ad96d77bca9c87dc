package dev.cortado.compiler.emit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.TrainingSession;
import dev.cortado.compiler.autodiff.Gradients;
import dev.cortado.compiler.graph.ElementType;
import dev.cortado.compiler.graph.Graph;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.interpret.Interpreter;
import dev.cortado.compiler.model.ModelGraph;
import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.op.Input;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;

/** Runs a staged program as generated code and compares it with the interpreter. */
public final class GeneratedCheck {
  private GeneratedCheck() {}

  /**
   * Compares the results and the gradients of a weighted sum of them.
   *
   * @param data elements of the inputs
   */
  public static void check(
      Graph graph, List<Value> results, Map<Value, double[]> data, Map<String, Long> symbols) {
    List<Value> inputs = new ArrayList<>(data.keySet());
    List<Signature.Port> ports = new ArrayList<>();
    for (Value v : inputs) {
      Input input = (Input) v.node().op();
      ports.add(new Signature.Port(input.label(), v.type().element(), v.shape()));
    }
    List<String> names = new ArrayList<>();
    results.forEach(r -> names.add("y" + names.size()));
    String batch = symbols.containsKey("N") ? "N" : null;
    List<String> others = new ArrayList<>(new TreeSet<>(symbols.keySet()));
    others.remove("N");
    Signature signature =
        new Signature(
            "models",
            "Program",
            "Program",
            true,
            true,
            batch,
            others,
            ports,
            List.of(),
            names,
            names.size() > 1 ? "Answer" : null,
            false);
    ModelGraph model = new ModelGraph(signature, graph, results, null, List.of(), List.of());
    Generated generated = Generated.of(model);
    Object[] maxima =
        others.stream().map(s -> Math.toIntExact(symbols.getOrDefault(s, 0L))).toArray();
    int n = batch == null ? 1 : Math.toIntExact(symbols.getOrDefault("N", 0L));
    Network network = generated.create(1, maxima);
    TrainingSession session = network.session(n);
    session.wantInputGradients(true);
    List<Object> arrays = new ArrayList<>();
    inputs.forEach(v -> arrays.add(array(v, elements(data, v))));
    Batch given = new Batch(n, arrays, List.of());
    List<double[]> weights = weights(results, symbols);
    float[][] outputGradients =
        weights.stream().map(GeneratedCheck::floats).toArray(float[][]::new);
    try {
      session.backward(given, outputGradients, 1, 0);
      Map<Value, double[]> expected = new Interpreter(symbols, 1, 0).run(graph, data);
      for (int i = 0; i < results.size(); i++) {
        close("output " + i, session.output(i), elements(expected, results.get(i)));
      }
      gradients(graph, results, data, symbols, inputs, weights, session);
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "\n" + generated.source(), e);
    }
  }

  private static void gradients(
      Graph graph,
      List<Value> results,
      Map<Value, double[]> data,
      Map<String, Long> symbols,
      List<Value> inputs,
      List<double[]> weights,
      TrainingSession session) {
    List<Value> wrt = inputs.stream().filter(v -> v.type().element() == ElementType.FLOAT).toList();
    Gradients g = Gradients.ofOutputs(graph, results, wrt);
    Map<Value, double[]> leaves = new HashMap<>();
    data.forEach(
        (v, elements) -> leaves.put(Objects.requireNonNull(g.counterparts().get(v)), elements));
    for (int i = 0; i < results.size(); i++) {
      leaves.put(g.outputGradients().get(i), weights.get(i));
    }
    Map<Value, double[]> values = new Interpreter(symbols, 1, 0).run(g.graph(), leaves);
    for (int i = 0; i < wrt.size(); i++) {
      Value gradient = g.gradients().get(i);
      double[] expected =
          gradient == null
              ? new double[elements(data, wrt.get(i)).length]
              : elements(values, gradient);
      int position = ((Input) wrt.get(i).node().op()).position();
      close("gradient of input " + position, session.inputGradient(position), expected);
    }
  }

  private static List<double[]> weights(List<Value> results, Map<String, Long> symbols) {
    Random random = new Random(5);
    Interpreter sizes = new Interpreter(symbols);
    return results.stream()
        .map(r -> random.doubles(sizes.count(r.shape()), -1, 1).toArray())
        .toList();
  }

  private static double[] elements(Map<Value, double[]> values, Value value) {
    return Objects.requireNonNull(values.get(value), () -> "no elements of " + value.node());
  }

  private static Object array(Value v, double[] elements) {
    if (v.type().element() == ElementType.FLOAT) {
      return floats(elements);
    }
    int[] ints = new int[elements.length];
    for (int i = 0; i < ints.length; i++) {
      ints[i] = (int) elements[i];
    }
    return ints;
  }

  private static float[] floats(double[] elements) {
    float[] floats = new float[elements.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) elements[i];
    }
    return floats;
  }

  private static void close(String what, float[] got, double[] expected) {
    assertThat(got.length).as(what).isGreaterThanOrEqualTo(expected.length);
    double scale = 1;
    for (double e : expected) {
      if (Double.isFinite(e)) {
        scale = Math.max(scale, Math.abs(e));
      }
    }
    for (int i = 0; i < expected.length; i++) {
      boolean same =
          Math.abs(got[i] - expected[i]) <= 2e-4 * scale
              || Double.compare(got[i], expected[i]) == 0;
      assertThat(same)
          .as(what + "[" + i + "]: expected " + expected[i] + ", got " + got[i])
          .isTrue();
    }
  }
}
