import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Writes a shell script that starts the JVM this runs on, with a class path: {@code java
 * build/JavaCommand.java <class path> <script>}.
 */
final class JavaCommand {
  public static void main(String[] args) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Files.writeString(
        Path.of(args[1]),
        """
        exec "%s" --add-modules=jdk.incubator.vector -cp "%s" "$@"
        """
            .formatted(java, args[0]));
  }
}
