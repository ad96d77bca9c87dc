package dev.cortado;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Star imports of all of a user's packages, with {@code java.util}, are never ambiguous. */
class StarImportsTest {
  private static final List<String> OURS =
      List.of(
          "dev/cortado",
          "dev/cortado/annotation",
          "dev/cortado/nn",
          "dev/cortado/train",
          "dev/cortado/data",
          "dev/cortado/io");

  @Test
  void noSimpleNameRepeats() throws Exception {
    Map<String, TreeSet<String>> packagesOf = new TreeMap<>();
    Path runtime = Path.of(Ops.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    URI annotations =
        dev.cortado.annotation.Model.class
            .getProtectionDomain()
            .getCodeSource()
            .getLocation()
            .toURI();
    for (String name : OURS) {
      collect(runtime.resolve(name), name, packagesOf);
    }
    collectFrom(Path.of(annotations), "dev/cortado/annotation", packagesOf);
    Path platform = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules/java.base");
    collect(platform.resolve("java/lang"), "java/lang", packagesOf);
    collect(platform.resolve("java/util"), "java/util", packagesOf);

    assertThat(packagesOf).containsKeys("Tensor", "Dense", "Shape", "List", "String");
    assertThat(packagesOf.entrySet().stream().filter(e -> e.getValue().size() > 1)).isEmpty();
  }

  /** Of a folder of classes or of a jar. */
  private static void collectFrom(Path place, String name, Map<String, TreeSet<String>> packagesOf)
      throws IOException {
    if (Files.isDirectory(place)) {
      collect(place.resolve(name), name, packagesOf);
      return;
    }
    try (var jar = FileSystems.newFileSystem(place)) {
      collect(jar.getPath(name), name, packagesOf);
    }
  }

  /** Public top-level classes. */
  private static void collect(Path folder, String name, Map<String, TreeSet<String>> packagesOf) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith(".class") && !f.contains("$") && !f.contains("-"))
          .map(f -> f.substring(0, f.length() - ".class".length()))
          .filter(simple -> isPublic(name.replace('/', '.') + "." + simple))
          .forEach(simple -> packagesOf.computeIfAbsent(simple, key -> new TreeSet<>()).add(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isPublic(String className) {
    try {
      Class<?> type = Class.forName(className, false, StarImportsTest.class.getClassLoader());
      return java.lang.reflect.Modifier.isPublic(type.getModifiers());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
