package uk.ac.manchester.tornado.api.math;

/** A test double's: single precision, as on a device. */
public final class TornadoMath {
  private TornadoMath() {}

  public static float abs(float x) {
    return Math.abs(x);
  }

  public static float signum(float x) {
    return Math.signum(x);
  }

  public static float pow(float a, float b) {
    return (float) Math.pow(a, b);
  }

  public static float atan2(float a, float b) {
    return (float) Math.atan2(a, b);
  }

  public static float exp(float x) {
    return (float) Math.exp(x);
  }

  public static float log(float x) {
    return (float) Math.log(x);
  }

  public static float sqrt(float x) {
    return (float) Math.sqrt(x);
  }

  public static float sin(float x) {
    return (float) Math.sin(x);
  }

  public static float cos(float x) {
    return (float) Math.cos(x);
  }

  public static float tan(float x) {
    return (float) Math.tan(x);
  }

  public static float asin(float x) {
    return (float) Math.asin(x);
  }

  public static float acos(float x) {
    return (float) Math.acos(x);
  }

  public static float atan(float x) {
    return (float) Math.atan(x);
  }

  public static float tanh(float x) {
    return (float) Math.tanh(x);
  }

  public static float floor(float x) {
    return (float) Math.floor(x);
  }

  public static float ceil(float x) {
    return (float) Math.ceil(x);
  }
}
