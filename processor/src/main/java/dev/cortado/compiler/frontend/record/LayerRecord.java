package dev.cortado.compiler.frontend.record;

import java.util.Optional;

/**
 * Where and how the source of a class is kept in the class output: {@code META-INF/cortado/<binary
 * name of the top-level class>.java} holds the whole source file, so that positions stay what they
 * are. A second top-level class of the same file gets a pointer, one comment, instead of another
 * copy.
 */
public final class LayerRecord {
  private static final String POINTER = "// declared with ";

  private LayerRecord() {}

  /** The resource's path, relative to the root of a jar or class output. */
  public static String resource(String topLevelBinaryName) {
    return "META-INF/cortado/" + topLevelBinaryName + ".java";
  }

  static String pointerTo(String topLevelBinaryName) {
    return POINTER + topLevelBinaryName + "\n";
  }

  /** The class whose record holds the source, when this record only points there. */
  public static Optional<String> pointer(String text) {
    return text.startsWith(POINTER)
        ? Optional.of(text.substring(POINTER.length()).strip())
        : Optional.empty();
  }
}
