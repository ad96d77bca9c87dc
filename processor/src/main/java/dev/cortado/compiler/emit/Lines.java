package dev.cortado.compiler.emit;

import java.util.ArrayList;
import java.util.List;

/** Indented lines of code. */
public final class Lines {
  private static final int WIDTH = 92;

  private final List<String> lines = new ArrayList<>();

  public Lines add(String line) {
    lines.add(line);
    return this;
  }

  /** A block: {@code head} opens it, {@code }} closes it. */
  public Lines block(String head, Lines body) {
    lines.add(head + " {");
    indented(body);
    lines.add("}");
    return this;
  }

  public Lines indented(Lines body) {
    body.lines.forEach(l -> lines.add(l.isEmpty() ? l : "  " + l));
    return this;
  }

  /** The last line opens a block. */
  Lines withBlock(Lines body) {
    String head = lines.removeLast();
    return block(head, body);
  }

  public Lines addAll(Lines other) {
    lines.addAll(other.lines);
    return this;
  }

  public boolean isEmpty() {
    return lines.isEmpty();
  }

  /** Takes all lines out. */
  Lines drain() {
    Lines all = new Lines().addAll(this);
    lines.clear();
    return all;
  }

  /** Long lines are broken after a comma or before an operator. */
  public String text() {
    StringBuilder text = new StringBuilder();
    lines.forEach(l -> wrap(l, text));
    return text.toString();
  }

  private static void wrap(String line, StringBuilder text) {
    String indent = " ".repeat(line.length() - line.stripLeading().length());
    String rest = line.stripLeading();
    String lead = indent;
    while (lead.length() + rest.length() > WIDTH && !rest.startsWith("//")) {
      int at = breakBefore(rest, WIDTH - lead.length());
      if (at <= 0) {
        break;
      }
      text.append(lead).append(rest, 0, at).append('\n');
      rest = rest.substring(at + 1);
      lead = indent + "    ";
    }
    text.append(lead).append(rest).append('\n');
  }

  /**
   * The space to break at: outside of as many brackets as possible, then as late as fits; -1 for
   * none.
   */
  private static int breakBefore(String text, int width) {
    int best = -1;
    int bestDepth = Integer.MAX_VALUE;
    int depth = 0;
    for (int i = 1; i < text.length() && !text.startsWith(" // ", i); i++) {
      char c = text.charAt(i);
      if (c == '(' || c == '[') {
        depth++;
      } else if (c == ')' || c == ']') {
        depth--;
      } else if (c == ' ' && isBreak(text, i)) {
        if (i > width && best >= 0) {
          break;
        }
        if (depth <= bestDepth) {
          best = i;
          bestDepth = depth;
        }
      }
    }
    return best;
  }

  /** After a comma or an assignment, or before an operator. */
  private static boolean isBreak(String text, int space) {
    char before = text.charAt(space - 1);
    if (before == ',') {
      return true;
    }
    String next = text.substring(space + 1, Math.min(text.length(), space + 4));
    return (before == '=' && space > 1 && text.charAt(space - 2) == ' ')
        || next.matches("([-+*/?:] .?|&& |\\|\\| )");
  }
}
