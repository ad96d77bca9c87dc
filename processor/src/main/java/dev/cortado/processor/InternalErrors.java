package dev.cortado.processor;

import dev.cortado.compiler.frontend.StagingError;
import dev.cortado.compiler.frontend.report.Message;
import dev.cortado.compiler.frontend.report.Problem;
import dev.cortado.compiler.model.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.lang.model.element.Element;

/** Turns a mistake of ours into an error that says what Cortado was doing and what to send. */
final class InternalErrors {
  private static final int FRAMES = 8;

  private InternalErrors() {}

  /** An exception that left the evaluator with the tree it was looking at. */
  static StagingError describe(StagingError error, Signature signature) {
    Throwable cause = error.getCause() == null ? error : error.getCause();
    String what =
        error.where().isEmpty() ? "the bodies of " + signature.modelReference() : firstLine(error);
    return new StagingError(error.key(), text(cause, what), error.where());
  }

  /** An exception that left it without one. */
  static StagingError describe(Throwable cause, String what) {
    return new StagingError(StagingError.INTERNAL, text(cause, what), List.of());
  }

  static Problem problem(Throwable cause, String what, Element element) {
    Problem empty = Problem.error(Message.INTERNAL, element, "", "");
    return new Problem(empty.kind(), empty.key(), text(cause, what), element, null, null);
  }

  private static String firstLine(StagingError error) {
    String code = error.where().getFirst().getLeaf().toString().strip();
    return "'" + code.lines().findFirst().orElse("") + "'";
  }

  private static String text(Throwable cause, String what) {
    String frames =
        Arrays.stream(cause.getStackTrace())
            .limit(FRAMES)
            .map(frame -> "\n  at " + frame)
            .collect(Collectors.joining());
    return Message.INTERNAL.text(what, cause) + frames;
  }
}
