package dev.cortado.train;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.ParameterInfo;
import dev.cortado.TrainingSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Changes a network's weights by its gradients. An optimizer belongs to the first network it is
 * used with and keeps state for it (averages, a count of updates); use a new one for another
 * network. An update allocates nothing.
 *
 * <p>Set what is special to the algorithm first, then what all have in common: {@code new
 * Sgd(0.1f).momentum(0.9f).clipNorm(1)}. To write another algorithm, extend this class.
 */
public abstract class Optimizer {
  /** Weights from {@code from} to {@code to} that are treated alike. */
  private record Segment(int from, int to, @Nullable ParameterGroup group) {
    boolean isUpdated() {
      return group == null || !group.frozen();
    }

    float rate(Optimizer all) {
      Float own = group == null ? null : group.learningRate();
      return (float) ((own == null ? all.learningRate : own) * all.rateFactor);
    }

    float decay(Optimizer all) {
      Float own = group == null ? null : group.weightDecay();
      return own == null ? all.weightDecay : own;
    }
  }

  private final float learningRate;
  private final List<String> stateNames = new ArrayList<>();
  private final List<ParameterGroup> groups = new ArrayList<>();
  private float weightDecay;
  private float l1;
  private float l2;
  private float maxNorm = Float.POSITIVE_INFINITY;
  private float maxValue = Float.POSITIVE_INFINITY;

  private final SharedUpdate shared = new SharedUpdate(this);
  private double rateFactor = 1;
  private long updates;
  private long seed;
  private @Nullable Network network;
  private @Nullable TrainingSession session;
  private List<Segment> segments = List.of();
  private float[][] state = {};

  /** Counts changes of the state here, so that a device knows when its own is old. */
  private long stateVersion;

  /** The session whose device has newer state than there is here; null for none. */
  private @Nullable UpdatingSession holder;

  /**
   * For subclasses.
   *
   * @param learningRate above 0
   */
  protected Optimizer(float learningRate) {
    checkRate(learningRate);
    this.learningRate = learningRate;
  }

  /**
   * Declares a number to be kept for every weight, starting from 0.
   *
   * @param name in checkpoints
   * @return which {@link #state} it is
   */
  protected final int declareState(String name) {
    checkUnbound();
    stateNames.add(name);
    return stateNames.size() - 1;
  }

  /**
   * Changes {@code weights[from]} to {@code weights[to - 1]}, once.
   *
   * @param gradients laid out as the weights
   * @param rate the learning rate now
   * @param decay the weight decay
   */
  protected abstract void update(
      float[] weights, float[] gradients, int from, int to, float rate, float decay);

  /**
   * Whether {@link #update} computes each weight and its state from the numbers of that weight
   * alone, and changes nothing else. Then threads share an update, and it is called for parts.
   */
  protected boolean isElementwise() {
    return false;
  }

  /** Numbers kept for every weight, laid out as the weights. */
  protected final float[] state(int i) {
    return state[i];
  }

  /** How a device updates weights as {@link #update} does; null when only Java knows. */
  protected @Nullable DeviceUpdate deviceUpdate() {
    return null;
  }

  /**
   * What a device is told for one update of weights that are treated alike: the algorithm's
   * numbers, at most {@code DeviceUpdate.BLOCK - 1}, from {@code settings[at]} on.
   */
  protected void deviceSettings(float[] settings, int at, float rate, float decay) {}

  /** How a device updates weights for this optimizer; null when only Java knows. */
  public final @Nullable DeviceUpdate onDevice() {
    return deviceUpdate();
  }

  /**
   * Where weights that are treated alike begin, for a device: how many runs of them there are, then
   * the first weight of each.
   */
  public final int[] runsOnDevice() {
    int[] runs = new int[1 + Math.max(1, segments.size())];
    runs[0] = Math.max(1, segments.size());
    for (int i = 0; i < segments.size(); i++) {
      runs[1 + i] = segments.get(i).from;
    }
    return runs;
  }

  /** Room for what {@link #beginUpdate} tells a device. */
  public final float[] settingsOnDevice() {
    return new float[DeviceUpdate.COMMON + DeviceUpdate.BLOCK * Math.max(1, segments.size())];
  }

  /** Takes a network for this optimizer's own, and begins an update that a session makes. */
  public final long beginUpdate(Network net) {
    bind(net);
    updates++;
    return stateVersion;
  }

  /**
   * What a device is told for the update that has begun.
   *
   * @param settings filled
   */
  public final void tell(float[] settings) {
    settings[DeviceUpdate.MAX_NORM] = Math.min(maxNorm, Float.MAX_VALUE);
    settings[DeviceUpdate.MAX_VALUE] = Math.min(maxValue, Float.MAX_VALUE);
    settings[DeviceUpdate.L1] = l1;
    settings[DeviceUpdate.L2] = l2;
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      int at = DeviceUpdate.COMMON + i * DeviceUpdate.BLOCK;
      deviceSettings(settings, at, segment.rate(this), segment.decay(this));
      settings[at + DeviceUpdate.UPDATED] = segment.isUpdated() ? 1 : 0;
    }
  }

  /**
   * Ends an update that a session made.
   *
   * @param loss the batch's
   * @param finite whether all gradients were
   * @throws DivergedException when not; the update did not happen then
   */
  public final void endUpdate(UpdatingSession by, float loss, boolean finite) {
    if (finite && Float.isFinite(loss)) {
      holder = by;
      return;
    }
    updates--;
    if (Float.isFinite(loss)) {
      throw notFinite(by.network(), by.gradients());
    }
  }

  /** The state as it begins on a device. */
  public final float[] stateOnDevice() {
    bringState();
    int count = network == null ? 0 : network.lentWeights().length;
    float[] all = new float[Math.max(1, state.length * count)];
    for (int i = 0; i < state.length; i++) {
      System.arraycopy(state[i], 0, all, i * count, count);
    }
    return all;
  }

  private void bringState() {
    if (holder != null) {
      holder.bringState(state);
      holder = null;
    }
  }

  private DivergedException notFinite(Network net, float[] gradients) {
    return new DivergedException(
        updates,
        "the loss is finite at step %d but the gradient of %s is not: it is the first on the way back from the loss. The weights are the last good ones. Try a smaller learning rate"
            .formatted(updates, Gradients.firstNotFinite(net.parameters().reversed(), gradients)));
  }

  /** How many updates were made; inside {@link #update}, including the one being made. */
  public final long updates() {
    return updates;
  }

  /** Pulls weights towards zero; where in the update is said by each algorithm. */
  public Optimizer weightDecay(float decay) {
    checkUnbound();
    checkNotNegative("weight decay", decay);
    weightDecay = decay;
    return this;
  }

  /**
   * Adds {@code strength * sign(weight)} to the gradient: the penalty {@code strength *
   * sum(|weight|)}.
   */
  public final Optimizer l1(float strength) {
    checkUnbound();
    checkNotNegative("l1", strength);
    l1 = strength;
    return this;
  }

  /**
   * Adds {@code 2 * strength * weight} to the gradient: the penalty {@code strength *
   * sum(weight²)}.
   */
  public final Optimizer l2(float strength) {
    checkUnbound();
    checkNotNegative("l2", strength);
    l2 = strength;
    return this;
  }

  /**
   * Scales all gradients down together when their Euclidean norm is above this (PyTorch's formula).
   */
  public final Optimizer clipNorm(float norm) {
    checkUnbound();
    checkPositive("the norm to clip at", norm);
    maxNorm = norm;
    return this;
  }

  /** Limits each gradient to between {@code -value} and {@code value}. */
  public final Optimizer clipValue(float value) {
    checkUnbound();
    checkPositive("the value to clip at", value);
    maxValue = value;
    return this;
  }

  /**
   * Treats parameters of these names in their own way; the first group that matches a name counts.
   */
  public final Optimizer group(ParameterGroup group) {
    checkUnbound();
    groups.add(group);
    return this;
  }

  /** Leaves parameters of these names as they are. */
  public final Optimizer freeze(String pattern) {
    return group(ParameterGroup.frozen(pattern));
  }

  /** The learning rate now: the one given, times the schedule's factor. */
  public final float learningRate() {
    return (float) (learningRate * rateFactor);
  }

  /** What schedules set: all learning rates are multiplied by it. */
  public final void rateFactor(double factor) {
    if (!(factor >= 0) || Double.isInfinite(factor)) {
      throw new IllegalArgumentException(
          "the learning rate's factor must not be negative, got " + factor);
    }
    rateFactor = factor;
  }

  /** What dropout's random numbers are drawn from in {@link Network#step}. */
  public final void seed(long newSeed) {
    seed = newSeed;
  }

  /**
   * One step of a loop by hand: forward, loss, backward and an update.
   *
   * @return the batch's loss
   * @throws DivergedException when the loss or a gradient is not finite; the weights are as before
   */
  public final float step(Network net, Batch batch) {
    TrainingSession workspace = session(net, batch.size());
    boolean there = workspace instanceof UpdatingSession u && u.takes(this);
    float loss =
        there && workspace instanceof UpdatingSession u
            ? u.step(batch, this, seed, updates)
            : workspace.train(batch, seed, updates);
    if (!Float.isFinite(loss)) {
      throw new DivergedException(
          updates, Diagnosis.of(net, workspace, batch, loss, "step " + updates));
    }
    if (!there) {
      apply(net, workspace.gradients());
    }
    return loss;
  }

  /** The workspace that {@link #step} uses, with room for at least so many samples. */
  public final TrainingSession session(Network net, int samples) {
    bind(net);
    if (session == null || session.maxBatch() < samples) {
      if (session != null) {
        session.close();
      }
      session = net.session(samples);
    }
    return session;
  }

  /**
   * One update.
   *
   * @param gradients laid out as the network's weights; clipping and penalties change them in place
   * @throws DivergedException when a gradient is not finite; nothing is changed then
   */
  public final void apply(Network net, float[] gradients) {
    bind(net);
    float[] weights = net.lentWeights();
    if (gradients.length < weights.length) {
      throw new IllegalArgumentException(
          "%s has %,d weights, got %,d gradients"
              .formatted(net.name(), weights.length, gradients.length));
    }
    if (!shared.finite(gradients, weights.length)) {
      throw notFinite(net, gradients);
    }
    bringState();
    stateVersion++;
    prepare(weights, gradients);
    updates++;
    for (int i = 0; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      if (segment.isUpdated()) {
        update(weights, gradients, segment);
      }
    }
  }

  private void update(float[] weights, float[] gradients, Segment segment) {
    float rate = segment.rate(this);
    float decay = segment.decay(this);
    if (isElementwise()) {
      shared.update(weights, gradients, segment.from, segment.to, rate, decay);
    } else {
      update(weights, gradients, segment.from, segment.to, rate, decay);
    }
  }

  private void prepare(float[] weights, float[] gradients) {
    if (maxNorm < Float.POSITIVE_INFINITY) {
      double squares = 0;
      for (int i = 0; i < segments.size(); i++) {
        Segment segment = segments.get(i);
        squares += segment.isUpdated() ? Gradients.squares(gradients, segment.from, segment.to) : 0;
      }
      float factor = (float) (maxNorm / (Math.sqrt(squares) + 1e-6));
      if (factor < 1) {
        Gradients.scale(gradients, weights.length, factor);
      }
    }
    if (maxValue < Float.POSITIVE_INFINITY) {
      Gradients.clamp(gradients, weights.length, maxValue);
    }
    if (l1 > 0 || l2 > 0) {
      Gradients.addPenalties(gradients, weights, l1, l2);
    }
  }

  /**
   * Takes a network for this optimizer's own and makes room for its state; does nothing when it
   * already is.
   *
   * @throws IllegalStateException when it belongs to another network
   * @throws IllegalArgumentException when a group's pattern fits no parameter
   */
  public final void bind(Network net) {
    if (isBoundTo(net)) {
      return;
    }
    if (network != null) {
      throw new IllegalStateException(
          "this %s already belongs to a network %s; use a new one for another network"
              .formatted(getClass().getSimpleName(), network.name()));
    }
    List<Segment> resolved = segments(net);
    int count = net.lentWeights().length;
    float[][] fresh = new float[stateNames.size()][count];
    initialize(fresh);
    segments = resolved;
    state = fresh;
    network = net;
  }

  @SuppressWarnings("ReferenceEquality") // Two networks with equal weights are still two.
  private boolean isBoundTo(Network net) {
    return network == net;
  }

  /** Sets state that does not start from 0. */
  protected void initialize(float[][] fresh) {}

  private List<Segment> segments(Network net) {
    List<ParameterInfo> parameters = net.parameters();
    for (ParameterGroup group : groups) {
      if (parameters.stream().noneMatch(p -> group.matches(p.name()))) {
        throw new IllegalArgumentException(
            "no parameter of %s is named like \"%s\"; there are %s"
                .formatted(
                    net.name(),
                    group.pattern(),
                    parameters.stream().map(ParameterInfo::name).toList()));
      }
    }
    List<Segment> merged = new ArrayList<>();
    for (ParameterInfo parameter : parameters) {
      ParameterGroup group =
          groups.stream().filter(g -> g.matches(parameter.name())).findFirst().orElse(null);
      int from = parameter.offset();
      int to = from + parameter.count();
      Segment last = merged.isEmpty() ? null : merged.getLast();
      if (last != null && last.to == from && Objects.equals(last.group, group)) {
        merged.set(merged.size() - 1, new Segment(last.from, to, group));
      } else {
        merged.add(new Segment(from, to, group));
      }
    }
    return List.copyOf(merged);
  }

  /** The state arrays under their names, for a checkpoint. Live. */
  public final Map<String, float[]> stateArrays() {
    bringState();
    Map<String, float[]> arrays = new LinkedHashMap<>();
    for (int i = 0; i < state.length; i++) {
      arrays.put(stateNames.get(i), state[i]);
    }
    return arrays;
  }

  /**
   * Goes on from saved state.
   *
   * @param saved what {@link #stateArrays} gave
   * @param savedUpdates what {@link #updates} gave
   * @throws IllegalArgumentException when it is another algorithm's or another network's; nothing
   *     is changed then
   */
  public final void restore(Network net, Map<String, float[]> saved, long savedUpdates) {
    bind(net);
    if (!saved.keySet().equals(stateArrays().keySet())) {
      throw new IllegalArgumentException(
          "%s keeps %s, but what was saved is %s"
              .formatted(getClass().getSimpleName(), stateNames, saved.keySet()));
    }
    for (int i = 0; i < state.length; i++) {
      float[] values = saved.get(stateNames.get(i));
      if (values == null || values.length != state[i].length) {
        throw new IllegalArgumentException(
            "saved %s has not %,d elements".formatted(stateNames.get(i), state[i].length));
      }
    }
    for (int i = 0; i < state.length; i++) {
      float[] values = Objects.requireNonNull(saved.get(stateNames.get(i)));
      System.arraycopy(values, 0, state[i], 0, values.length);
    }
    updates = savedUpdates;
    stateVersion++;
  }

  private void checkUnbound() {
    if (network != null) {
      throw new IllegalStateException(
          "set an optimizer's options before its first use; this one already works on "
              + network.name());
    }
  }

  static void checkRate(float rate) {
    if (!(rate > 0) || Float.isInfinite(rate)) {
      throw new IllegalArgumentException("the learning rate must be above 0, got " + rate);
    }
  }

  static void checkPositive(String what, double value) {
    if (!(value > 0)) {
      throw new IllegalArgumentException(what + " must be above 0, got " + value);
    }
  }

  static void checkNotNegative(String what, double value) {
    if (!(value >= 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(what + " must not be negative, got " + value);
    }
  }

  static void checkFraction(String what, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(what + " must be at least 0 and below 1, got " + value);
    }
  }
}
