package dev.cortado.compiler.emit;

import dev.cortado.compiler.graph.Origin;
import dev.cortado.compiler.plan.Step;

/** Quotes the user's source in comments. */
public final class Comments {
  private Comments() {}

  /**
   * {@code MnistCnn.java:12: h = relu(fc1.apply(h));}, empty for what has no place in the source.
   */
  public static String source(Origin origin) {
    if (origin.frames().isEmpty()) {
      return "";
    }
    Origin.Frame frame = origin.frames().getFirst();
    return plain(frame.file() + ":" + frame.line() + ": " + frame.source());
  }

  public static String kernel(Step.Kernel kernel) {
    String source = source(kernel.origin());
    String title = html(plain(kernel.title()));
    return source.isEmpty() ? title + "\n" : title + "\n\n<p>" + html(source) + "\n";
  }

  /** No unicode escape and no end of a comment, which javac would see even there. */
  public static String plain(String text) {
    return text.replace("\\", "\\ ").replace("*/", "* /");
  }

  private static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("@", "&#64;");
  }
}
