package dev.cortado.processor;

import dev.cortado.compiler.frontend.report.Message;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The keys of all errors and warnings that the compiler can print. */
final class ErrorKeys {
  private static final List<Path> SOURCES =
      List.of(
          Path.of("src", "main", "java"), Path.of("..", "tornado-kernels", "src", "main", "java"));

  /** Where the evaluator and the operations make an error: its key is the first text. */
  private static final Pattern MADE =
      Pattern.compile(
          "(?:new OpError|new Complaint|new StagingError|Failures\\.at|\\bthrow stray|return at)\\([^\";{}]*\"([a-z]+(?:-[a-z0-9]+)*)\",");

  /** Those that no program of a user's can be made to get, with what is to be said of them. */
  static final Map<String, String> WITHOUT_PROGRAM =
      new TreeMap<>(
          Map.of(
              Message.INTERNAL.key(),
              "Cortado itself failed, and names the construct that it failed on. Another model of the"
                  + " same compilation is not affected. Please report it with the class.",
              Message.UNREADABLE.key(),
              "Cortado's own analysis of the sources found an error that javac does not see, so it"
                  + " could not read a body. Please report it with the class.",
              Message.NOT_JAVAC.key(),
              "The compiler is not javac (it may be Eclipse's), so method bodies cannot be read."
                  + " Compile with javac: in Eclipse, let Maven or Gradle build.",
              "tornado-debug",
              "`XTornadoNetwork` was compiled without `-g`. TornadoVM reads the names of local"
                  + " variables from the class file to compile a kernel, and fails with a null pointer"
                  + " where there are none. Add `-g` to javac's options; in Maven keep the compiler"
                  + " plugin's `<debug>` at `true`, the default, without a `<debuglevel>` that leaves"
                  + " out `vars`. The error comes when javac has written the class file; a compiler"
                  + " that keeps its files in memory is not checked, and the first session fails"
                  + " instead.",
              "tornado-version",
              "TornadoVM's API on the class path is not one that the generated network works with."
                  + " The message names the version expected and the one found, from the jar's"
                  + " manifest or by what is missing in it. Install that version, put its"
                  + " `share/java/tornado/*` on the class path, or leave `XTornadoNetwork` out with"
                  + " `-Acortado.tornado=false`; the network for the CPU does not need TornadoVM."));

  private ErrorKeys() {}

  /** Every key, from {@link Message} and from the sources of the compiler. */
  static Set<String> all() throws IOException {
    Set<String> keys = new TreeSet<>(Arrays.stream(Message.values()).map(Message::key).toList());
    for (Path file : sources()) {
      Matcher made = MADE.matcher(Files.readString(file));
      while (made.find()) {
        keys.add(made.group(1));
      }
    }
    return keys;
  }

  private static List<Path> sources() throws IOException {
    List<Path> all = new ArrayList<>();
    for (Path root : SOURCES) {
      try (Stream<Path> files = Files.walk(root)) {
        files.filter(f -> f.toString().endsWith(".java")).sorted().forEach(all::add);
      }
    }
    return all;
  }
}
