package dev.cortado.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** The conformance list on the generated CPU networks, for several batch sizes. */
class OperationsTest {

  @TestFactory
  Stream<DynamicTest> everyOperationForwardAndBackward() {
    List<ModelCase> cases = CaseFile.read(3);
    Compiled compiled = Networks.compile(cases);
    Map<String, ModelCase> single =
        CaseFile.read(1).stream().collect(Collectors.toMap(ModelCase::name, c -> c));
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
                      GradientCheck.Result result = ModelCheck.run(c, Networks.create(compiled, c));
                      assertThat(result.checked()).isPositive();
                      ModelCase one = single.get(c.name());
                      ModelCheck.run(one, Networks.create(compiled, one));
                    }));
  }
}
