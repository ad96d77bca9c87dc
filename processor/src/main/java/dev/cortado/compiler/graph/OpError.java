package dev.cortado.compiler.graph;

/** The inputs of an operation do not fit. The frontend adds where and how the shapes came about. */
public final class OpError extends RuntimeException {
  private static final long serialVersionUID = 1L;
  private final String key;

  /**
   * @param key stable error key, {@code matmul-inner}; {@code docs/errors.md} has a section for
   *     each
   * @param message what was expected, what came, what to do
   */
  public OpError(String key, String message) {
    super(message, null, false, false);
    this.key = key;
  }

  public String key() {
    return key;
  }
}
