package dev.cortado;

import dev.cortado.io.LoadReport;
import dev.cortado.io.Weights;
import dev.cortado.train.Optimizer;
import java.nio.file.Path;
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

  /** Names of the symbols besides the batch's, in the order of {@link Batch#sizes}. */
  default List<String> symbols() {
    return List.of();
  }

  /** The learned tensors, in the order in which they lie in {@link #weights}. */
  List<ParameterInfo> parameters();

  /**
   * All parameters, one after the other, row-major. Live: writing here changes the network, at any
   * time. So from the first call on, predictions read every weight from here again; {@link
   * #lentWeights} spares them that.
   */
  float[] weights();

  /**
   * The same array, to read or change until the next prediction and not to be kept: what is written
   * later may be missed. Between changes, predictions use a copy of the weights in the order that
   * suits their kernels, which is made once and is faster, for small batches by a lot.
   */
  default float[] lentWeights() {
    return weights();
  }

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

  /**
   * Saves the weights as safetensors under PyTorch's names, atomically.
   *
   * @throws java.io.UncheckedIOException when the file cannot be written
   */
  default void save(Path file) {
    Weights.save(this, file);
  }

  /**
   * Loads weights saved by {@link #save} or as safetensors by PyTorch; {@link Weights#from} loads a
   * part.
   *
   * @throws dev.cortado.io.FileFormatException when the file is damaged
   * @throws IllegalArgumentException when it does not hold exactly this network's parameters; in
   *     both cases the network is as before
   */
  default LoadReport load(Path file) {
    return Weights.load(this, file);
  }

  /**
   * One step of a loop by hand: forward, loss, backward and an update of the weights.
   *
   * @param optimizer belongs to this network from now on
   * @return the batch's loss
   * @throws dev.cortado.train.DivergedException when the loss or a gradient is not finite; the
   *     weights are as before
   */
  default float step(Batch batch, Optimizer optimizer) {
    return optimizer.step(this, batch);
  }

  /**
   * The parameter of this name.
   *
   * @throws IllegalArgumentException when there is none
   */
  default ParameterInfo parameter(String name) {
    return parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s has no parameter \"%s\"; there are %s"
                        .formatted(
                            name(),
                            name,
                            parameters().stream().map(ParameterInfo::name).toList())));
  }
}
