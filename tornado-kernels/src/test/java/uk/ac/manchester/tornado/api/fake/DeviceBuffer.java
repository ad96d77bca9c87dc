package uk.ac.manchester.tornado.api.fake;

import java.lang.reflect.Array;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;
import uk.ac.manchester.tornado.api.types.arrays.FloatArray;

/** An array's twin on the device. */
record DeviceBuffer(Object array) {
  /** Fresh memory, which holds anything. */
  static DeviceBuffer garbage(Object like) {
    return switch (like) {
      case float[] floats -> {
        float[] garbage = new float[floats.length];
        Arrays.fill(garbage, Float.NaN);
        yield new DeviceBuffer(garbage);
      }
      case FloatArray floats -> {
        FloatArray garbage = new FloatArray(floats.getSize());
        for (int i = 0; i < garbage.getSize(); i++) {
          garbage.set(i, Float.NaN);
        }
        yield new DeviceBuffer(garbage);
      }
      case int[] ints -> {
        int[] garbage = new int[ints.length];
        Arrays.fill(garbage, 0x7f7f7f7f);
        yield new DeviceBuffer(garbage);
      }
      default -> throw new TornadoRuntimeException("not an array that a kernel takes: " + like);
    };
  }

  void write(Object from) {
    copy(from, array);
  }

  void read(Object to) {
    copy(array, to);
  }

  private static void copy(Object from, Object to) {
    if (from instanceof FloatArray source && to instanceof FloatArray target) {
      for (int i = 0; i < source.getSize(); i++) {
        target.set(i, source.get(i));
      }
    } else {
      System.arraycopy(from, 0, to, 0, Array.getLength(from));
    }
  }
}
