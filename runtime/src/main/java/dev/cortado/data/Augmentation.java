package dev.cortado.data;

import dev.cortado.Batch;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Random changes of images of shape {@code [C, H, W]}, for {@link Dataset#map}. What is drawn is a
 * function of the run's seed, the epoch and the sample. Pixels that come from outside are 0.
 */
public final class Augmentation {
  private Augmentation() {}

  /** A change of one image that lies in {@code x} from {@code at} on. */
  @FunctionalInterface
  private interface ImageChange {
    void apply(float[] x, int at, int channels, int height, int width, RandomGenerator random);
  }

  private static Transform onImages(ImageChange change) {
    return (List<Column> inputs, Batch batch, int row, RandomGenerator random) -> {
      List<Integer> shape = inputs.getFirst().shape();
      if (shape.size() != 3 || !(batch.inputs().getFirst() instanceof float[] x)) {
        throw new IllegalArgumentException(
            "augmentation is for images of shape [channels, height, width], the input is "
                + inputs.getFirst());
      }
      int at = row * inputs.getFirst().count();
      change.apply(x, at, shape.get(0), shape.get(1), shape.get(2), random);
    };
  }

  /** Mirrors left and right with this probability. */
  public static Transform flip(double probability) {
    checkFraction("the probability of a flip", probability);
    return onImages(
        (x, at, channels, height, width, random) -> {
          if (random.nextDouble() >= probability) {
            return;
          }
          for (int line = 0; line < channels * height; line++) {
            int start = at + line * width;
            for (int i = 0, j = width - 1; i < j; i++, j--) {
              float left = x[start + i];
              x[start + i] = x[start + j];
              x[start + j] = left;
            }
          }
        });
  }

  /**
   * Shifts by up to {@code pixels} in each direction: the same as padding by that and cropping at
   * random.
   */
  public static Transform shift(int pixels) {
    if (pixels < 0) {
      throw new IllegalArgumentException("a shift must not be negative, got " + pixels);
    }
    return onImages(
        (x, at, channels, height, width, random) -> {
          int down = random.nextInt(-pixels, pixels + 1);
          int right = random.nextInt(-pixels, pixels + 1);
          resample(x, at, channels, height, width, 1, 0, -right, 0, 1, -down);
        });
  }

  /** Pads by {@code padding} on all sides and crops the old size out at random. */
  public static Transform crop(int padding) {
    return shift(padding);
  }

  /** Turns around the middle by up to so many degrees either way, with bilinear interpolation. */
  public static Transform rotate(double degrees) {
    return onImages(
        (x, at, channels, height, width, random) -> {
          double angle = Math.toRadians(degrees) * (2 * random.nextDouble() - 1);
          double cos = Math.cos(angle);
          double sin = Math.sin(angle);
          double cx = (width - 1) / 2.0;
          double cy = (height - 1) / 2.0;
          resample(
              x,
              at,
              channels,
              height,
              width,
              cos,
              sin,
              cx - cos * cx - sin * cy,
              -sin,
              cos,
              cy + sin * cx - cos * cy);
        });
  }

  /**
   * Takes each pixel from where an affine map says, {@code (a i + b j + c, d i + e j + f)},
   * interpolated.
   */
  private static void resample(
      float[] x,
      int at,
      int channels,
      int height,
      int width,
      double a,
      double b,
      double c,
      double d,
      double e,
      double f) {
    float[] source = new float[height * width];
    for (int channel = 0; channel < channels; channel++) {
      int start = at + channel * source.length;
      System.arraycopy(x, start, source, 0, source.length);
      for (int j = 0; j < height; j++) {
        for (int i = 0; i < width; i++) {
          x[start + j * width + i] =
              sample(source, height, width, a * i + b * j + c, d * i + e * j + f);
        }
      }
    }
  }

  private static float sample(float[] source, int height, int width, double x, double y) {
    int left = (int) Math.floor(x);
    int top = (int) Math.floor(y);
    double dx = x - left;
    double dy = y - top;
    double upper =
        (1 - dx) * pixel(source, height, width, left, top)
            + dx * pixel(source, height, width, left + 1, top);
    double lower =
        (1 - dx) * pixel(source, height, width, left, top + 1)
            + dx * pixel(source, height, width, left + 1, top + 1);
    return (float) ((1 - dy) * upper + dy * lower);
  }

  private static float pixel(float[] source, int height, int width, int x, int y) {
    return x >= 0 && x < width && y >= 0 && y < height ? source[y * width + x] : 0;
  }

  /** Blanks a square of this size around a random pixel (DeVries and Taylor, 2017). */
  public static Transform cutout(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("the size of a cutout must be at least 1, got " + size);
    }
    return onImages(
        (x, at, channels, height, width, random) -> {
          int top = random.nextInt(height) - size / 2;
          int left = random.nextInt(width) - size / 2;
          for (int channel = 0; channel < channels; channel++) {
            for (int j = Math.max(0, top); j < Math.min(height, top + size); j++) {
              for (int i = Math.max(0, left); i < Math.min(width, left + size); i++) {
                x[at + (channel * height + j) * width + i] = 0;
              }
            }
          }
        });
  }

  /**
   * Multiplies brightness, contrast (distance from the image's mean) and, of three channels,
   * saturation (distance from grey) by factors within {@code 1 - strength} and {@code 1 +
   * strength}.
   */
  public static Transform jitter(double brightness, double contrast, double saturation) {
    checkFraction("brightness", brightness);
    checkFraction("contrast", contrast);
    checkFraction("saturation", saturation);
    return onImages(
        (x, at, channels, height, width, random) -> {
          int plane = height * width;
          float light = factor(brightness, random);
          float distance = factor(contrast, random);
          float colour = factor(saturation, random);
          double sum = 0;
          for (int i = at; i < at + channels * plane; i++) {
            x[i] *= light;
            sum += x[i];
          }
          float mean = (float) (sum / (channels * plane));
          for (int i = at; i < at + channels * plane; i++) {
            x[i] = mean + distance * (x[i] - mean);
          }
          for (int i = at; channels == 3 && i < at + plane; i++) {
            // The weights of ITU-R BT.601.
            float grey = 0.299f * x[i] + 0.587f * x[i + plane] + 0.114f * x[i + 2 * plane];
            for (int p = i; p < at + 3 * plane; p += plane) {
              x[p] = grey + colour * (x[p] - grey);
            }
          }
        });
  }

  private static float factor(double strength, RandomGenerator random) {
    return (float) (1 + strength * (2 * random.nextDouble() - 1));
  }

  private static void checkFraction(String what, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(what + " must be between 0 and 1, got " + value);
    }
  }
}
