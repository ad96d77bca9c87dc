package dev.cortado.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.Ops;
import dev.cortado.nn.Dense;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/operations.md} names every operation and layer there is, and no other. */
final class OperationsPageTest {
  @Test
  void namesTheOperations() throws IOException {
    Set<String> operations =
        Arrays.stream(Ops.class.getMethods())
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .map(Method::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(inTables("# Operations", "## Layers")).isEqualTo(operations);
  }

  @Test
  void namesTheLayers() throws IOException {
    String folder = Dense.class.getPackageName().replace('.', '/');
    try (Stream<Path> files = Files.list(Path.of("../runtime/src/main/java", folder))) {
      Set<String> layers =
          files
              .map(file -> file.getFileName().toString().replace(".java", ""))
              .filter(name -> !name.equals("package-info"))
              .filter(OperationsPageTest::isPublic)
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(inTables("## Layers", "```java")).isEqualTo(layers);
    }
  }

  private static boolean isPublic(String layer) {
    try {
      return Modifier.isPublic(
          Class.forName(Dense.class.getPackageName() + "." + layer).getModifiers());
    } catch (ClassNotFoundException missing) {
      throw new AssertionError(missing);
    }
  }

  /** What stands in backquotes in the tables between two lines. */
  private static Set<String> inTables(String from, String to) throws IOException {
    String page = Files.readString(Path.of("../docs/operations.md"));
    String part = page.substring(page.indexOf(from), page.indexOf(to, page.indexOf(from)));
    return part.lines()
        .filter(line -> line.startsWith("|"))
        .flatMap(line -> Pattern.compile("`(\\w+)`").matcher(line).results())
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
