package dev.cortado.compiler.emit;

import java.util.ArrayList;
import java.util.List;

/** Indented lines of code. */
final class Lines {
  private static final int WIDTH = 92;

  private final List<String> lines = new ArrayList<>();

  Lines add(String line) {
    lines.add(line);
    return this;
  }

  /** A block: {@code head} opens it, {@code }} closes it. */
  Lines block(String head, Lines body) {
    lines.add(head + " {");
    indented(body);
    lines.add("}");
    return this;
  }

  Lines indented(Lines body) {
    body.lines.forEach(l -> lines.add("  " + l));
    return this;
  }

  /** The last line opens a block. */
  Lines withBlock(Lines body) {
    String head = lines.removeLast();
    return block(head, body);
  }

  Lines addAll(Lines other) {
    lines.addAll(other.lines);
    return this;
  }

  boolean isEmpty() {
    return lines.isEmpty();
  }

  /** Takes all lines out. */
  Lines drain() {
    Lines all = new Lines().addAll(this);
    lines.clear();
    return all;
  }

  /** Long lines are broken after a comma or before an operator. */
  String text() {
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

  /** The position of the last space to break at, within {@code width} if possible; -1 for none. */
  private static int breakBefore(String text, int width) {
    int best = -1;
    int comment = text.indexOf(" // ");
    for (int i = text.indexOf(' '); i >= 0; i = text.indexOf(' ', i + 1)) {
      if (comment >= 0 && i >= comment) {
        break;
      }
      boolean good =
          text.charAt(i - 1) == ','
              || (i + 2 < text.length()
                  && "+-*/?:&|".indexOf(text.charAt(i + 1)) >= 0
                  && (text.charAt(i + 2) == ' '
                      || text.charAt(i + 2) == '&'
                      || text.charAt(i + 2) == '|'));
      if (good && (i <= width || best < 0)) {
        best = i;
      }
      if (i > width && best >= 0) {
        break;
      }
    }
    return best;
  }
}
