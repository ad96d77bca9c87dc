package dev.cortado.compiled;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.Port;
import dev.cortado.tornado.Device;
import dev.cortado.train.DeviceUpdate;
import dev.cortado.train.Optimizer;
import dev.cortado.train.UpdatingSession;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A session on a device. The generated subclass opens the programs; here batches go in and results
 * come out, each only when somebody asks for it.
 */
public abstract class TornadoSession extends CompiledSession implements UpdatingSession {
  private static final long NEVER = -1;

  /** Integers that hold seed and step. */
  private static final int SEED_WORDS = 4;

  /** Floats that an update needs, to add up the gradients' squares. */
  private static final long UPDATE_SCRATCH = 2048;

  private final TornadoNetwork network;
  private final int places;
  private @Nullable DevicePrograms programs;
  private @Nullable DeviceArrays arrays;
  private long version = NEVER;
  private boolean withInputGradients;
  private @Nullable Optimizer optimizer;
  private long stateVersion = NEVER;
  private boolean updates;

  /** Bytes that it holds on the device. */
  private long taken;

  private boolean outputsHere = true;
  private boolean gradientsHere = true;

  /**
   * @param places loops around a recurrence's step, at most
   */
  protected TornadoSession(TornadoNetwork network, int maxBatch, int places) {
    super(network.host(), maxBatch, 0);
    this.network = network;
    this.places = places;
  }

  /**
   * The programs over these arrays, compiled when they first run.
   *
   * @param most the largest batch, then the largest values of the other symbols
   */
  protected abstract DevicePrograms open(
      DeviceArrays on,
      Device device,
      int[] most,
      boolean inputGradients,
      @Nullable DeviceUpdate update);

  /** Floats of scratch memory that a kernel needs at most. */
  protected abstract long scratch(int[] most);

  @Override
  public final Network network() {
    return network;
  }

  /** Frees the device's memory. A session that is used again takes it anew. */
  @Override
  public final void close() {
    network.release(this);
    if (programs != null && optimizer != null) {
      // What it keeps lies here; it is brought to where the next programs take it from.
      optimizer.stateArrays();
    }
    if (programs != null) {
      programs.close();
      DeviceMemory.give(network.device(), taken);
    }
    taken = 0;
    programs = null;
    arrays = null;
    version = NEVER;
  }

  @Override
  protected final void runPredict(Batch batch) {
    prepare(batch, false, null, 0, 0).predict();
    outputsHere = false;
  }

  @Override
  protected final void runEvaluate(Batch batch) {
    DevicePrograms ready = prepare(batch, true, null, 0, 0);
    ready.evaluate();
    outputsHere = false;
    bringLoss(ready);
  }

  @Override
  protected final void runTrain(Batch batch, long seed, long step) {
    DevicePrograms ready = prepare(batch, true, null, seed, step);
    if (updates) {
      ready.step();
    } else {
      ready.train();
    }
    outputsHere = false;
    gradientsHere = false;
    bringLoss(ready);
  }

  @Override
  public final boolean takes(Optimizer asked) {
    return network.hasLoss() && asked.onDevice() != null;
  }

  @Override
  public final float step(Batch batch, Optimizer by, long seed, long step) {
    long newest = by.beginUpdate(network);
    boolean done = false;
    try {
      if (!isCurrent(by, newest)) {
        close();
        optimizer = by;
        stateVersion = newest;
      }
      by.tell(openArrays().settings());
      updates = true;
      float result = train(batch, seed, step);
      done = true;
      boolean finite = openArrays().report()[1] == 0;
      if (finite && Float.isFinite(result)) {
        network.updatedBy(this);
      }
      by.endUpdate(this, result, finite);
      return result;
    } finally {
      updates = false;
      if (!done) {
        by.endUpdate(this, Float.NaN, false);
      }
    }
  }

  @SuppressWarnings("ReferenceEquality") // An optimizer is itself and no other.
  private boolean isCurrent(Optimizer by, long newest) {
    return optimizer == by && stateVersion == newest;
  }

  @Override
  public final void bringState(float[][] state) {
    DevicePrograms open = programs;
    if (open != null) {
      float[] all = openArrays().state();
      open.read(all);
      int count = network.host().lentWeights().length;
      for (int i = 0; i < state.length; i++) {
        System.arraycopy(all, i * count, state[i], 0, count);
      }
    }
  }

  @Override
  protected final void runBackward(Batch batch, float[][] outputGradients, long seed, long step) {
    prepare(batch, false, outputGradients, seed, step).backward();
    outputsHere = false;
    gradientsHere = false;
  }

  private void bringLoss(DevicePrograms ready) {
    DeviceArrays on = arrays();
    ready.read(on.report());
    loss[0] = on.report()[0];
  }

  /** Puts a batch where the next program takes it from, the newest weights on the device. */
  private DevicePrograms prepare(
      Batch batch, boolean targets, float @Nullable [][] outputGradients, long seed, long step) {
    DevicePrograms ready = ready();
    network.handWeights(this);
    DeviceArrays on = arrays();
    int symbols = sizes.length;
    on.sizes()[0] = batch.size();
    System.arraycopy(sizes, 0, on.sizes(), 1, symbols);
    int[] words = {(int) seed, (int) (seed >> 32), (int) step, (int) (step >> 32)};
    System.arraycopy(words, 0, on.sizes(), 1 + symbols, words.length);
    Filling filling = new Filling(on, batch.size());
    for (int i = 0; i < batch.inputs().size(); i++) {
      filling.add(batch.inputs().get(i), i);
    }
    for (int i = 0; targets && i < batch.targets().size(); i++) {
      filling.add(batch.targets().get(i), batch.inputs().size() + i);
    }
    for (int i = 0; outputGradients != null && i < outputGradients.length; i++) {
      filling.add(outputGradients[i], network.host().firstOutput() + i);
    }
    return ready;
  }

  /** Lays the arrays of a batch one after the other. */
  private final class Filling {
    private final DeviceArrays on;
    private final int samples;
    private int floats;
    private int ints;

    Filling(DeviceArrays on, int samples) {
      this.on = on;
      this.samples = samples;
    }

    void add(Object array, int port) {
      int count = (int) network.host().elements(port, samples, sizes);
      if (array instanceof float[]) {
        System.arraycopy(array, 0, on.given(), floats, count);
        floats += count;
      } else {
        System.arraycopy(array, 0, on.marks(), ints, count);
        ints += count;
      }
    }
  }

  private DevicePrograms ready() {
    DevicePrograms open = programs;
    if (open != null && (withInputGradients || !wantsInputGradients)) {
      return open;
    }
    close();
    KernelClass.require(network.getClass());
    withInputGradients = wantsInputGradients;
    DeviceArrays fresh = allocate();
    open = opened(fresh);
    arrays = fresh;
    programs = open;
    return open;
  }

  private DeviceArrays openArrays() {
    Objects.requireNonNull(ready());
    return arrays();
  }

  private DeviceArrays arrays() {
    if (arrays == null) {
      throw new IllegalStateException("no program is open");
    }
    return arrays;
  }

  /**
   * The programs over new arrays. What they need is compared with what there is before anything
   * runs: tiles are measured while programs are opened.
   */
  private DevicePrograms opened(DeviceArrays fresh) {
    Device device = network.device();
    String who = "%s for %,d samples".formatted(network.name(), maxBatch());
    DeviceMemory.take(device, who, fresh.bytes(), fresh.largest());
    taken = fresh.bytes();
    DevicePrograms open = null;
    boolean done = false;
    try {
      DeviceUpdate update = optimizer == null ? null : optimizer.onDevice();
      open = open(fresh, device, most(), withInputGradients, update);
      long copies = open.libraryBytes();
      DeviceMemory.take(device, "what is laid out for libraries in " + who, copies, 0);
      taken += copies;
      done = true;
      return open;
    } finally {
      if (!done) {
        if (open != null) {
          open.close();
        }
        DeviceMemory.give(device, taken);
        taken = 0;
      }
    }
  }

  private int[] most() {
    return network.most(maxBatch());
  }

  private DeviceArrays allocate() {
    CompiledNetwork cpu = network.host();
    int[] most = cpu.maxima();
    long floats = 0;
    long ints = 0;
    for (int i = 0; i < cpu.firstOutput(); i++) {
      long count = cpu.elements(i, maxBatch(), most);
      if (cpu.ports().port(i).kind() == Port.Kind.FLOAT) {
        floats += count;
      } else {
        ints += count;
      }
    }
    long results = 0;
    for (int i = 0; i < outputs.length; i++) {
      results += outputs[i].length;
    }
    floats += results;
    for (float[] gradient : inputGradients) {
      results += gradient.length;
    }
    String what = network.name() + ": a session on " + network.device().name();
    int[] counts = new int[2 * (1 + sizes.length) + SEED_WORDS];
    System.arraycopy(most(), 0, counts, 1 + sizes.length + SEED_WORDS, 1 + sizes.length);
    return new DeviceArrays(
        counts,
        new int[Math.max(1, places)],
        room(what, floats),
        new int[room(what, ints).length],
        cpu.lentWeights().length == 0 ? new float[1] : cpu.weights(),
        room(what, cpu.lentWeights().length),
        gradients.length == 0 ? new float[1] : gradients,
        room(what, network.workspace(most())),
        room(what, Math.max(UPDATE_SCRATCH, scratch(most()))),
        room(what, results),
        new float[3],
        optimizer == null ? new int[1] : optimizer.runsOnDevice(),
        optimizer == null ? new float[1] : optimizer.settingsOnDevice(),
        optimizer == null ? new float[1] : optimizer.stateOnDevice());
  }

  /** TornadoVM takes no empty array. */
  private float[] room(String what, long count) {
    return Checks.allocate(what, Math.max(1, count), maxBatch());
  }

  /** Called by the network: the weights of this version are the newest, if not here yet. */
  final void takeWeights(long newest) {
    if (version == newest) {
      return;
    }
    DevicePrograms open = programs;
    if (open == null) {
      throw new IllegalStateException("no program is open");
    }
    if (version == NEVER) {
      open.start();
    } else {
      float[] from = network.host().lentWeights();
      System.arraycopy(from, 0, arrays().upload(), 0, from.length);
      open.restore();
    }
    version = newest;
  }

  /** Called by the network: writes the device's weights to the network's array. */
  final void bringWeights() {
    if (programs != null) {
      programs.read(arrays().weights());
    }
  }

  @Override
  protected final void bringGradients() {
    if (!gradientsHere && programs != null) {
      programs.read(arrays().gradients());
      gradientsHere = true;
    }
  }

  @Override
  protected final void bringOutputs() {
    if (outputsHere || programs == null) {
      return;
    }
    float[] results = arrays().results();
    programs.read(results);
    int samples = arrays().sizes()[0];
    int at = 0;
    for (int i = 0; i < outputs.length; i++) {
      int count = (int) network.host().elements(network.host().firstOutput() + i, samples, sizes);
      System.arraycopy(results, at, outputs[i], 0, count);
      at += count;
    }
    for (int i = 0; i < inputGradients.length; i++) {
      if (inputGradients[i].length > 0) {
        int count = (int) network.host().elements(i, samples, sizes);
        System.arraycopy(results, at, inputGradients[i], 0, count);
        at += count;
      }
    }
    outputsHere = true;
  }
}
