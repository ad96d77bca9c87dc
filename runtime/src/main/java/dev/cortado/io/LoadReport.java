package dev.cortado.io;

import java.util.List;

/**
 * What became of a file's tensors and a network's parameters.
 *
 * @param loaded parameters that were set
 * @param missing parameters for which the file has nothing; they kept their values
 * @param unexpected tensors of the file that no parameter asked for
 * @param mismatched parameters whose shape differs, with both shapes; they kept their values
 */
public record LoadReport(
    List<String> loaded, List<String> missing, List<String> unexpected, List<String> mismatched) {
  public LoadReport {
    loaded = List.copyOf(loaded);
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
    mismatched = List.copyOf(mismatched);
  }

  /** Whether file and network agree in full. */
  public boolean complete() {
    return missing.isEmpty() && unexpected.isEmpty() && mismatched.isEmpty();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(loaded.size() + " loaded");
    list(text, "missing", missing);
    list(text, "unexpected", unexpected);
    list(text, "mismatched", mismatched);
    return text.toString();
  }

  private static void list(StringBuilder text, String what, List<String> names) {
    if (!names.isEmpty()) {
      text.append("; ").append(names.size()).append(' ').append(what).append(": ");
      text.append(String.join(", ", names));
    }
  }
}
