package dev.cortado.examples;

import static dev.cortado.Ops.mse;
import static dev.cortado.Ops.tanh;

import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import dev.cortado.annotation.Shape;
import dev.cortado.data.Dataset;
import dev.cortado.nn.Dense;
import dev.cortado.train.Adam;
import dev.cortado.train.Trainer;

/** A curve through points: one number in, one out, two layers. */
@Model
public class Regression {
  final Dense hidden = new Dense(1, 32);
  final Dense output = new Dense(32, 1);

  Tensor forward(@Shape("N, 1") Tensor x) {
    return output.apply(tanh(hidden.apply(x)));
  }

  Tensor loss(Tensor prediction, @Shape("N, 1") Tensor y) {
    return mse(prediction, y);
  }

  /** Learns a wave of the sine from 500 points and prints it at a few others. */
  public static void main(String[] args) {
    float[] x = new float[500];
    float[] y = new float[500];
    for (int i = 0; i < x.length; i++) {
      x[i] = i / 250f - 1;
      y[i] = (float) Math.sin(3 * x[i]);
    }
    RegressionNetwork net = RegressionNetwork.create(1);
    Trainer.of(net).optimizer(new Adam(1e-2f)).epochs(60).fit(Dataset.of(x, y, x.length));
    for (float at = -1; at <= 1; at += 0.25f) {
      float answer = net.predict(new float[] {at})[0];
      System.out.printf("x % .2f  learned % .3f  sine % .3f%n", at, answer, Math.sin(3 * at));
    }
  }
}
