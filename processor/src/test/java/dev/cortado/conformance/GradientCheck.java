package dev.cortado.conformance;

import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * Compares a gradient with central differences of the function it should belong to, in float64:
 * along random directions through all coordinates at once, and along some single coordinates.
 *
 * <p>A function with kinks (relu, max) is not differentiable where a step crosses one. Such a
 * direction shows by its forward and backward differences disagreeing; the step is halved a few
 * times and the direction left out when that does not help. {@link Result#checked} says how many
 * were compared.
 */
final class GradientCheck {
  private GradientCheck() {}

  /**
   * @param checked directions compared
   * @param tried directions drawn
   * @param worst the largest error, relative to the gradient's scale along that direction
   */
  record Result(int checked, int tried, double worst) {}

  static Result run(
      ToDoubleFunction<double[]> f,
      double[] at,
      double[] gradient,
      long seed,
      ModelCase.Tolerance tolerance) {
    Random random = new Random(seed);
    int tried = 0;
    int checked = 0;
    double worst = 0;
    double scale = norm(gradient);
    for (int round = 0; round < 14 && at.length > 0; round++) {
      double[] direction = new double[at.length];
      if (round < 4) {
        for (int i = 0; i < at.length; i++) {
          direction[i] = random.nextGaussian() / Math.sqrt(at.length);
        }
      } else {
        direction[random.nextInt(at.length)] = 1;
      }
      tried++;
      double expected = derivative(f, at, direction, tolerance.step());
      if (Double.isNaN(expected)) {
        continue;
      }
      double actual = dot(gradient, direction);
      double unit = Math.max(tolerance.floor(), Math.max(Math.abs(expected), 0.05 * scale));
      worst = Math.max(worst, Math.abs(actual - expected) / unit);
      checked++;
    }
    return new Result(checked, tried, worst);
  }

  /** NaN when the function has a kink here. */
  private static double derivative(
      ToDoubleFunction<double[]> f, double[] at, double[] direction, double step) {
    double here = f.applyAsDouble(at);
    for (double h = step; h > step / 10; h /= 2) {
      double ahead = f.applyAsDouble(moved(at, direction, h));
      double behind = f.applyAsDouble(moved(at, direction, -h));
      double forward = (ahead - here) / h;
      double backward = (here - behind) / h;
      // A smooth function's one-sided differences differ by h f''; a kink's by a constant.
      double central = (ahead - behind) / (2 * h);
      if (Math.abs(forward - backward) < 0.02 * Math.max(0.05, Math.abs(central))) {
        return central;
      }
    }
    return Double.NaN;
  }

  private static double[] moved(double[] at, double[] direction, double h) {
    double[] moved = at.clone();
    for (int i = 0; i < at.length; i++) {
      moved[i] += h * direction[i];
    }
    return moved;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double norm(double[] a) {
    return Math.sqrt(dot(a, a) / Math.max(1, a.length));
  }
}
