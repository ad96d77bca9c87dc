package dev.cortado.compiler.interpret;

import dev.cortado.compiler.graph.Lowering.Contraction;
import dev.cortado.compiler.graph.Lowering.Contraction.Direction;

/** The contractions, by their definitions. */
final class LibraryCalls {
  private final Evaluator evaluator;

  LibraryCalls(Evaluator evaluator) {
    this.evaluator = evaluator;
  }

  void run(Contraction call, double[] first, double[] second, double[] out) {
    switch (call) {
      case Contraction.MatMul product -> multiply(product, first, second, out);
      case Contraction.Conv2d conv -> convolve(conv, first, second, out);
    }
  }

  private void multiply(Contraction.MatMul p, double[] a, double[] b, double[] c) {
    int batch = evaluator.size(p.batch());
    int m = evaluator.size(p.m());
    int n = evaluator.size(p.n());
    int k = evaluator.size(p.k());
    for (int t = 0; t < batch; t++) {
      int aStart = p.batchedA() ? t * m * k : 0;
      int bStart = p.batchedB() ? t * k * n : 0;
      for (int i = 0; i < m; i++) {
        for (int j = 0; j < n; j++) {
          double sum = 0;
          for (int l = 0; l < k; l++) {
            sum +=
                a[aStart + (p.transposeA() ? l * m + i : i * k + l)]
                    * b[bStart + (p.transposeB() ? j * k + l : l * n + j)];
          }
          c[(t * m + i) * n + j] = sum;
        }
      }
    }
  }

  /** Visits every product that the convolution is a sum of. */
  private void convolve(Contraction.Conv2d s, double[] first, double[] second, double[] out) {
    int batch = evaluator.size(s.batch());
    int channels = evaluator.size(s.inChannels());
    int height = evaluator.size(s.height());
    int width = evaluator.size(s.width());
    int outChannels = evaluator.size(s.outChannels());
    int outHeight = evaluator.size(s.outHeight());
    int outWidth = evaluator.size(s.outWidth());
    int perGroup = channels / s.groups();
    int outPerGroup = outChannels / s.groups();
    for (int n = 0; n < batch; n++) {
      for (int o = 0; o < outChannels; o++) {
        for (int c = 0; c < perGroup; c++) {
          int channel = o / outPerGroup * perGroup + c;
          for (int i = 0; i < outHeight; i++) {
            for (int j = 0; j < outWidth; j++) {
              for (int a = 0; a < s.kernelH(); a++) {
                for (int b = 0; b < s.kernelW(); b++) {
                  int row = i * s.strideH() - s.padTop() + a * s.dilationH();
                  int column = j * s.strideW() - s.padLeft() + b * s.dilationW();
                  if (row >= 0 && row < height && column >= 0 && column < width) {
                    int x = ((n * channels + channel) * height + row) * width + column;
                    int w = ((o * perGroup + c) * s.kernelH() + a) * s.kernelW() + b;
                    int y = ((n * outChannels + o) * outHeight + i) * outWidth + j;
                    product(s.direction(), x, w, y, first, second, out);
                  }
                }
              }
            }
          }
        }
      }
    }
  }

  private static void product(
      Direction direction, int x, int w, int y, double[] first, double[] second, double[] out) {
    switch (direction) {
      case FORWARD -> out[y] += first[x] * second[w];
      case INPUT_GRADIENT -> out[x] += first[y] * second[w];
      case WEIGHT_GRADIENT -> out[w] += first[x] * second[y];
    }
  }
}
