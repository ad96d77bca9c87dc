package dev.cortado.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Kernels of work groups, forward and gradient, at sizes that no group divides. */
class TornadoGroupsTest {
  private static final String FILE = "groups.txt";

  @TestFactory
  Stream<DynamicTest> everyKindOfGroupForwardAndBackward() {
    List<ModelCase> cases = CaseFile.read(FILE, "Group", 3);
    Compiled compiled = Networks.compile(cases);
    Map<String, ModelCase> single =
        CaseFile.read(FILE, "Group", 1).stream()
            .collect(Collectors.toMap(ModelCase::name, Function.identity()));
    return cases.stream()
        .map(
            c ->
                DynamicTest.dynamicTest(
                    c.name(),
                    () -> {
                      check(compiled, c);
                      check(compiled, single.get(c.name()));
                    }));
  }

  private static void check(Compiled compiled, ModelCase c) {
    assertThat(ModelCheck.run(c, Networks.create(compiled, c, "TornadoNetwork")).checked())
        .isPositive();
  }
}
