package dev.cortado.benchmarks.peer;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;
import dev.cortado.benchmarks.workload.Samples;
import dev.cortado.benchmarks.workload.WeightTable;
import dev.cortado.benchmarks.workload.Workload;
import java.util.ArrayList;
import java.util.List;

/** PyTorch, predicting without gradients, its inputs tensors already. */
public final class TorchPrediction implements Contestant {
  private final PtNDManager manager;
  private final TorchNetwork network;
  private final List<PtNDArray> inputs = new ArrayList<>();
  private int next;

  public TorchPrediction(Workload workload, WeightTable weights, Samples samples, int threads) {
    manager = Torch.start(threads);
    network = new TorchNetwork(workload, weights, manager, samples.batch(), false);
    for (float[] values : samples.inputs()) {
      inputs.add(TorchNetwork.tensor(manager, values, TorchShapes.batch(workload, samples)));
    }
  }

  @Override
  public String name() {
    return "PyTorch";
  }

  @Override
  public void step() {
    run(inputs.get(next));
    next = (next + 1) % inputs.size();
  }

  @Override
  public float[] outputs() {
    return run(inputs.getFirst());
  }

  private float[] run(PtNDArray input) {
    JniUtils.setGradMode(false);
    try (PtNDManager scope = manager.newSubManager(manager.getDevice())) {
      PtNDArray own = TorchShapes.in(scope, input);
      return network.forward(own).toFloatArray();
    }
  }

  @Override
  public void close() {
    manager.close();
  }
}
