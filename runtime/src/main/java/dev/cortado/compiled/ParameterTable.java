package dev.cortado.compiled;

import dev.cortado.ParameterInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The parameters of a network as generated source writes them, one on a line:
 *
 * <pre>{@code
 * conv1.weight [32, 1, 3, 3] uniform -0.333 0.333
 * norm.scale [64] constant 1.0
 * embedding.weight [100, 8] normal 0.0 1.0
 * window [3] values 0.25 0.5 0.25
 * }</pre>
 *
 * <p>Read by loops, for a service does it at its start, where the first stream takes milliseconds.
 */
public final class ParameterTable {
  private final List<ParameterInfo> parameters = new ArrayList<>();
  private final List<String[]> starts = new ArrayList<>();
  private int count;

  private ParameterTable() {}

  /**
   * @param parts of one text; a class file holds no longer strings than 65,535 bytes
   */
  public static ParameterTable parse(String... parts) {
    ParameterTable table = new ParameterTable();
    for (String line : String.join("", parts).split("\n")) {
      if (!line.isBlank()) {
        table.line(line);
      }
    }
    return table;
  }

  private void line(String line) {
    int open = line.indexOf('[');
    int close = line.indexOf(']');
    String dims = line.substring(open + 1, close);
    List<Integer> shape = new ArrayList<>();
    int size = 1;
    for (String dim : dims.isBlank() ? new String[0] : dims.split(",")) {
      int length = Integer.parseInt(dim.strip());
      shape.add(length);
      size = Math.multiplyExact(size, length);
    }
    parameters.add(
        new ParameterInfo(line.substring(0, open).strip(), List.copyOf(shape), count, size));
    starts.add(line.substring(close + 1).strip().split(" "));
    count = Math.addExact(count, size);
  }

  List<ParameterInfo> parameters() {
    return List.copyOf(parameters);
  }

  /**
   * Fresh values. Each parameter has random numbers of its own, so that none depends on the others.
   */
  float[] initial(long seed) {
    float[] values = new float[count];
    SplittableRandom seeds = new SplittableRandom(seed);
    for (int i = 0; i < parameters.size(); i++) {
      fill(parameters.get(i), starts.get(i), seeds.split(), values);
    }
    return values;
  }

  private static void fill(
      ParameterInfo p, String[] start, SplittableRandom random, float[] values) {
    int end = p.offset() + p.count();
    switch (start[0]) {
      case "constant" -> Arrays.fill(values, p.offset(), end, Float.parseFloat(start[1]));
      case "uniform" -> {
        double low = Double.parseDouble(start[1]);
        double width = Double.parseDouble(start[2]) - low;
        for (int i = p.offset(); i < end; i++) {
          values[i] = (float) (low + width * random.nextDouble());
        }
      }
      case "normal" -> {
        double mean = Double.parseDouble(start[1]);
        double deviation = Double.parseDouble(start[2]);
        for (int i = p.offset(); i < end; i++) {
          values[i] = (float) (mean + deviation * random.nextGaussian());
        }
      }
      case "values" -> {
        for (int i = 0; i < p.count(); i++) {
          values[p.offset() + i] = Float.parseFloat(start[1 + i]);
        }
      }
      default -> throw new IllegalArgumentException("unknown start: " + start[0]);
    }
  }
}
