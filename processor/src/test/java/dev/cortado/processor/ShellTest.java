package dev.cortado.processor;

import static com.google.testing.compile.CompilationSubject.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.testing.compile.Compilation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.annotation.processing.AbstractProcessor;
import javax.annotation.processing.RoundEnvironment;
import javax.annotation.processing.SupportedAnnotationTypes;
import javax.lang.model.SourceVersion;
import javax.lang.model.element.TypeElement;
import javax.tools.Diagnostic;
import javax.tools.JavaFileObject;
import org.junit.jupiter.api.Test;

/** The processor around the evaluator and the emitter: what it hands them and what it prints. */
class ShellTest {
  private final FakeStages stages = new FakeStages();
  private final Programs programs = new Programs(stages);

  @Test
  void stagesAModelWithItsHelpers() {
    Compilation compilation =
        programs.compile(
            """
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
    assertThat(stages.calls).containsExactly("app.Small.helper", "dev.cortado.ElementwiseOps.relu");
  }

  @Test
  void readsBuiltInLayersFromTheirRecordedSource() {
    Compilation compilation =
        programs.compile(
            """
            @Model
            class Small {
              final dev.cortado.nn.Flatten flat = new dev.cortado.nn.Flatten();
              Tensor forward(@Shape("N, 4, 2") Tensor x) {
                return flat.apply(x);
              }
            }
            """);
    assertThat(compilation).succeededWithoutWarnings();
    assertThat(stages.calls)
        .contains("dev.cortado.nn.Flatten.apply", "dev.cortado.ShapeOps.flatten");
  }

  @Test
  void leavesOtherJavaAlone() {
    Compilation compilation =
        programs.compile(
            """
            @Model
            public class Busy {
              private final java.util.List<String> names = java.util.List.of("a", "b");
              Tensor forward(@Shape("N, 4") Tensor x) {
                return relu(x);
              }
              java.util.function.Function<String, Runnable> lambdas() {
                return s -> () -> names.stream().map(String::length).map(n -> n + s.length()).toList();
              }
              Object anonymous() {
                class Local {
                  int twice(int n) { return 2 * n; }
                }
                return new Object() {
                  int count = new Local().twice(3);
                  @Override public String toString() { return "" + count; }
                };
              }
              static <T extends Comparable<T>> T largest(java.util.List<? extends T> all) {
                T best = all.get(0);
                for (T t : all) {
                  best = t.compareTo(best) > 0 ? t : best;
                }
                return best;
              }
              public static void main(String[] args) {
                BusyNetwork net = BusyNetwork.create(42);
                Runnable r = () -> System.out.println(net);
                r.run();
                switch (args.length) {
                  case 0 -> System.out.println(largest(java.util.List.of(1, 2)));
                  default -> {}
                }
              }
            }
            """);
    assertThat(compilation).succeededWithoutWarnings();
    assertThat(stages.calls).containsExactly("dev.cortado.ElementwiseOps.relu");
    assertThat(stages.emitted).containsEntry("BusyNetwork", true);
  }

  @Test
  void nestedModelsAndTheUnnamedPackage() {
    Compilation compilation =
        programs.compileFiles(
            """
            import dev.cortado.*;
            import dev.cortado.annotation.*;
            public class Outer {
              @Model
              public static class Inner {
                Tensor forward(@Shape("N, 4") Tensor x) { return x; }
              }
              static class Hidden {
                @Model
                public static class Deep {
                  Tensor forward(@Shape("N, 4") Tensor x) { return x; }
                }
              }
              Object use = Outer_InnerNetwork.create(1);
            }
            """);
    assertThat(compilation).succeededWithoutWarnings();
    assertThat(programs.text(compilation, "Outer_InnerNetwork")).contains("public abstract class");
    assertThat(programs.text(compilation, "Outer_Hidden_DeepNetwork"))
        .doesNotContain("public abstract class");
  }

  @Test
  void oneBrokenModelDoesNotHideAnother() {
    Compilation compilation =
        programs.compile(
            """
            @Model
            class Good {
              Tensor forward(@Shape("N, 4") Tensor x) { return relu(x); }
            }
            """,
            """
            @Model
            class Wrong {
              Tensor forward(@Shape("N, 4") Tensor x) {
                return relu(helper(x));
              }
              private Tensor helper(Tensor x) {
                return add(relu(bad(x)), x);
              }
              private Tensor bad(Tensor x) { return x; }
              static final Object NET = WrongNetwork.create(1);
            }
            """,
            """
            @Model
            class AlsoWrong {
              Tensor forward(@Shape("N 4") Tensor x) { return x; }
            }
            """);
    assertThat(compilation).hadErrorCount(2);
    assertThat(compilation)
        .hadErrorContaining("expected good but got bad")
        .inFile(programs.file(1))
        .onLine(12)
        .atColumn(24);
    assertThat(compilation).hadErrorContaining("called from Wrong.java:9: helper(x)");
    assertThat(compilation)
        .hadErrorContaining("expected ',' between dimensions, after \"N \"")
        .inFile(programs.file(2))
        .onLine(8)
        .atColumn(25);
    assertThat(stages.emitted)
        .containsEntry("GoodNetwork", true)
        .containsEntry("WrongNetwork", false)
        .containsEntry("AlsoWrongNetwork", false);
  }

  @Test
  void ordinaryJavaErrorsStayJavacs() {
    Compilation compilation =
        programs.compile(
            """
            @Model
            class Typo {
              Tensor forward(@Shape("N, 4") Tensor x) {
                int n = "four";
                return relu(y);
              }
              Object use = TypoNetwork.create(1);
            }
            """);
    assertThat(compilation).hadErrorCount(2);
    assertThat(compilation).hadErrorContaining("incompatible types");
    assertThat(compilation).hadErrorContaining("cannot find symbol");
    assertThat(compilation).hadWarningCount(0);
  }

  @Test
  void anUnknownClassInABodyStaysOneError() {
    Compilation compilation =
        programs.compile(
            """
            @Model
            class Typo {
              Tensor forward(@Shape("N, 4") Tensor x) {
                return new Missing().apply(x);
              }
              Object use = TypoNetwork.create(1);
            }
            """);
    assertThat(errors(compilation)).hasSize(1);
    assertThat(compilation).hadErrorContaining("cannot find symbol");
  }

  @Test
  void internalErrorsNameTheConstructAndAskForAReport() {
    Compilation compilation =
        programs.compile(
            """
            @Model
            class Unlucky {
              Tensor forward(@Shape("N, 4") Tensor x) { return crash(x); }
              private Tensor crash(Tensor x) { return x; }
              Object use = UnluckyNetwork.create(1);
            }
            """);
    assertThat(compilation).hadErrorCount(1);
    assertThat(compilation).hadErrorContaining("Cortado itself failed on the bodies of Unlucky");
    assertThat(compilation).hadErrorContaining("please report it");
    assertThat(compilation).hadErrorContaining("IllegalStateException: crashed");
  }

  @Test
  void compilesTwiceToTheSameBytes() {
    String source =
        """
        @Model
        class Small {
          Tensor forward(@Shape("N, 4") Tensor x) { return relu(x); }
        }
        """;
    Compilation first = programs.compile(source);
    Compilation second = new Programs(new FakeStages()).compile(source);
    assertThat(contents(first)).isEqualTo(contents(second));
  }

  private static List<String> contents(Compilation compilation) {
    return compilation.generatedFiles().stream().map(Programs::content).toList();
  }

  private static ImmutableList<Diagnostic<? extends JavaFileObject>> errors(Compilation c) {
    return c.errors();
  }

  @Test
  void timingOnRequest() {
    Compilation compilation =
        programs
            .with("-Acortado.time=true")
            .compile(
                """
                @Model
                class Small {
                  Tensor forward(@Shape("N, 4") Tensor x) { return relu(x); }
                }
                """);
    assertThat(compilation).succeeded();
    assertThat(compilation.notes().getFirst().getMessage(Locale.ROOT))
        .matches("Cortado: 1 model in \\d+ ms: declarations \\d+ ms, analysis \\d+ ms, bodies .*");
  }

  @Test
  void waitsForTypesThatAnotherProcessorGenerates() {
    Compilation compilation =
        programs
            .with(new GeneratesOnce())
            .compile(
                """
                @Model
                class Late extends Generated.Base {
                  Tensor forward(@Shape("N, 4") Tensor x) { return Generated.identity(relu(x)); }
                  Object use = LateNetwork.create(1);
                }
                """,
                """
                @Model
                class LateBody {
                  Tensor forward(@Shape("N, 4") Tensor x) { return Generated.identity(relu(x)); }
                  Object use = LateBodyNetwork.create(1);
                }
                """);
    assertThat(compilation).succeededWithoutWarnings();
    assertThat(stages.calls).contains("app.Generated.identity", "dev.cortado.ElementwiseOps.abs");
    assertThat(stages.emitted)
        .containsEntry("LateNetwork", true)
        .containsEntry("LateBodyNetwork", true);
  }

  /** Writes one class in its first round. */
  @SupportedAnnotationTypes("*")
  private static final class GeneratesOnce extends AbstractProcessor {
    private boolean done;

    @Override
    public SourceVersion getSupportedSourceVersion() {
      return SourceVersion.latest();
    }

    @Override
    public boolean process(Set<? extends TypeElement> annotations, RoundEnvironment round) {
      if (!done) {
        done = true;
        try (Writer out = processingEnv.getFiler().createSourceFile("app.Generated").openWriter()) {
          out.write(
              """
              package app;
              class Generated {
                static class Base {}
                static dev.cortado.Tensor identity(dev.cortado.Tensor x) {
                  return dev.cortado.Ops.abs(x);
                }
              }
              """);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
      return false;
    }
  }
}
