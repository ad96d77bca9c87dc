package dev.cortado.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import org.eclipse.jdt.internal.compiler.tool.EclipseCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherCompilersTest {
  @TempDir Path folder;

  @Test
  void eclipsesCompilerGetsOneClearError() throws IOException {
    Path source = folder.resolve("Net.java");
    Files.writeString(
        source,
        """
        import dev.cortado.*;
        import dev.cortado.annotation.*;
        @Model
        class Net {
          Tensor forward(@Shape("N, 4") Tensor x) { return x; }
        }
        @Model
        class Other {
          Tensor forward(@Shape("N, 4") Tensor x) { return x; }
        }
        """);
    JavaCompiler eclipse = new EclipseCompiler();
    DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = eclipse.getStandardFileManager(found, null, null)) {
      JavaCompiler.CompilationTask task =
          eclipse.getTask(
              new StringWriter(),
              files,
              found,
              List.of("-d", folder.toString(), "--release", "21", "-nowarn"),
              null,
              files.getJavaFileObjects(source));
      task.setProcessors(List.of(new CortadoProcessor(new FakeStages())));
      assertThat(task.call()).isFalse();
    }
    assertThat(found.getDiagnostics())
        .filteredOn(d -> d.getKind() == Diagnostic.Kind.ERROR)
        .singleElement()
        .satisfies(
            error ->
                assertThat(error.getMessage(Locale.ROOT))
                    .contains("reads method bodies through javac's tree API")
                    .contains("compile with javac"));
  }
}
