package dev.cortado.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Optimizers and schedules against PyTorch's figures; see {@code training_figures.py}. */
class TorchFiguresTest {
  private static final JsonObject FIGURES = read();
  private static final Map<String, Supplier<Optimizer>> OPTIMIZERS = optimizers();
  private static final Map<String, Schedule> SCHEDULES = schedules();

  private static JsonObject read() {
    try (Reader reader =
        new InputStreamReader(
            Objects.requireNonNull(TorchFiguresTest.class.getResourceAsStream("torch.json")),
            StandardCharsets.UTF_8)) {
      return JsonParser.parseReader(reader).getAsJsonObject();
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static Map<String, Supplier<Optimizer>> optimizers() {
    Map<String, Supplier<Optimizer>> all = new LinkedHashMap<>();
    all.put("sgd", () -> new Sgd(0.1f));
    all.put("sgd weight decay", () -> new Sgd(0.1f).weightDecay(0.1f));
    all.put("sgd momentum", () -> new Sgd(0.1f).momentum(0.9));
    all.put("sgd dampening", () -> new Sgd(0.1f).momentum(0.9).dampening(0.3).weightDecay(0.1f));
    all.put("sgd nesterov", () -> new Sgd(0.1f).momentum(0.9).nesterov().weightDecay(0.1f));
    all.put("adam", () -> new Adam(0.01f));
    all.put(
        "adam options", () -> new Adam(0.01f).betas(0.8, 0.95).epsilon(1e-4f).weightDecay(0.1f));
    all.put("adam amsgrad", () -> new Adam(0.01f).amsGrad());
    all.put("adamw", () -> new AdamW(0.01f));
    all.put("adamw amsgrad", () -> new AdamW(0.01f).weightDecay(0.2f).amsGrad());
    all.put("adagrad", () -> new Adagrad(0.1f));
    all.put(
        "adagrad options",
        () -> new Adagrad(0.1f).rateDecay(0.1).initialSum(0.5f).epsilon(1e-5f).weightDecay(0.1f));
    all.put("rmsprop", () -> new RmsProp(0.01f));
    all.put(
        "rmsprop options",
        () ->
            new RmsProp(0.01f)
                .smoothing(0.9)
                .epsilon(1e-5f)
                .momentum(0.8)
                .centered()
                .weightDecay(0.1f));
    all.put("adadelta", Adadelta::new);
    all.put(
        "adadelta options",
        () -> new Adadelta(0.5f).smoothing(0.8).epsilon(1e-3f).weightDecay(0.1f));
    all.put("nadam", () -> new Nadam(0.01f));
    all.put(
        "nadam options",
        () ->
            new Nadam(0.01f).betas(0.8, 0.95).epsilon(1e-5f).momentumDecay(0.1).weightDecay(0.1f));
    all.put("lion", () -> new Lion(0.01f));
    all.put("lion options", () -> new Lion(0.01f).betas(0.8, 0.95).weightDecay(0.1f));
    all.put("clip norm", () -> new Sgd(0.1f).clipNorm(2));
    all.put("clip value", () -> new Sgd(0.1f).clipValue(0.7f));
    all.put(
        "groups",
        () ->
            new Sgd(0.1f)
                .momentum(0.9)
                .weightDecay(0.1f)
                .group(ParameterGroup.of("*.bias").withWeightDecay(0))
                .group(ParameterGroup.of("fc2.*").withLearningRate(0.01f)));
    all.put("frozen", () -> new Sgd(0.1f).clipNorm(2).freeze("fc1.*"));
    return all;
  }

  private static Map<String, Schedule> schedules() {
    Map<String, Schedule> all = new LinkedHashMap<>();
    all.put("constant", Schedule.constant());
    all.put("step", Schedule.step(3, 0.5));
    all.put("multi-step", Schedule.multiStep(0.1, 2, 5, 6));
    all.put("exponential", Schedule.exponential(0.9));
    all.put("cosine", Schedule.cosine(10, 0.1));
    all.put("cosine restarts", Schedule.cosineRestarts(4, 1, 0.05));
    all.put("cosine restarts growing", Schedule.cosineRestarts(3, 2, 0));
    all.put("linear", Schedule.linear(0.25, 0.75, 6));
    all.put("warm-up", Schedule.warmUp(0.2, 4));
    all.put("one cycle", Schedule.oneCycle(20));
    all.put("one cycle options", Schedule.oneCycle(20, 0.4, 10, 100));
    all.put("then", Schedule.warmUp(0.1, 5).then(5, Schedule.exponential(0.8)));
    all.put("times", Schedule.step(4, 0.5).times(Schedule.exponential(0.9)));
    all.put("plateau", Schedule.reduceOnPlateau(0.5, 2));
    all.put("plateau cooldown", Schedule.reduceOnPlateau(0.1, 1).cooldown(2).threshold(0.01));
    return all;
  }

  static Iterable<String> optimizerNames() {
    return OPTIMIZERS.keySet();
  }

  static Iterable<String> scheduleNames() {
    return SCHEDULES.keySet();
  }

  @Test
  void everyFigureIsCompared() {
    assertThat(OPTIMIZERS.keySet()).isEqualTo(FIGURES.getAsJsonObject("optimizers").keySet());
    assertThat(SCHEDULES.keySet()).isEqualTo(FIGURES.getAsJsonObject("schedules").keySet());
  }

  @ParameterizedTest
  @MethodSource("optimizerNames")
  void twentyUpdatesGiveTheSameWeights(String name) {
    HandNetwork net = new HandNetwork(2, 3, 2, 0, 1);
    System.arraycopy(floats(FIGURES.getAsJsonArray("start")), 0, net.weights(), 0, 17);
    Optimizer optimizer = Objects.requireNonNull(OPTIMIZERS.get(name)).get();
    for (var gradients : FIGURES.getAsJsonArray("gradients")) {
      optimizer.apply(net, floats(gradients.getAsJsonArray()));
    }
    float[] expected = floats(FIGURES.getAsJsonObject("optimizers").getAsJsonArray(name));
    assertThat(net.weights()).containsExactly(expected, within(3e-6f));
  }

  @ParameterizedTest
  @MethodSource("scheduleNames")
  void factorsAreTheSame(String name) {
    Schedule schedule = Objects.requireNonNull(SCHEDULES.get(name));
    JsonArray expected = FIGURES.getAsJsonObject("schedules").getAsJsonArray(name);
    for (int i = 0; i < expected.size(); i++) {
      assertThat(schedule.factor(i))
          .as("%s at %d", name, i)
          .isEqualTo(expected.get(i).getAsDouble(), within(1e-9));
      if (name.startsWith("plateau")) {
        schedule.observe(FIGURES.getAsJsonArray("plateau").get(i).getAsDouble());
      }
    }
  }

  private static float[] floats(JsonArray array) {
    float[] values = new float[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).getAsFloat();
    }
    return values;
  }
}
