package dev.cortado.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.testing.compile.Compilation;
import com.google.testing.compile.Compiler;
import com.google.testing.compile.JavaFileObjects;
import org.junit.jupiter.api.Test;

/** The processor around the evaluator and the emitter. */
class ShellTest {
  private final FakeStages stages = new FakeStages();

  private Compilation compile(String... sources) {
    return Compiler.javac()
        .withProcessors(new CortadoProcessor(stages))
        .withOptions("-Xlint:all", "-Werror")
        .compile(
            java.util.Arrays.stream(sources)
                .map(s -> JavaFileObjects.forSourceString(nameOf(s), s))
                .toList());
  }

  private static String nameOf(String source) {
    return source.replaceAll("(?s).*?(?:class|record|interface|enum) (\\w+).*", "$1");
  }

  private static final String HEAD =
      """
      package app;
      import static dev.cortado.Ops.*;
      import dev.cortado.*;
      import dev.cortado.annotation.*;
      """;

  @Test
  void stagesAModelWithItsHelpers() {
    Compilation compilation =
        compile(
            HEAD
                + """
                @Model
                class Small {
                  Tensor forward(@Shape("N, 4") Tensor x) {
                    return helper(x);
                  }
                  private Tensor helper(Tensor x) {
                    return relu(x);
                  }
                }
                """);
    assertThat(compilation).succeededWithoutWarnings();
    assertThat(stages.calls).containsExactly("app.Small.helper", "dev.cortado.Ops.relu");
  }
}
