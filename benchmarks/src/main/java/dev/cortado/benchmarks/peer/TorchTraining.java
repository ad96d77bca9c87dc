package dev.cortado.benchmarks.peer;

import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.cortado.ParameterInfo;
import dev.cortado.benchmarks.workload.Samples;
import dev.cortado.benchmarks.workload.WeightTable;
import dev.cortado.benchmarks.workload.Workload;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** PyTorch, training: its operators, its autograd, its update operators. */
public final class TorchTraining implements TrainingContestant {
  private final Workload.Update update;
  private final List<ParameterInfo> order;
  private final PtNDManager manager;
  private final TorchNetwork network;
  private final List<PtNDArray> inputs = new ArrayList<>();
  private final List<PtNDArray> labels = new ArrayList<>();
  private final List<Learned> learned = new ArrayList<>();
  private int next;
  private int updates;

  /** A parameter with its gradient and the optimizer's two averages of it. */
  private record Learned(PtNDArray weight, PtNDArray gradient, PtNDArray first, PtNDArray second) {}

  public TorchTraining(Workload workload, WeightTable weights, Samples samples, int threads) {
    update = workload.update();
    order = weights.network().parameters();
    manager = Torch.start(threads);
    network = new TorchNetwork(workload, weights, manager, samples.batch(), true);
    for (int i = 0; i < samples.count(); i++) {
      inputs.add(
          TorchNetwork.tensor(
              manager, samples.inputs().get(i), TorchShapes.batch(workload, samples)));
      long[] classes = Arrays.stream(samples.labels().get(i)).asLongStream().toArray();
      labels.add(
          manager.create(LongBuffer.wrap(classes), new Shape(samples.batch(), 1), DataType.INT64));
    }
  }

  @Override
  public String name() {
    return "PyTorch";
  }

  @Override
  public void step() {
    passes(next);
    update();
    next = (next + 1) % inputs.size();
  }

  private float passes(int batch) {
    JniUtils.setGradMode(true);
    try (PtNDManager scope = manager.newSubManager(manager.getDevice())) {
      PtNDArray input = TorchShapes.in(scope, inputs.get(batch));
      PtNDArray logs = JniUtils.logSoftmax(network.forward(input), 1, DataType.FLOAT32);
      PtNDArray chosen = JniUtils.gather(logs, labels.get(batch), 1);
      PtNDArray loss = JniUtils.neg(JniUtils.mean(chosen));
      JniUtils.backward(
          loss,
          JniUtils.onesLike(loss, DataType.FLOAT32, loss.getDevice(), loss.getSparseFormat()),
          false,
          false);
      return loss.toFloatArray()[0];
    }
  }

  private void update() {
    if (learned.isEmpty()) {
      network.parameters().values().forEach(weight -> learned.add(learned(weight)));
    }
    JniUtils.setGradMode(false);
    updates++;
    double correction = Math.sqrt(1 - Math.pow(0.999, updates)) / (1 - Math.pow(0.9, updates));
    float rate = (float) (Rates.ADAM * correction);
    for (Learned p : learned) {
      switch (update) {
        case SGD -> JniUtils.sgdUpdate(p.weight, p.gradient, p.first, Rates.SGD, 0, 1, -1, 0);
        case MOMENTUM ->
            JniUtils.sgdUpdate(p.weight, p.gradient, p.first, Rates.SGD, 0, 1, -1, Rates.MOMENTUM);
        case ADAM ->
            JniUtils.adamUpdate(
                p.weight,
                p.gradient,
                p.first,
                p.second,
                rate,
                rate,
                0,
                1,
                -1,
                0.9f,
                0.999f,
                1e-8f,
                false);
      }
      JniUtils.zeroGrad(p.weight);
    }
  }

  private Learned learned(PtNDArray weight) {
    return new Learned(
        weight,
        JniUtils.getGradient(weight),
        (PtNDArray) manager.zeros(weight.getShape(), DataType.FLOAT32),
        (PtNDArray) manager.zeros(weight.getShape(), DataType.FLOAT32));
  }

  @Override
  public float loss() {
    network.parameters().values().forEach(JniUtils::zeroGrad);
    return passes(0);
  }

  @Override
  public float[] gradients() {
    ParameterInfo last = order.getLast();
    float[] all = new float[last.offset() + last.count()];
    for (ParameterInfo info : order) {
      PtNDArray weight = network.parameters().get(info.name());
      float[] gradient = JniUtils.getGradient(weight).toFloatArray();
      System.arraycopy(gradient, 0, all, info.offset(), info.count());
    }
    network.parameters().values().forEach(JniUtils::zeroGrad);
    return all;
  }

  @Override
  public float[] outputs() {
    JniUtils.setGradMode(false);
    try (PtNDManager scope = manager.newSubManager(manager.getDevice())) {
      return network.forward(TorchShapes.in(scope, inputs.getFirst())).toFloatArray();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
