package dev.cortado.compiler.graph;

import java.util.List;

/**
 * Where a node comes from: the innermost frame in source of this compilation first, then its
 * callers.
 *
 * @param name what a reader calls the result: the layer field's path ({@code conv1}, {@code
 *     blocks.0.down}), else the operation's name ({@code maxPool2d}); the emitter names buffers and
 *     kernels after it
 * @param layer path of the innermost layer instance being applied ({@code blocks.0.down}), empty at
 *     the root
 */
public record Origin(String name, String layer, List<Frame> frames) {
  public static final Origin NONE = new Origin("", "", List.of());

  public Origin {
    frames = List.copyOf(frames);
  }

  public Origin named(String newName) {
    return new Origin(newName, layer, frames);
  }

  /**
   * One expression being evaluated.
   *
   * @param file simple file name, {@code MnistCnn.java}
   * @param line 1-based
   * @param column 1-based
   * @param source the trimmed text of the source line
   * @param position character offset in the file, for mapping back to a tree
   */
  public record Frame(String file, int line, int column, String source, long position) {}
}
