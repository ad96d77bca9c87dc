package dev.cortado.train;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.Port;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The single samples of a batch, and the shapes of their arrays. */
final class Samples {
  private Samples() {}

  /** Elements of one sample of a port, or -1 when its declared shape leaves it open. */
  static int count(Network net, Port port, Batch batch) {
    int[] shape = shape(net, port, batch);
    return shape == null ? -1 : Arrays.stream(shape).skip(1).reduce(1, (a, b) -> a * b);
  }

  /**
   * The shape of a batch of one, with the batch's values of the symbols; null when a dimension is
   * neither a number nor a symbol of known value, or the first is no symbol.
   */
  static int @Nullable [] shape(Network net, Port port, Batch batch) {
    List<String> declared = port.shape();
    if (declared.isEmpty() || !isSymbol(declared.getFirst())) {
      return null;
    }
    int[] shape = new int[declared.size()];
    shape[0] = 1;
    for (int d = 1; d < shape.length; d++) {
      String dimension = declared.get(d);
      int symbol = net.symbols().indexOf(dimension);
      if (!dimension.isEmpty() && dimension.chars().allMatch(Character::isDigit)) {
        shape[d] = Integer.parseInt(dimension);
      } else if (symbol >= 0 && symbol < batch.sizes().size()) {
        shape[d] = batch.sizes().get(symbol);
      } else {
        return null;
      }
    }
    return shape;
  }

  static boolean isSymbol(String dimension) {
    return !dimension.isEmpty()
        && Character.isJavaIdentifierStart(dimension.charAt(0))
        && dimension.chars().allMatch(Character::isJavaIdentifierPart);
  }

  /** Whether {@link #one} can tell the samples apart. */
  static boolean areKnown(Network net, Batch batch) {
    return net.inputs().stream().allMatch(port -> shape(net, port, batch) != null)
        && net.targets().stream().allMatch(port -> shape(net, port, batch) != null);
  }

  /** A batch of one sample, a copy. */
  static Batch one(Network net, Batch batch, int sample) {
    return new Batch(
        1,
        cut(net, net.inputs(), batch.inputs(), batch, sample),
        cut(net, net.targets(), batch.targets(), batch, sample),
        batch.sizes());
  }

  private static List<Object> cut(
      Network net, List<Port> ports, List<Object> arrays, Batch batch, int sample) {
    List<Object> parts = new ArrayList<>();
    for (int i = 0; i < ports.size(); i++) {
      int count = count(net, ports.get(i), batch);
      int from = sample * count;
      parts.add(
          arrays.get(i) instanceof float[] floats
              ? Arrays.copyOfRange(floats, from, from + count)
              : Arrays.copyOfRange((int[]) arrays.get(i), from, from + count));
    }
    return List.copyOf(parts);
  }
}
