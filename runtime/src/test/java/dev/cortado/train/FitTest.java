package dev.cortado.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.Network;
import dev.cortado.Port;
import dev.cortado.data.Column;
import dev.cortado.data.Dataset;
import java.lang.reflect.Proxy;
import java.util.List;
import org.junit.jupiter.api.Test;

class FitTest {
  /** A network that only says what goes in. */
  private static Network network(List<String> symbols, Port... inputs) {
    return (Network)
        Proxy.newProxyInstance(
            FitTest.class.getClassLoader(),
            new Class<?>[] {Network.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "symbols" -> symbols;
                  case "inputs" -> List.of(inputs);
                  default -> throw new UnsupportedOperationException(method.toString());
                });
  }

  @Test
  void sizesOfSymbolsComeFromTheData() {
    Port one = new Port("x", Port.Kind.FLOAT, List.of("N", "T", "6"), 0);
    Port two = new Port("y", Port.Kind.FLOAT, List.of("N", "S", "T"), 0);
    Dataset data =
        Dataset.ofArrays(
            1,
            List.of(new float[24], new float[20]),
            List.of(),
            List.of(
                new Column(Port.Kind.FLOAT, List.of(4, 6)),
                new Column(Port.Kind.FLOAT, List.of(5, 4))),
            List.of());
    assertThat(Fit.sizes(network(List.of("S", "T"), one, two), data)).containsExactly(5, 4);
    assertThat(Fit.sizes(network(List.of(), one, two), data)).isEmpty();
    assertThat(Fit.sizes(network(List.of("S", "U"), one, two), data)).isEmpty();
  }
}
