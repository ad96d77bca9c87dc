package dev.cortado.compiler.op;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.Ops;
import dev.cortado.compiler.interpret.Program;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class BindingsTest {
  /** Methods of {@code Ops} that only make sense when run directly. */
  private static final Set<String> EAGER_ONLY = Set.of();

  @Test
  void everyMethodOfOpsCanBeStaged() {
    Set<String> methods =
        Arrays.stream(Ops.class.getMethods())
            .filter(m -> Modifier.isStatic(m.getModifiers()))
            .map(Method::getName)
            .filter(name -> !EAGER_ONLY.contains(name))
            .collect(Collectors.toSet());
    assertThat(Program.allBindings().keySet()).containsExactlyInAnyOrderElementsOf(methods);
  }
}
