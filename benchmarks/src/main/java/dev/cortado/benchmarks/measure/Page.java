package dev.cortado.benchmarks.measure;

import dev.cortado.io.AtomicFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A page whose tables are written by programs, each between two comments. */
public final class Page {
  private Page() {}

  /**
   * Replaces what stands between {@code <!-- name -->} and {@code <!-- end of name -->}.
   *
   * @throws IllegalStateException when the page has no such place
   */
  public static void replace(Path page, String name, String text) throws IOException {
    String before = Files.readString(page);
    String opening = "<!-- " + name + " -->\n";
    int from = before.indexOf(opening);
    int to = before.indexOf("<!-- end of " + name + " -->");
    if (from < 0 || to < from) {
      throw new IllegalStateException(
          "%s has no place for %s: write \"%s\" and \"<!-- end of %s -->\" where it belongs"
              .formatted(page, name, opening.strip(), name));
    }
    String after = before.substring(0, from) + opening + text + before.substring(to);
    AtomicFile.write(page, after.getBytes(StandardCharsets.UTF_8));
  }
}
