package dev.cortado.compiled;

import dev.cortado.EagerWeights;
import dev.cortado.Network;
import dev.cortado.ParameterInfo;
import dev.cortado.Port;
import dev.cortado.TrainingSession;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** A generated network: its parameters, its ports, and workspaces lent to predictions. */
public abstract class CompiledNetwork implements Network {
  /** What a workspace is for. */
  protected enum Purpose {
    PREDICT,
    EVALUATE,
    TRAIN,
    BACKWARD
  }

  /**
   * Predictors kept for {@code predict} and {@code predictBatch}; more threads than that share
   * none.
   */
  private static final int POOLED = 64;

  /** Samples at a time in {@code predictBatch}. */
  protected static final int CHUNK = 32;

  private final String name;
  private final Ports ports;
  private final List<ParameterInfo> parameters;
  private final String summary;
  private final int[] maxima;
  private final float[] weights;
  private final AtomicReferenceArray<CompiledPredictor> singles =
      new AtomicReferenceArray<>(POOLED);
  private final AtomicReferenceArray<CompiledPredictor> chunks = new AtomicReferenceArray<>(POOLED);
  private volatile @Nullable PackedWeights packed;

  /** Goes up when weights may have changed. */
  private final AtomicLong version = new AtomicLong();

  /** Whether somebody has the weights and may change them at any time. */
  private volatile boolean open;

  private volatile boolean rejectsNaN;

  /**
   * @param maxima the largest values of the symbols besides the batch
   */
  protected CompiledNetwork(
      String name,
      Ports ports,
      ParameterTable parameters,
      String summary,
      long seed,
      int... maxima) {
    for (int i = 0; i < maxima.length; i++) {
      if (maxima[i] < 1) {
        throw new IllegalArgumentException(
            name
                + ": the maximum of "
                + ports.symbols().get(i)
                + " must be at least 1, but is "
                + maxima[i]);
      }
    }
    this.name = name;
    this.ports = ports;
    this.parameters = parameters.parameters();
    this.summary = summary;
    this.maxima = maxima.clone();
    this.weights = parameters.initial(seed);
  }

  /**
   * The number of elements of a port.
   *
   * @param port inputs first, then targets, then outputs
   * @param batch number of samples
   * @param sizes values of the other symbols
   */
  protected abstract long elements(int port, int batch, int[] sizes);

  /** The number of floats that a program needs as workspace. */
  protected abstract long workspace(Purpose purpose, int batch, int[] sizes);

  /** The weights that predictions want laid out for products. */
  protected List<PackedWeights.Matrix> matrices() {
    return List.of();
  }

  /** What sizes must satisfy and these do not, in words; empty when they will do. */
  protected String unmet(int batch, int[] sizes) {
    return "";
  }

  /** A predictor for up to {@code maxBatch} samples. */
  protected abstract CompiledPredictor newPredictor(int maxBatch);

  /** A model object, as {@code new Model()} makes it. */
  protected abstract Object newModel();

  protected final Ports ports() {
    return ports;
  }

  final int[] maxima() {
    return maxima;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final List<String> symbols() {
    return ports.symbols();
  }

  @Override
  public final List<Port> inputs() {
    return ports.inputs();
  }

  @Override
  public final List<Port> targets() {
    return ports.targets();
  }

  @Override
  public final List<Port> outputs() {
    return ports.outputs();
  }

  @Override
  public final List<ParameterInfo> parameters() {
    return parameters;
  }

  @Override
  public final float[] weights() {
    open = true;
    return weights;
  }

  @Override
  public final float[] lentWeights() {
    version.incrementAndGet();
    return weights;
  }

  /** The weights for a program, which does not change them. */
  protected final float[] readWeights() {
    return weights;
  }

  /**
   * The matrices of this network's weights as they are now.
   *
   * @param own of the workspace that asks, for when others cannot be sure of the weights
   */
  final PackedWeights packed(PackedWeights own) {
    if (open) {
      own.refer(weights);
      return own;
    }
    PackedWeights shared = packed;
    if (shared == null) {
      shared = firstPacked();
    }
    shared.pack(weights, version.get());
    return shared;
  }

  private synchronized PackedWeights firstPacked() {
    PackedWeights shared = packed;
    if (shared == null) {
      shared = new PackedWeights(matrices());
      packed = shared;
    }
    return shared;
  }

  /**
   * Bytes of the weights that predictions lay out for their kernels, once for all predictors; none
   * after {@link #weights} was called.
   */
  public final long packedBytes() {
    return open ? 0 : Float.BYTES * PackedWeights.floats(matrices());
  }

  @Override
  public final String summary() {
    return summary;
  }

  /**
   * From now on, reject inputs that hold a NaN. Off by default, for it reads every input once more.
   */
  public final void rejectNaN(boolean reject) {
    rejectsNaN = reject;
  }

  /** Whether inputs that hold a NaN are rejected. */
  public final boolean rejectsNaN() {
    return rejectsNaN;
  }

  @Override
  public final long predictorBytes(int maxBatch) {
    return Float.BYTES * workspace(Purpose.PREDICT, maxBatch, maxima);
  }

  /** Bytes of the arena, the gradients and the outputs. */
  @Override
  public final long trainingBytes(int maxBatch) {
    long floats = sessionWorkspace(maxBatch) + weights.length;
    for (int i = 0; i < outputs().size(); i++) {
      floats += elements(firstOutput() + i, maxBatch, maxima);
    }
    return Float.BYTES * floats;
  }

  final long sessionWorkspace(int maxBatch) {
    long largest = 0;
    for (Purpose purpose : Purpose.values()) {
      largest = Math.max(largest, workspace(purpose, maxBatch, maxima));
    }
    return largest;
  }

  final int firstOutput() {
    return inputs().size() + targets().size();
  }

  @Override
  public abstract TrainingSession session(int maxBatch);

  @Override
  public Object eager() {
    Object model = newModel();
    EagerWeights.set(model, parameters, weights);
    return model;
  }

  /** A predictor that nobody else uses until it is given back. */
  protected final CompiledPredictor borrow(int maxBatch) {
    AtomicReferenceArray<CompiledPredictor> pool = maxBatch == 1 ? singles : chunks;
    for (int i = 0; i < POOLED; i++) {
      CompiledPredictor free = pool.get(i);
      if (free != null && pool.compareAndSet(i, free, null)) {
        return free;
      }
    }
    return newPredictor(maxBatch);
  }

  protected final void giveBack(CompiledPredictor predictor) {
    AtomicReferenceArray<CompiledPredictor> pool = predictor.maxBatch() == 1 ? singles : chunks;
    for (int i = 0; i < POOLED; i++) {
      if (pool.get(i) == null && pool.compareAndSet(i, null, predictor)) {
        return;
      }
    }
  }

  @Override
  public String toString() {
    return getClass().getSimpleName() + "[" + weights.length + " parameters]";
  }
}
