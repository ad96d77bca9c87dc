package uk.ac.manchester.tornado.api.types.arrays;

/** A test double's: floats outside of Java's heap, here in it. */
public final class FloatArray {
  private final float[] values;

  public FloatArray(int numberOfElements) {
    values = new float[numberOfElements];
  }

  public void set(int index, float value) {
    values[index] = value;
  }

  public float get(int index) {
    return values[index];
  }

  public int getSize() {
    return values.length;
  }
}
