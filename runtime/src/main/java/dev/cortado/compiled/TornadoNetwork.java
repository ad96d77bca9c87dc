package dev.cortado.compiled;

import dev.cortado.Network;
import dev.cortado.ParameterInfo;
import dev.cortado.Port;
import dev.cortado.tornado.Device;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A generated network on a device of TornadoVM. It is the network on the CPU with other sessions:
 * names, shapes, files and {@link #weights} are the same. Weights that a session trained stay on
 * its device until somebody asks for them.
 */
public abstract class TornadoNetwork implements Network, AutoCloseable {
  /** Samples at a time in {@code predictBatch}. */
  private static final int CHUNK = 256;

  private final CompiledNetwork cpu;
  private final Device device;

  /** Counts what may have changed the weights in this process's memory. */
  private long version;

  /** The session whose device has newer weights than this process's memory; null for none. */
  private @Nullable TornadoSession newer;

  protected TornadoNetwork(CompiledNetwork cpu, Device device) {
    this.cpu = cpu;
    this.device = device;
  }

  /** For {@code predict}, and for {@code predictBatch}: opened when they are first needed. */
  private @Nullable TornadoPredictor single;

  private @Nullable TornadoPredictor chunks;

  /** Held while one of those two predicts. */
  private final Object predicting = new Object();

  /** Where its sessions run. */
  public final Device device() {
    return device;
  }

  /** The network whose weights these are, brought up to date, as {@link #weights} does. */
  protected final synchronized CompiledNetwork upToDate() {
    settle();
    version++;
    return cpu;
  }

  /**
   * All parameters, one after the other, brought here from the device where it trained them.
   * Writing changes the network before the next step; ask again after it, for the array is brought
   * up to date only here.
   */
  @Override
  public final synchronized float[] weights() {
    settle();
    version++;
    return cpu.weights();
  }

  @Override
  public final synchronized float[] lentWeights() {
    settle();
    version++;
    return cpu.lentWeights();
  }

  private void settle() {
    if (newer != null) {
      newer.bringWeights();
      newer = null;
    }
  }

  /** A session is about to leave its device. */
  final synchronized void release(TornadoSession session) {
    if (isNewer(session)) {
      settle();
      version++;
    }
  }

  /** A session has changed the weights on its device. */
  final synchronized void updatedBy(TornadoSession session) {
    newer = session;
  }

  @SuppressWarnings("ReferenceEquality") // A session is itself and no other.
  private boolean isNewer(TornadoSession session) {
    return newer == session;
  }

  /** Brings the weights to a session's device when it has older ones. */
  final synchronized void handWeights(TornadoSession session) {
    if (isNewer(session)) {
      return;
    }
    if (newer != null) {
      settle();
      version++;
    }
    session.takeWeights(version);
  }

  /** From now on, reject inputs that hold a NaN, as the network on the CPU does when it is told. */
  public final void rejectNaN(boolean reject) {
    cpu.rejectNaN(reject);
  }

  /**
   * Any number of samples into fresh arrays, one an output; from any thread, one after the other.
   *
   * @param sizes values of the symbols besides the batch
   * @param inputs a {@code float[]} or {@code int[]} for each input
   */
  protected final float[][] predictAll(int samples, int[] sizes, Object... inputs) {
    synchronized (predicting) {
      return predictor(samples).all(samples, sizes, inputs);
    }
  }

  private TornadoPredictor predictor(int samples) {
    TornadoPredictor known = samples == 1 ? single : chunks;
    if (known == null) {
      known = new TornadoPredictor(this, samples == 1 ? 1 : CHUNK) {};
      if (samples == 1) {
        single = known;
      } else {
        chunks = known;
      }
    }
    return known;
  }

  /**
   * Frees what {@code predict} and {@code predictBatch} keep on the device; they take it anew when
   * they are called again. Sessions and predictors are closed by whoever opened them.
   */
  @Override
  public final void close() {
    synchronized (predicting) {
      if (single != null) {
        single.close();
      }
      if (chunks != null) {
        chunks.close();
      }
      single = null;
      chunks = null;
    }
  }

  final CompiledNetwork host() {
    return cpu;
  }

  @Override
  public final String name() {
    return cpu.name();
  }

  @Override
  public final List<Port> inputs() {
    return cpu.inputs();
  }

  @Override
  public final List<Port> targets() {
    return cpu.targets();
  }

  @Override
  public final List<Port> outputs() {
    return cpu.outputs();
  }

  @Override
  public final List<String> symbols() {
    return cpu.symbols();
  }

  @Override
  public final List<ParameterInfo> parameters() {
    return cpu.parameters();
  }

  @Override
  public final boolean hasLoss() {
    return cpu.hasLoss();
  }

  @Override
  public final long predictorBytes(int maxBatch) {
    return trainingBytes(maxBatch);
  }

  /**
   * Floats of workspace that the programs need.
   *
   * @param most the largest batch, then the largest values of the other symbols
   */
  protected abstract long workspace(int... most);

  /** The largest sizes: of the batch, then of the other symbols. */
  final int[] most(int maxBatch) {
    int[] maxima = cpu.maxima();
    int[] most = new int[1 + maxima.length];
    most[0] = maxBatch;
    System.arraycopy(maxima, 0, most, 1, maxima.length);
    return most;
  }

  /** Bytes of device memory that a session takes: workspace, gradients, weights twice, a batch. */
  @Override
  public final long trainingBytes(int maxBatch) {
    long floats = workspace(most(maxBatch)) + 3L * cpu.lentWeights().length;
    int ports = cpu.firstOutput() + cpu.outputs().size();
    for (int i = 0; i < ports; i++) {
      floats += cpu.elements(i, maxBatch, cpu.maxima());
    }
    return Float.BYTES * floats;
  }

  @Override
  public final String summary() {
    return cpu.summary();
  }

  @Override
  public final synchronized Object eager() {
    settle();
    return cpu.eager();
  }

  @Override
  public final String toString() {
    return getClass().getSimpleName()
        + "["
        + cpu.lentWeights().length
        + " parameters on "
        + device
        + "]";
  }
}
