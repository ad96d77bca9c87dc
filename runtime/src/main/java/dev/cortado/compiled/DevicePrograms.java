package dev.cortado.compiled;

/**
 * What is generated for a device: the programs of one session as task graphs over its {@link
 * DeviceArrays}. A call returns when the work has been submitted.
 */
public interface DevicePrograms extends AutoCloseable {
  /** Brings every array to the device. */
  void start();

  /** Brings the weights from {@link DeviceArrays#upload} to the device. */
  void restore();

  void predict();

  void evaluate();

  void train();

  /** {@link #train} and an update of the weights. */
  void step();

  void backward();

  /** Brings an array of the last program from the device. */
  void read(float[] array);

  /** Bytes on the device besides the session's arrays: what is laid out for a library. */
  default long libraryBytes() {
    return 0;
  }

  /** Frees the device's memory. */
  @Override
  void close();
}
