package dev.cortado.train;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Parameters that an {@link Optimizer} treats in their own way, chosen by name.
 *
 * @param pattern a parameter's name in which {@code *} stands for any characters and {@code ?} for
 *     one: {@code *.bias}, {@code conv?.*}
 * @param learningRate their own, or null for the optimizer's
 * @param weightDecay their own, or null for the optimizer's
 * @param frozen whether they stay as they are
 */
public record ParameterGroup(
    String pattern, @Nullable Float learningRate, @Nullable Float weightDecay, boolean frozen) {

  public ParameterGroup {
    if (learningRate != null) {
      Optimizer.checkRate(learningRate);
    }
    if (weightDecay != null) {
      Optimizer.checkNotNegative("weight decay of " + pattern, weightDecay);
    }
  }

  /** Parameters named like this, treated like all others until more is said. */
  public static ParameterGroup of(String pattern) {
    return new ParameterGroup(pattern, null, null, false);
  }

  /** Parameters that are not learned. */
  public static ParameterGroup frozen(String pattern) {
    return new ParameterGroup(pattern, null, null, true);
  }

  /** With its own learning rate; schedules multiply it as they do the optimizer's. */
  public ParameterGroup withLearningRate(float rate) {
    return new ParameterGroup(pattern, rate, weightDecay, frozen);
  }

  /** With its own weight decay. */
  public ParameterGroup withWeightDecay(float decay) {
    return new ParameterGroup(pattern, learningRate, decay, frozen);
  }

  /** Whether a parameter of this name belongs to the group. */
  public boolean matches(String name) {
    return glob(pattern).matcher(name).matches();
  }

  private static Pattern glob(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (char c : pattern.toCharArray()) {
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString());
  }
}
