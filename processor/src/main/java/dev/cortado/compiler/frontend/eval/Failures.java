package dev.cortado.compiler.frontend.eval;

import com.sun.source.util.TreePath;
import dev.cortado.compiler.frontend.StagingError;

/** Makes the errors of this package, so that the same mistake reads the same everywhere. */
final class Failures {
  private Failures() {}

  static StagingError at(TreePath path, Frame frame, String key, String message) {
    return new StagingError(key, message, frame.trace(path));
  }

  static StagingError unsupported(TreePath path, Frame frame, String what, String instead) {
    return at(path, frame, "unsupported", what + " cannot be compiled into a network; " + instead);
  }

  /** An expression whose value a tensor's data decide. */
  static StagingError dataDependent(TreePath path, Frame frame, String what) {
    return at(
        path,
        frame,
        "data-dependent",
        what
            + " depends on the data, which are known only when the network runs; to choose by data,"
            + " write where(mask, a, b) on tensors, or map(v -> v > 0 ? v : 0, x) on their"
            + " elements");
  }

  static StagingError runTimeSize(TreePath path, Frame frame, String text, Object value) {
    return at(
        path,
        frame,
        "run-time-size",
        text
            + " is "
            + value
            + ", known only at run time; an 'if', a loop bound or a number must be known when the"
            + " model is compiled: use a dimension that @Shape gives as an integer, or scan(...) to"
            + " go along a dimension");
  }

  static StagingError nullUsed(TreePath path, Frame frame, String text) {
    return at(
        path, frame, "null", text + " is null here; give it a value in the field or constructor");
  }

  static StagingError thrown(TreePath path, Frame frame, String message) {
    return at(path, frame, "thrown", message);
  }
}
