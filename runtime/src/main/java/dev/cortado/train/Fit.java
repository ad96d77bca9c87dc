package dev.cortado.train;

import dev.cortado.Network;
import dev.cortado.Port;
import dev.cortado.data.Column;
import dev.cortado.data.Dataset;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** Whether data fit a network, found out before anything is computed. */
final class Fit {
  private Fit() {}

  /**
   * Checks that there are samples, and their columns' number, kinds, sizes and labels.
   *
   * @param what the data set is called in messages
   */
  static void check(Network net, Dataset data, String what) {
    if (data.size() == 0) {
      throw new IllegalArgumentException(what + " is empty: " + net.name() + " needs samples");
    }
    check(net, net.inputs(), data.inputs(), what, "input");
    check(net, net.targets(), data.targets(), what, "target");
    if (net.targets().size() == 1 && net.targets().getFirst().kind() == Port.Kind.LABEL) {
      checkLabels(net.targets().getFirst(), data, what);
    }
  }

  private static void check(
      Network net, List<Port> ports, List<Column> columns, String what, String role) {
    if (ports.size() != columns.size()) {
      throw new IllegalArgumentException(
          "%s takes %d %s%s %s, but %s has %d"
              .formatted(
                  net.name(),
                  ports.size(),
                  role,
                  ports.size() == 1 ? "" : "s",
                  ports.stream().map(Port::name).toList(),
                  what,
                  columns.size()));
    }
    for (int i = 0; i < ports.size(); i++) {
      check(net, ports.get(i), columns.get(i), what, role + " " + i);
    }
  }

  private static void check(Network net, Port port, Column column, String what, String where) {
    if ((port.kind() == Port.Kind.FLOAT) != (column.kind() == Port.Kind.FLOAT)) {
      throw new IllegalArgumentException(
          "%s: %s takes %s, but %s of %s is %s"
              .formatted(
                  net.name(), port.name(), array(port.kind()), where, what, array(column.kind())));
    }
    long expected = fixedCount(port);
    if (expected >= 0 && expected != column.count()) {
      throw new IllegalArgumentException(
          "%s: %s is %s, so a sample has %,d elements; in %s %s has %,d (shape %s)"
              .formatted(
                  net.name(),
                  port.name(),
                  port.shape(),
                  expected,
                  what,
                  where,
                  column.count(),
                  column.shape()));
    }
  }

  private static String array(Port.Kind kind) {
    return kind == Port.Kind.FLOAT ? "float[]" : "int[]";
  }

  /** Elements of one sample, or -1 when the declared shape leaves it open. */
  private static long fixedCount(Port port) {
    if (port.shape().isEmpty() || !Samples.isSymbol(port.shape().getFirst())) {
      return -1;
    }
    long count = 1;
    for (String dimension : port.shape().subList(1, port.shape().size())) {
      if (!dimension.chars().allMatch(Character::isDigit)) {
        return -1;
      }
      count *= Integer.parseInt(dimension);
    }
    return count;
  }

  private static void checkLabels(Port port, Dataset data, String what) {
    if (port.classes() == 0 || data.targets().getFirst().count() != 1) {
      return;
    }
    int[] labels = data.labels();
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= port.classes()) {
        throw new IllegalArgumentException(
            "label %d of sample %d in %s is out of range: %s has %d classes, 0 to %d"
                .formatted(labels[i], i, what, port.name(), port.classes(), port.classes() - 1));
      }
    }
  }

  /**
   * The values of the network's symbols other than the batch's, in its order; empty, which stands
   * for their maxima, when the shapes of the data do not say.
   */
  static List<Integer> sizes(Network net, Dataset data) {
    List<Integer> values = new ArrayList<>();
    for (String symbol : net.symbols()) {
      OptionalInt value = size(symbol, net.inputs(), data.inputs());
      if (value.isEmpty()) {
        return List.of();
      }
      values.add(value.getAsInt());
    }
    return List.copyOf(values);
  }

  private static OptionalInt size(String symbol, List<Port> ports, List<Column> columns) {
    for (int i = 0; i < ports.size(); i++) {
      List<String> declared = ports.get(i).shape();
      List<Integer> own = columns.get(i).shape();
      // The first dimension is the batch's, which columns do not have.
      int at = declared.indexOf(symbol);
      if (at > 0 && own.size() == declared.size() - 1) {
        return OptionalInt.of(own.get(at - 1));
      }
    }
    return OptionalInt.empty();
  }
}
