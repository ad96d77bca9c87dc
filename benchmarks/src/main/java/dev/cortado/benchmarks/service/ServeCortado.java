package dev.cortado.benchmarks.service;

import dev.cortado.Network;
import dev.cortado.benchmarks.model.CifarCnnNetwork;
import dev.cortado.benchmarks.model.DigitsMlpNetwork;
import dev.cortado.benchmarks.model.EncoderNetwork;
import dev.cortado.benchmarks.model.LeNetNetwork;
import dev.cortado.benchmarks.model.MnistCnnNetwork;
import dev.cortado.benchmarks.model.RowLstmNetwork;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/**
 * A service on nothing but Cortado's runtime and one network: {@code ServeCortado <row> <weights>
 * <inputs> <predictions>} loads, predicts, says so, and says how much memory it has taken.
 */
final class ServeCortado {
  private record Served(Network network, UnaryOperator<float[]> predict) {}

  private ServeCortado() {}

  public static void main(String[] args) {
    Served served = served(args[0]);
    served.network().load(Path.of(args[1]));
    float[] sample = new float[Integer.parseInt(args[2])];
    float[] logits = served.predict().apply(sample);
    System.out.println("first " + logits[0]);
    Memory.serve(() -> served.predict().apply(sample)[0], Integer.parseInt(args[3]));
  }

  private static Served served(String row) {
    return switch (row) {
      case "W1" -> {
        MnistCnnNetwork net = MnistCnnNetwork.create(1);
        yield new Served(net, net::predict);
      }
      case "W2" -> {
        CifarCnnNetwork net = CifarCnnNetwork.create(1);
        yield new Served(net, net::predict);
      }
      case "W3" -> {
        LeNetNetwork net = LeNetNetwork.create(1);
        yield new Served(net, net::predict);
      }
      case "W4" -> {
        DigitsMlpNetwork net = DigitsMlpNetwork.create(1);
        yield new Served(net, net::predict);
      }
      case "W5" -> {
        RowLstmNetwork net = RowLstmNetwork.create(1);
        yield new Served(net, net::predict);
      }
      case "W6" -> {
        EncoderNetwork net = EncoderNetwork.create(1);
        yield new Served(net, net::predict);
      }
      default -> throw new IllegalArgumentException(row);
    };
  }
}
