package dev.cortado.compiler.frontend.source;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticListener;
import javax.tools.JavaFileObject;

/**
 * The private compilation's own errors. They are never printed: javac finds the same ones in the
 * same places and says so once. They tell us which trees not to judge.
 */
final class JavaErrors implements DiagnosticListener<JavaFileObject> {
  private static final Pattern UNKNOWN_CLASS =
      Pattern.compile("symbol:\\s+(?:class |variable \\p{Lu})");

  /** One error: where in its file, and what javac says. */
  private record Found(long position, boolean unknownType, String text) {}

  private final Map<URI, List<Found>> errors = new HashMap<>();

  @Override
  public void report(Diagnostic<? extends JavaFileObject> diagnostic) {
    if (diagnostic.getKind() == Diagnostic.Kind.ERROR
        && diagnostic.getSource() != null
        && diagnostic.getPosition() != Diagnostic.NOPOS) {
      errors
          .computeIfAbsent(diagnostic.getSource().toUri(), uri -> new ArrayList<>())
          .add(
              new Found(
                  diagnostic.getPosition(),
                  isUnknownType(diagnostic),
                  diagnostic.getMessage(Locale.ROOT)));
    }
  }

  /** Such an error goes away when another processor generates the type. */
  private static boolean isUnknownType(Diagnostic<?> diagnostic) {
    String code = String.valueOf(diagnostic.getCode());
    String text = diagnostic.getMessage(Locale.ROOT);
    return code.startsWith("compiler.err.doesnt.exist")
        || (code.startsWith("compiler.err.cant.resolve") && UNKNOWN_CLASS.matcher(text).find());
  }

  boolean within(URI file, long start, long end) {
    return first(file, start, end).isPresent();
  }

  /** What javac says about the first error in a range. */
  Optional<String> text(URI file, long start, long end) {
    return first(file, start, end).map(Found::text);
  }

  /** Some error in the range names a type that does not exist (yet). */
  boolean unknownTypeWithin(URI file, long start, long end) {
    return errors.getOrDefault(file, List.of()).stream()
        .anyMatch(e -> e.unknownType() && e.position() >= start && e.position() <= end);
  }

  private Optional<Found> first(URI file, long start, long end) {
    return errors.getOrDefault(file, List.of()).stream()
        .filter(e -> e.position() >= start && e.position() <= end)
        .findFirst();
  }
}
