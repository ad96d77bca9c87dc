package dev.cortado;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.annotation.Model;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A program may import all of the vocabulary with stars, {@code java.util} too. */
final class NamesTest {
  private static final List<String> OURS =
      List.of("", ".annotation", ".nn", ".train", ".data", ".io");

  @Test
  void noSimpleNameRepeats() throws Exception {
    Map<String, List<String>> packages = new TreeMap<>();
    for (String end : OURS) {
      for (Class<?> anchor : List.of(Tensor.class, Model.class)) {
        Path folder = classesOf(anchor).resolve(("dev.cortado" + end).replace('.', '/'));
        add(packages, "dev.cortado" + end, folder);
      }
    }
    FileSystem platform = FileSystems.getFileSystem(URI.create("jrt:/"));
    for (String name : List.of("java.lang", "java.util")) {
      add(packages, name, platform.getPath("modules", "java.base", name.replace('.', '/')));
    }
    Map<String, List<String>> found = new TreeMap<>();
    packages.forEach(
        (packageName, names) ->
            names.forEach(
                name -> found.computeIfAbsent(name, n -> new ArrayList<>()).add(packageName)));

    assertThat(found).containsKeys("Tensor", "Model", "Dense", "Trainer", "Dataset", "Weights");
    found
        .entrySet()
        .removeIf(
            entry ->
                entry.getValue().size() == 1
                    || entry.getValue().stream().noneMatch(name -> name.startsWith("dev.")));
    assertThat(found).as("names in more than one package").isEmpty();
  }

  private static Path classesOf(Class<?> type) throws URISyntaxException, IOException {
    Path location = Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    // A jar when the module was packaged before.
    return Files.isDirectory(location)
        ? location
        : FileSystems.newFileSystem(location).getPath("/");
  }

  /** Public top-level classes of a folder. */
  private static void add(Map<String, List<String>> packages, String name, Path folder)
      throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(".class") && !file.contains("$") && !file.contains("-"))
          .map(file -> file.substring(0, file.length() - ".class".length()))
          .filter(type -> isPublic(name + "." + type))
          .forEach(type -> packages.computeIfAbsent(name, n -> new ArrayList<>()).add(type));
    }
  }

  private static boolean isPublic(String type) {
    try {
      return Modifier.isPublic(
          Class.forName(type, false, NamesTest.class.getClassLoader()).getModifiers());
    } catch (ClassNotFoundException missing) {
      throw new UncheckedIOException(new IOException(missing));
    }
  }
}
