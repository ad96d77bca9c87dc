package dev.cortado.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What docs/gpu.md shows compiles. */
class GpuPageTest {
  private static final Pattern FENCE = Pattern.compile("```java tornado\n(.*?)```", Pattern.DOTALL);
  private static final Pattern CLASS = Pattern.compile("class (\\w+)");

  @Test
  void thePagesClassesCompile() throws IOException {
    Path root = Path.of("").toAbsolutePath().getParent();
    Map<String, String> sources = new LinkedHashMap<>();
    Path model = root.resolve("examples/src/main/java/dev/cortado/examples/MnistCnn.java");
    sources.put("MnistCnn", Files.readString(model).replaceFirst("package .*?;", ""));
    Matcher fence = FENCE.matcher(Files.readString(root.resolve("docs/gpu.md")));
    while (fence.find()) {
      Matcher name = CLASS.matcher(fence.group(1));
      if (name.find()) {
        sources.put(name.group(1), fence.group(1));
      }
    }
    Compiled.of(sources).succeeded();
  }
}
