package dev.cortado.processor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cortado.Tensor;
import dev.cortado.annotation.Model;
import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program that is a named module, with Cortado's own modules on its module path. */
class NamedModuleTest {
  private static final String MODEL =
      """
      package app;
      import static dev.cortado.Ops.*;
      import dev.cortado.*;
      import dev.cortado.annotation.*;
      import dev.cortado.nn.*;
      @Model
      public class Net {
        public Net() {}
        private final Block block = new Block();
        private final Dense last = new Dense(3, 1);
        Tensor forward(@Shape("N, 2") Tensor x) { return last.apply(block.apply(x)); }
        Tensor loss(Tensor y, @Shape("N, 1") Tensor wanted) { return mse(y, wanted); }
      }
      @Layer
      class Block {
        private final Dense dense = new Dense(2, 3);
        Tensor apply(Tensor x) { return relu(dense.apply(x)); }
      }
      """;
  private static final String PROGRAM =
      """
      package app;
      import dev.cortado.Tensor;
      import dev.cortado.data.Dataset;
      import dev.cortado.train.*;
      import java.util.concurrent.Callable;
      public class Program implements Callable<String> {
        public Program() {}
        @Override
        public String call() {
          float[] x = {1, 2, 3, 4, 5, 6};
          NetNetwork net = NetNetwork.create(7);
          Dataset data = Dataset.of(x, new float[] {1, 2, 3}, 3);
          Trainer.of(net).optimizer(new Sgd(0.01f)).epochs(2).batchSize(3).quiet().fit(data);
          float expected = net.predict(new float[] {1, 2})[0];
          double answer = net.eager().forward(Tensor.of(new float[] {1, 2}, 1, 2)).item();
          return Math.abs(answer - expected) < 1e-5 ? "same" : answer + " and " + expected;
        }
      }
      """;

  @TempDir Path folder;

  @Test
  void compilesAndRuns() throws Exception {
    assertThat(run("opens app to dev.cortado.runtime;").call()).isEqualTo("same");
  }

  @Test
  void anEagerModelInAClosedPackageSaysWhatToOpen() throws Exception {
    Callable<String> program = run("");
    assertThatThrownBy(program::call)
        .hasMessageContaining("opens app to dev.cortado.runtime")
        .hasMessageContaining("module-info.java");
  }

  private Callable<String> run(String directive) throws Exception {
    write(
        "module-info.java",
        "module app { requires transitive dev.cortado.runtime; exports app; " + directive + " }");
    write("app/Net.java", MODEL);
    write("app/Program.java", PROGRAM);
    List<Path> cortado = List.of(location(Tensor.class), location(Model.class));
    Path out = folder.resolve("out");
    compile(cortado, out);

    ModuleFinder modules =
        ModuleFinder.of(Stream.concat(cortado.stream(), Stream.of(out)).toArray(Path[]::new));
    Configuration configuration =
        ModuleLayer.boot().configuration().resolve(modules, ModuleFinder.of(), Set.of("app"));
    Class<?> program =
        ModuleLayer.boot()
            .defineModulesWithOneLoader(configuration, ClassLoader.getPlatformClassLoader())
            .findLoader("app")
            .loadClass("app.Program");
    @SuppressWarnings("unchecked")
    Callable<String> call = (Callable<String>) program.getConstructor().newInstance();
    return call;
  }

  private void compile(List<Path> modulePath, Path out) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter printed = new StringWriter();
    try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null);
        Stream<Path> sources = Files.walk(folder)) {
      List<String> options =
          List.of(
              "-d",
              out.toString(),
              "-p",
              String.join(File.pathSeparator, modulePath.stream().map(Path::toString).toList()),
              "-Xlint:all",
              "-Werror");
      JavaCompiler.CompilationTask task =
          javac.getTask(
              printed,
              manager,
              null,
              options,
              null,
              manager.getJavaFileObjectsFromPaths(
                  sources.filter(f -> f.toString().endsWith(".java")).toList()));
      task.setProcessors(List.of(new CortadoProcessor()));
      boolean done = task.call();
      assertThat(printed.toString()).isEmpty();
      assertThat(done).isTrue();
    }
  }

  private static Path location(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
