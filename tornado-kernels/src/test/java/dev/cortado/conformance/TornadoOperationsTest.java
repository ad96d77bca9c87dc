package dev.cortado.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.Network;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The conformance list on generated networks for TornadoVM: on a device where there is one, else on
 * a test double of TornadoVM's API.
 */
class TornadoOperationsTest {

  @TestFactory
  Stream<DynamicTest> everyOperationForwardAndBackward() {
    List<ModelCase> cases = CaseFile.read(3);
    Compiled compiled = Networks.compile(cases);
    Map<String, ModelCase> single =
        CaseFile.read(1).stream().collect(Collectors.toMap(ModelCase::name, Function.identity()));
    return cases.stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name()
                        + " "
                        + c.source()
                            .lines()
                            .filter(l -> l.contains("return"))
                            .findFirst()
                            .orElse(""),
                    () -> {
                      assertThat(ModelCheck.run(c, network(compiled, c)).checked()).isPositive();
                      ModelCase one = single.get(c.name());
                      ModelCheck.run(one, network(compiled, one));
                    }));
  }

  private static Network network(Compiled compiled, ModelCase c) {
    return Networks.create(compiled, c, "TornadoNetwork");
  }
}
