package dev.cortado.processor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers that arrive as class files: from a jar, from a module, from an earlier compilation. */
class ClassPathTest {
  private static final String LAYER =
      """
      package lib;
      import static dev.cortado.Ops.*;
      import dev.cortado.*;
      import dev.cortado.annotation.*;
      @Layer
      public class Block {
        public Block() {}
        public Tensor apply(Tensor x) { return Helper.twice(Second.same(relu(x))); }
      }
      class Second {
        static Tensor same(Tensor x) { return neg(neg(x)); }
      }
      """;
  private static final String HELPER =
      """
      package lib;
      import dev.cortado.*;
      class Helper {
        static Tensor twice(Tensor x) { return Ops.mul(x, 2); }
      }
      """;
  private static final String UNRELATED =
      """
      package lib;
      public interface Unrelated {}
      """;
  private static final String MODEL =
      """
      package app;
      import dev.cortado.*;
      import dev.cortado.annotation.*;
      import lib.Block;
      @Model
      public class Net {
        public Net() {}
        final Block block = new Block();
        Tensor forward(@Shape("N, 4") Tensor x) { return block.apply(x); }
      }
      """;

  @TempDir Path folder;
  private final FakeStages stages = new FakeStages();
  private Path library;

  @BeforeEach
  void compileLibrary() throws IOException {
    library = folder.resolve("library");
    write("src/lib/Block.java", LAYER);
    write("src/lib/Helper.java", HELPER);
    write("src/lib/Unrelated.java", UNRELATED);
    compile(
        library, List.of(), "src/lib/Block.java", "src/lib/Helper.java", "src/lib/Unrelated.java");
    write("app/app/Net.java", MODEL);
  }

  @Test
  void recordsALayerWithWhatItRefersTo() throws IOException {
    Path records = library.resolve("META-INF/cortado");
    try (Stream<Path> files = Files.list(records)) {
      assertThat(files.map(f -> f.getFileName().toString()))
          .containsExactlyInAnyOrder("lib.Block.java", "lib.Helper.java", "lib.Second.java");
    }
    assertThat(records.resolve("lib.Block.java")).hasContent(LAYER);
    assertThat(records.resolve("lib.Second.java")).hasContent("// declared with lib.Block\n");
  }

  @Test
  void fromAFolder() throws IOException {
    compile(folder.resolve("out"), List.of("-cp", path(library)), "app/app/Net.java");
    assertStagedThroughTheLayer();
  }

  @Test
  void fromAJarWithoutSource() throws IOException {
    compile(folder.resolve("out"), List.of("-cp", path(jar())), "app/app/Net.java");
    assertStagedThroughTheLayer();
  }

  @Test
  void fromAModuleOfTheModulePath() throws IOException {
    write("src/module-info.java", "module lib { requires transitive cortado.stub; exports lib; }");
    write("app/module-info.java", "module app { requires lib; requires cortado.stub; }");
    Path cortado = cortadoAsModule();
    Path lib = folder.resolve("lib-module");
    String base = cortado.toString();
    compile(
        lib,
        List.of("-p", base),
        "src/module-info.java",
        "src/lib/Block.java",
        "src/lib/Helper.java");
    compile(
        folder.resolve("out"),
        List.of("-p", base + java.io.File.pathSeparator + lib),
        "app/module-info.java",
        "app/app/Net.java");
    assertStagedThroughTheLayer();
  }

  @Test
  void fromAnIncrementalCompilation() throws IOException {
    // The class output of the first compilation is on the class path of the second.
    write("src/app/Net.java", MODEL);
    stages.calls.clear();
    compile(library, List.of("-cp", path(library)), "src/app/Net.java");
    assertStagedThroughTheLayer();
    assertThat(library.resolve("app/NetNetwork.class")).exists();
    stages.calls.clear();
    compile(library, List.of("-cp", path(library)), "src/app/Net.java");
    assertStagedThroughTheLayer();
  }

  @Test
  void besideSourcesThatAreNotCompiled() throws IOException {
    write("app/app/Broken.java", "package app; class Broken { this is no Java }");
    write("app/lib/Broken.java", "package lib; class Broken { nor this }");
    write("app/app/Named.java", "package app; class Named { static final int WIDTH = Far.WIDTH; }");
    write("app/app/Far.java", "package app; class Far { static final int WIDTH = 4; }");
    write(
        "app/app/Net.java",
        MODEL.replace("block.apply(x)", "Ops.mul(block.apply(x), Named.WIDTH)"));
    Path out = folder.resolve("out");
    compile(
        out,
        List.of(
            "-implicit:class", "-cp", path(library) + File.pathSeparator + folder.resolve("app")),
        "app/app/Net.java");
    assertStagedThroughTheLayer();
    assertThat(out.resolve("app/Named.class")).exists();
    assertThat(out.resolve("app/Broken.class")).doesNotExist();
  }

  private void assertStagedThroughTheLayer() {
    assertThat(stages.calls)
        .containsSubsequence(
            "lib.Block.apply",
            "lib.Helper.twice",
            "dev.cortado.ElementwiseOps.mul",
            "lib.Second.same");
  }

  private Path jar() throws IOException {
    Path jar = folder.resolve("library.jar");
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
        Stream<Path> files = Files.walk(library)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        out.putNextEntry(new JarEntry(library.relativize(file).toString().replace('\\', '/')));
        Files.copy(file, out);
        out.closeEntry();
      }
    }
    return jar;
  }

  /** Cortado's classes under a module of their own, whatever they are packaged as here. */
  private Path cortadoAsModule() throws IOException {
    Path target = folder.resolve("cortado");
    for (Class<?> type : List.of(dev.cortado.Tensor.class, dev.cortado.annotation.Model.class)) {
      copyClasses(type, target);
    }
    Files.deleteIfExists(target.resolve("module-info.class"));
    write(
        "stub/module-info.java",
        "module cortado.stub { exports dev.cortado; exports dev.cortado.annotation; }");
    List<String> arguments =
        List.of("-proc:none", "--patch-module", "cortado.stub=" + target, "-d", target.toString());
    run(arguments, "stub/module-info.java");
    return target;
  }

  private static void copyClasses(Class<?> type, Path target) throws IOException {
    Path location;
    try {
      location = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (java.net.URISyntaxException e) {
      throw new IOException(e);
    }
    try (var jar =
        Files.isDirectory(location) ? null : java.nio.file.FileSystems.newFileSystem(location)) {
      Path root = jar == null ? location : jar.getPath("/");
      try (Stream<Path> files = Files.walk(root.resolve("dev/cortado"), 2)) {
        for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
          Path copy = target.resolve(root.relativize(file).toString());
          Files.createDirectories(copy.getParent());
          Files.copy(file, copy);
        }
      }
    }
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static String path(Path entry) {
    return entry + java.io.File.pathSeparator + System.getProperty("java.class.path");
  }

  private void compile(Path out, List<String> options, String... files) throws IOException {
    Files.createDirectories(out);
    List<String> arguments =
        new ArrayList<>(List.of("-d", out.toString(), "-Xlint:all", "-Werror"));
    arguments.add("-Xlint:-path,-classfile,-processing,-requires-automatic");
    arguments.addAll(options);
    run(arguments, files);
  }

  private void run(List<String> arguments, String... files) throws IOException {
    JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
    StringWriter printed = new StringWriter();
    try (StandardJavaFileManager manager = javac.getStandardFileManager(null, null, null)) {
      List<Path> sources = Stream.of(files).map(folder::resolve).toList();
      JavaCompiler.CompilationTask task =
          javac.getTask(
              printed,
              manager,
              null,
              arguments,
              null,
              manager.getJavaFileObjectsFromPaths(sources));
      if (!arguments.contains("-proc:none")) {
        task.setProcessors(List.of(new CortadoProcessor(stages)));
      }
      boolean done = task.call();
      assertThat(printed.toString()).isEmpty();
      assertThat(done).isTrue();
    }
  }
}
