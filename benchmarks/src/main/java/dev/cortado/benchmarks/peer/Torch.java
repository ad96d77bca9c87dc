package dev.cortado.benchmarks.peer;

import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.JniUtils;

/** PyTorch through DJL. */
final class Torch {
  private Torch() {}

  /** A manager of tensors, once PyTorch is there and works with so many threads. */
  static PtNDManager start(int threads) {
    Engine engine = Engine.getEngine("PyTorch");
    JniUtils.setNumThreads(threads);
    if (JniUtils.getNumThreads() != threads) {
      throw new IllegalStateException(
          "PyTorch works with %d threads, not %d".formatted(JniUtils.getNumThreads(), threads));
    }
    return (PtNDManager) engine.newBaseManager();
  }

  /** PyTorch's version, as it stands in the table. */
  static String version() {
    return "PyTorch " + Engine.getEngine("PyTorch").getVersion();
  }
}
