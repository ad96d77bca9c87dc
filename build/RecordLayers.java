import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/**
 * Runs the processor over the sources of a package of layers, so that what it records of them lands
 * in the class output: {@code java -cp <processor and what it needs> build/RecordLayers.java
 * <sources> <output>}.
 */
final class RecordLayers {
  public static void main(String[] args) throws IOException {
    String classPath = System.getProperty("java.class.path");
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:only",
                "-processor",
                "dev.cortado.processor.CortadoProcessor",
                "-processorpath",
                classPath,
                "-classpath",
                classPath,
                "-d",
                args[1]));
    try (Stream<Path> files = Files.walk(Path.of(args[0]))) {
      files
          .map(Path::toString)
          .filter(file -> file.endsWith(".java"))
          .sorted()
          .forEach(arguments::add);
    }
    System.exit(
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new)));
  }
}
