package dev.cortado.compiler.frontend.report;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** "Did you mean": the known name closest to an unknown one. */
public final class Suggestion {
  private Suggestion() {}

  /**
   * The closest of the known names, when it is close enough to be a typing mistake: at most a third
   * of the letters inserted, left out, replaced or swapped with a neighbour. Letter case does not
   * count.
   */
  public static Optional<String> closest(String unknown, Collection<String> known) {
    int limit = Math.max(1, unknown.length() / 3);
    return known.stream()
        .filter(name -> !name.equals(unknown))
        .filter(name -> distance(fold(unknown), fold(name)) <= limit)
        .min(
            Comparator.<String>comparingInt(name -> distance(fold(unknown), fold(name)))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** {@code "; did you mean 'relu'?"}, or nothing. */
  public static String hint(String unknown, Collection<String> known) {
    return closest(unknown, known).map(name -> "; did you mean '" + name + "'?").orElse("");
  }

  private static String fold(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** The number of edits (optimal string alignment) that turn one word into the other. */
  static int distance(String a, String b) {
    int[][] edits = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        edits[i][j] = i == 0 || j == 0 ? i + j : step(edits, a, b, i, j);
      }
    }
    return edits[a.length()][b.length()];
  }

  private static int step(int[][] edits, String a, String b, int i, int j) {
    int replace = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
    int best = Math.min(replace, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
    boolean swapped =
        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    return swapped ? Math.min(best, 1 + edits[i - 2][j - 2]) : best;
  }
}
