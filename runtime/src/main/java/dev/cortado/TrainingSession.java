package dev.cortado;

import java.util.Arrays;

/** A network's workspace for training. Not thread-safe. */
public interface TrainingSession extends AutoCloseable {
  /**
   * Frees what the session holds outside of Java's heap: memory of a device. On the CPU there is
   * nothing to free.
   */
  @Override
  default void close() {}

  Network network();

  int maxBatch();

  /**
   * Runs forward, loss and backward. Everything is checked before anything is computed.
   *
   * @param seed and {@code step}: what random numbers (dropout) are drawn from
   * @return the loss of this batch
   * @throws IllegalArgumentException when the batch does not fit: wrong length, too many samples, a
   *     label out of range
   */
  float train(Batch batch, long seed, long step);

  /** Forward and loss with dropout off. */
  float evaluate(Batch batch);

  /** Forward alone, with dropout off; targets are not looked at. */
  void predict(Batch batch);

  /**
   * Forward and backward from given gradients of the outputs (one array each), for a model without
   * a loss or a loss computed outside.
   */
  void backward(Batch batch, float[][] outputGradients, long seed, long step);

  /**
   * Gradients of the last {@link #train} or {@link #backward}, laid out as {@link Network#weights}.
   * Live.
   */
  float[] gradients();

  /** Output {@code i} of the last run; the first samples are the batch's. Live. */
  float[] output(int i);

  /** Number of elements of output {@code i} that the last run wrote. */
  int outputCount(int i);

  /** From the next step on, also compute gradients of float inputs. */
  void wantInputGradients(boolean want);

  /** Gradient of the loss with respect to input {@code i}, of the last step. */
  float[] inputGradient(int i);

  /**
   * A copy of one parameter's gradient in {@link #gradients}.
   *
   * @throws IllegalArgumentException when there is no parameter of this name
   */
  default float[] gradient(String parameter) {
    ParameterInfo info = network().parameter(parameter);
    return Arrays.copyOfRange(gradients(), info.offset(), info.offset() + info.count());
  }
}
