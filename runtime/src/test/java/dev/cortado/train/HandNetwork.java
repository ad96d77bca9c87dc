package dev.cortado.train;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.ParameterInfo;
import dev.cortado.Port;
import dev.cortado.TrainingSession;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A network written by hand: two dense layers with tanh and dropout between, softmax and
 * cross-entropy. What the compiler would generate, for tests that need a network and no compiler.
 */
public final class HandNetwork implements Network {
  private final int in;
  private final int hidden;
  private final int classes;
  private final double dropout;
  private final float[] weights;
  private final List<ParameterInfo> parameters;

  public HandNetwork(int in, int hidden, int classes, double dropout, long seed) {
    this.in = in;
    this.hidden = hidden;
    this.classes = classes;
    this.dropout = dropout;
    int w1 = hidden * in;
    int w2 = classes * hidden;
    parameters =
        List.of(
            new ParameterInfo("fc1.weight", List.of(hidden, in), 0, w1),
            new ParameterInfo("fc1.bias", List.of(hidden), w1, hidden),
            new ParameterInfo("fc2.weight", List.of(classes, hidden), w1 + hidden, w2),
            new ParameterInfo("fc2.bias", List.of(classes), w1 + hidden + w2, classes));
    weights = new float[w1 + hidden + w2 + classes];
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (float) ((random.nextDouble() - 0.5) / Math.sqrt(hidden));
    }
  }

  @Override
  public String name() {
    return "Hand";
  }

  @Override
  public List<Port> inputs() {
    return List.of(new Port("x", Port.Kind.FLOAT, List.of("N", String.valueOf(in)), 0));
  }

  @Override
  public List<Port> targets() {
    return List.of(new Port("label", Port.Kind.LABEL, List.of("N"), classes));
  }

  @Override
  public List<Port> outputs() {
    return List.of(new Port("logits", Port.Kind.FLOAT, List.of("N", String.valueOf(classes)), 0));
  }

  @Override
  public List<ParameterInfo> parameters() {
    return parameters;
  }

  @Override
  public float[] weights() {
    return weights;
  }

  @Override
  public boolean hasLoss() {
    return true;
  }

  @Override
  public TrainingSession session(int maxBatch) {
    return new Session(maxBatch);
  }

  @Override
  public long predictorBytes(int maxBatch) {
    return 4L * maxBatch * (hidden + classes);
  }

  @Override
  public long trainingBytes(int maxBatch) {
    return 8L * maxBatch * (hidden + classes);
  }

  @Override
  public String summary() {
    return "fc1, fc2";
  }

  @Override
  public Object eager() {
    throw new UnsupportedOperationException("written by hand");
  }

  private final class Session implements TrainingSession {
    private final int maxBatch;
    private final float[] h;
    private final float[] mask;
    private final float[] logits;
    private final float[] delta;
    private final float[] gradients = new float[weights.length];
    private int lastSize;

    Session(int maxBatch) {
      this.maxBatch = maxBatch;
      h = new float[maxBatch * hidden];
      mask = new float[maxBatch * hidden];
      logits = new float[maxBatch * classes];
      delta = new float[maxBatch * classes];
    }

    @Override
    public Network network() {
      return HandNetwork.this;
    }

    @Override
    public int maxBatch() {
      return maxBatch;
    }

    @Override
    public float train(Batch batch, long seed, long step) {
      forward(batch, true, seed, step);
      float loss = loss(batch);
      backward(batch);
      return loss;
    }

    @Override
    public float evaluate(Batch batch) {
      forward(batch, false, 0, 0);
      return loss(batch);
    }

    @Override
    public void predict(Batch batch) {
      forward(batch, false, 0, 0);
    }

    @Override
    public void backward(Batch batch, float[][] outputGradients, long seed, long step) {
      forward(batch, true, seed, step);
      System.arraycopy(outputGradients[0], 0, delta, 0, batch.size() * classes);
      backward(batch);
    }

    private void forward(Batch batch, boolean training, long seed, long step) {
      if (batch.size() > maxBatch) {
        throw new IllegalArgumentException("at most " + maxBatch + " samples, got " + batch.size());
      }
      lastSize = batch.size();
      float[] x = (float[]) batch.inputs().getFirst();
      SplittableRandom random = new SplittableRandom(seed * 31 + step);
      int b1 = parameters.get(1).offset();
      int w2 = parameters.get(2).offset();
      int b2 = parameters.get(3).offset();
      for (int n = 0; n < batch.size(); n++) {
        for (int j = 0; j < hidden; j++) {
          float sum = weights[b1 + j];
          for (int i = 0; i < in; i++) {
            sum += weights[j * in + i] * x[n * in + i];
          }
          boolean kept = !training || dropout == 0 || random.nextDouble() >= dropout;
          float scale = training ? (float) (1 / (1 - dropout)) : 1;
          mask[n * hidden + j] = kept ? scale : 0;
          h[n * hidden + j] = (float) Math.tanh(sum) * mask[n * hidden + j];
        }
        for (int c = 0; c < classes; c++) {
          float sum = weights[b2 + c];
          for (int j = 0; j < hidden; j++) {
            sum += weights[w2 + c * hidden + j] * h[n * hidden + j];
          }
          logits[n * classes + c] = sum;
        }
      }
    }

    /** Also leaves the gradient of the logits in {@code delta}. */
    private float loss(Batch batch) {
      int[] labels = (int[]) batch.targets().getFirst();
      double total = 0;
      for (int n = 0; n < batch.size(); n++) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int c = 0; c < classes; c++) {
          largest = Math.max(largest, logits[n * classes + c]);
        }
        double sum = 0;
        for (int c = 0; c < classes; c++) {
          sum += Math.exp(logits[n * classes + c] - largest);
        }
        for (int c = 0; c < classes; c++) {
          double p = Math.exp(logits[n * classes + c] - largest) / sum;
          delta[n * classes + c] = (float) ((p - (c == labels[n] ? 1 : 0)) / batch.size());
        }
        total += Math.log(sum) + largest - logits[n * classes + labels[n]];
      }
      return (float) (total / batch.size());
    }

    private void backward(Batch batch) {
      Arrays.fill(gradients, 0);
      float[] x = (float[]) batch.inputs().getFirst();
      int b1 = parameters.get(1).offset();
      int w2 = parameters.get(2).offset();
      int b2 = parameters.get(3).offset();
      for (int n = 0; n < batch.size(); n++) {
        for (int c = 0; c < classes; c++) {
          float d = delta[n * classes + c];
          gradients[b2 + c] += d;
          for (int j = 0; j < hidden; j++) {
            gradients[w2 + c * hidden + j] += d * h[n * hidden + j];
          }
        }
        for (int j = 0; j < hidden; j++) {
          float sum = 0;
          for (int c = 0; c < classes; c++) {
            sum += delta[n * classes + c] * weights[w2 + c * hidden + j];
          }
          float m = mask[n * hidden + j];
          float t = m == 0 ? 0 : h[n * hidden + j] / m;
          float d = sum * m * (1 - t * t);
          gradients[b1 + j] += d;
          for (int i = 0; i < in; i++) {
            gradients[j * in + i] += d * x[n * in + i];
          }
        }
      }
    }

    @Override
    public float[] gradients() {
      return gradients;
    }

    @Override
    public float[] output(int i) {
      return logits;
    }

    @Override
    public int outputCount(int i) {
      return lastSize * classes;
    }

    @Override
    public void wantInputGradients(boolean want) {
      if (want) {
        throw new UnsupportedOperationException("written by hand");
      }
    }

    @Override
    public float[] inputGradient(int i) {
      throw new UnsupportedOperationException("written by hand");
    }
  }
}
