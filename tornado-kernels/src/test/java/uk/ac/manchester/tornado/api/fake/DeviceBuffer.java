package uk.ac.manchester.tornado.api.fake;

import java.lang.reflect.Array;
import java.util.Arrays;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

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
      case int[] ints -> {
        int[] garbage = new int[ints.length];
        Arrays.fill(garbage, 0x7f7f7f7f);
        yield new DeviceBuffer(garbage);
      }
      default -> throw new TornadoRuntimeException("not an array that a kernel takes: " + like);
    };
  }

  void write(Object from) {
    System.arraycopy(from, 0, array, 0, Array.getLength(from));
  }

  void read(Object to) {
    System.arraycopy(array, 0, to, 0, Array.getLength(to));
  }
}
