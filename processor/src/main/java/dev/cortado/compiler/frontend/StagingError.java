package dev.cortado.compiler.frontend;

import com.sun.source.util.TreePath;
import java.util.List;

/**
 * The user's program is wrong. One is thrown for a model and ends its staging; other models go on.
 */
public final class StagingError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The key of what javac itself reports: never printed by us. */
  public static final String JAVAC = "javac";

  /** The key of a mistake of ours. */
  public static final String INTERNAL = "internal";

  private final String key;
  private final transient List<TreePath> where;

  /**
   * @param key stable error key; {@code docs/errors.md} has a section for each
   * @param message the first line and any lines that explain (the chain of shapes), without
   *     position
   * @param where the wrong expression and then its callers, innermost first, paths of the private
   *     task; the report points at the first that is in this compilation and lists the rest
   */
  public StagingError(String key, String message, List<TreePath> where) {
    super(message);
    this.key = key;
    this.where = List.copyOf(where);
  }

  /**
   * The tree is wrong Java ({@link Analysis#isErroneous}): the model gets its API and nothing more.
   */
  public static StagingError javac(TreePath where) {
    return new StagingError(JAVAC, "wrong Java", List.of(where));
  }

  /** Cortado itself failed while it looked at a tree. */
  public static StagingError internal(Throwable cause, List<TreePath> where) {
    StagingError error = new StagingError(INTERNAL, String.valueOf(cause), where);
    error.initCause(cause);
    return error;
  }

  public String key() {
    return key;
  }

  public List<TreePath> where() {
    return where;
  }
}
