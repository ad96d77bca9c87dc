package dev.cortado.benchmarks.workload;

import dev.cortado.Network;
import dev.cortado.ParameterInfo;
import java.util.Arrays;

/** The weights of Cortado's network, for peers to copy. */
public record WeightTable(Network network) {
  /**
   * A copy of one parameter.
   *
   * @param shape outermost dimension first
   */
  public record Weight(String name, long[] shape, float[] values) {}

  public Weight get(String name) {
    ParameterInfo info = network.parameter(name);
    return new Weight(
        name,
        info.shape().stream().mapToLong(Integer::longValue).toArray(),
        Arrays.copyOfRange(network.lentWeights(), info.offset(), info.offset() + info.count()));
  }
}
