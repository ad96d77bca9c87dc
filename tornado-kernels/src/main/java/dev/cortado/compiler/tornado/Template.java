package dev.cortado.compiler.tornado;

import dev.cortado.compiler.emit.Lines;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Text that is the same in every network, from a file beside this class. */
final class Template {
  private Template() {}

  static Lines read(String file) {
    return read(file, "");
  }

  /** The same with {@code $network} replaced. */
  static Lines read(String file, String network) {
    Lines lines = new Lines();
    text(file).replace("$network", network).lines().forEach(lines::add);
    return lines;
  }

  static String text(String file) {
    try (InputStream in = Template.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException("not in the jar: " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
