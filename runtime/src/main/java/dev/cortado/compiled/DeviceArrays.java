package dev.cortado.compiled;

/**
 * The arrays that the programs of a session on a device work on. Each has a twin on the device,
 * which TornadoVM knows by the array's identity.
 *
 * @param sizes handed in with every program: the batch, the other symbols, then seed and step, each
 *     its low and its high 32 bits, then the largest batch and symbols
 * @param places where the loops around a recurrence's step are, outermost first
 * @param given float inputs, then float targets or gradients of outputs, one after the other
 * @param marks integer inputs, then integer targets
 * @param weights the network's
 * @param upload what {@link DevicePrograms#restore} takes for weights
 * @param gradients of the weights
 * @param arena the workspace
 * @param scratch memory of kernels that hand something to the next one
 * @param results the outputs, then the gradients of float inputs when they are wanted
 * @param report the loss, how many gradients are not finite, the sum of their squares
 * @param runs how many runs of weights are treated alike, then where each begins
 * @param settings what an optimizer tells an update
 * @param state what an optimizer keeps for every weight, one after the other
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by identity, as TornadoVM does.
public record DeviceArrays(
    int[] sizes,
    int[] places,
    float[] given,
    int[] marks,
    float[] weights,
    float[] upload,
    float[] gradients,
    float[] arena,
    float[] scratch,
    float[] results,
    float[] report,
    int[] runs,
    float[] settings,
    float[] state) {

  /** Bytes on the device, all arrays together. */
  public long bytes() {
    long elements = (long) sizes.length + places.length + marks.length + runs.length;
    for (float[] array : floats()) {
      elements += array.length;
    }
    return Float.BYTES * elements;
  }

  /** Bytes of the largest array. */
  public long largest() {
    long most = marks.length;
    for (float[] array : floats()) {
      most = Math.max(most, array.length);
    }
    return Float.BYTES * most;
  }

  private float[][] floats() {
    return new float[][] {
      given, weights, upload, gradients, arena, scratch, results, report, settings, state
    };
  }
}
