package dev.cortado;

import java.util.List;

/**
 * A compiled model: what every generated network is. Predictions may be made from any thread;
 * weights must not be changed while another thread predicts.
 */
public interface Network {
  /** The model's simple class name, {@code MnistCnn}. */
  String name();

  /** Parameters of {@code forward}, in order. */
  List<Port> inputs();

  /** Parameters of {@code loss} after the outputs, in order; empty without a loss. */
  List<Port> targets();

  /** Results of {@code forward}: one, or the components of its record. */
  List<Port> outputs();

  /** The learned tensors, in the order in which they lie in {@link #weights}. */
  List<ParameterInfo> parameters();

  /** All parameters, one after the other, row-major. Live: writing here changes the network. */
  float[] weights();

  boolean hasLoss();

  /**
   * A workspace for training and evaluation, for one thread at a time. Allocates everything it
   * needs here; its steps allocate nothing.
   */
  TrainingSession session(int maxBatch);

  /** Bytes of workspace that a predictor for up to {@code maxBatch} samples uses. */
  long predictorBytes(int maxBatch);

  /** Bytes of workspace that a training session for up to {@code maxBatch} samples uses. */
  long trainingBytes(int maxBatch);

  /** A table of layers: output shape, parameters, FLOPs. */
  String summary();

  /** A fresh instance of the model class that holds a copy of this network's weights. */
  Object eager();
}
