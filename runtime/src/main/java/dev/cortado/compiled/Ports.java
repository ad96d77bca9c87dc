package dev.cortado.compiled;

import dev.cortado.Port;
import java.util.List;

/**
 * What goes in and comes out of a network.
 *
 * @param symbols names of the symbols besides the batch
 * @param ranges of the elements of integer ports, where they are known
 */
public record Ports(
    List<Port> inputs,
    List<Port> targets,
    List<Port> outputs,
    List<String> symbols,
    List<IndexRange> ranges) {
  public Ports {
    inputs = List.copyOf(inputs);
    targets = List.copyOf(targets);
    outputs = List.copyOf(outputs);
    symbols = List.copyOf(symbols);
    ranges = List.copyOf(ranges);
  }

  Port port(int i) {
    if (i < inputs.size()) {
      return inputs.get(i);
    }
    int target = i - inputs.size();
    return target < targets.size() ? targets.get(target) : outputs.get(target - targets.size());
  }

  /**
   * The elements of an integer port are in {@code [0, count)}, or {@code ignored}.
   *
   * @param port inputs first, then targets
   * @param ignored a value that is allowed besides; {@code 0} when there is none
   */
  public record IndexRange(int port, int count, int ignored) {}
}
