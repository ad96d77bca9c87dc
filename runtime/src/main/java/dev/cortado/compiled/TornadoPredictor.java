package dev.cortado.compiled;

import dev.cortado.Batch;
import dev.cortado.TrainingSession;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Predictions on a device, for one thread at a time. The generated subclass knows the types. */
public abstract class TornadoPredictor implements AutoCloseable {
  private final CompiledNetwork cpu;
  private final Checks checks;
  private final TrainingSession session;

  protected TornadoPredictor(TornadoNetwork network, int maxBatch) {
    this.cpu = network.host();
    this.checks = new Checks(cpu);
    this.session = network.session(maxBatch);
  }

  /** The most samples at once. */
  public final int maxBatch() {
    return session.maxBatch();
  }

  /**
   * As many samples as an input holds, with all symbols at their maxima.
   *
   * @param first the input that says how many; negative when there is no batch
   */
  protected final void predictInferred(int first, Object[] inputs, float[]... outputs) {
    int[] sizes = cpu.maxima();
    int samples = first < 0 ? 1 : checks.samples(first, length(inputs[first]), sizes);
    checkExactly(samples, sizes, inputs);
    predictSized(samples, sizes, inputs, outputs);
  }

  /** The first samples of arrays that may hold more. */
  protected final void predictSized(int samples, int[] sizes, Object[] inputs, float[]... outputs) {
    checks.batch(samples, maxBatch());
    checks.sizes(samples, sizes);
    for (int i = 0; i < outputs.length; i++) {
      checks.length(cpu.firstOutput() + i, outputs[i].length, 0, samples, sizes);
    }
    run(samples, sizes, List.of(inputs), 0, outputs);
  }

  /** Any number of samples into fresh arrays, as many at a time as there is room for. */
  final float[][] all(int samples, int[] sizes, Object... inputs) {
    checkExactly(samples, sizes, inputs);
    float[][] outputs = new float[cpu.outputs().size()][];
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = new float[elements(cpu.firstOutput() + i, samples, sizes)];
    }
    for (int from = 0; from < samples; from += maxBatch()) {
      int count = Math.min(maxBatch(), samples - from);
      List<Object> part = new ArrayList<>();
      for (int i = 0; i < inputs.length; i++) {
        part.add(part(inputs[i], elements(i, from, sizes), elements(i, from + count, sizes)));
      }
      run(count, sizes, part, from, outputs);
    }
    return outputs;
  }

  /** What does not grow with the batch is the same for every part. */
  private static Object part(Object array, int from, int to) {
    boolean whole = from == to;
    return switch (array) {
      case float[] floats -> whole ? floats : Arrays.copyOfRange(floats, from, to);
      case int[] ints -> whole ? ints : Arrays.copyOfRange(ints, from, to);
      default -> throw new IllegalArgumentException("expected float[] or int[], got " + array);
    };
  }

  private void run(int count, int[] sizes, List<Object> inputs, int from, float[][] outputs) {
    session.predict(new Batch(count, inputs, List.of(), Arrays.stream(sizes).boxed().toList()));
    for (int i = 0; count > 0 && i < outputs.length; i++) {
      int port = cpu.firstOutput() + i;
      int to = elements(port, from + count, sizes);
      int at = elements(port, from, sizes) == to ? 0 : elements(port, from, sizes);
      System.arraycopy(session.output(i), 0, outputs[i], at, to - at);
    }
  }

  private void checkExactly(int samples, int[] sizes, Object... inputs) {
    checks.sizes(samples, sizes);
    for (int i = 0; i < inputs.length; i++) {
      checks.exactly(i, length(inputs[i]), samples, sizes);
    }
  }

  private static int length(Object array) {
    return array instanceof float[] floats ? floats.length : ((int[]) array).length;
  }

  private int elements(int port, int samples, int[] sizes) {
    return Math.toIntExact(cpu.elements(port, samples, sizes));
  }

  /** Frees the device's memory. A predictor that is used again takes it anew. */
  @Override
  public final void close() {
    session.close();
  }
}
