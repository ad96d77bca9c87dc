package dev.cortado.train;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.Port;
import dev.cortado.TrainingSession;
import dev.cortado.data.Batches;
import dev.cortado.data.Column;
import dev.cortado.data.Dataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
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
      checkLabels(net, net.targets().getFirst(), data, what);
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

  private static void checkLabels(Network net, Port port, Dataset data, String what) {
    if (port.classes() == 0 || data.targets().getFirst().count() != 1) {
      return;
    }
    int[] labels = data.labels();
    // The loss may leave out one label, such as -1: only the network knows.
    int leftOut = 0;
    for (int i = 0; i < labels.length; i++) {
      boolean outside = labels[i] >= port.classes() || labels[i] < 0;
      if (outside && labels[i] != leftOut) {
        if (labels[i] >= 0 || !accepts(net, data, i)) {
          throw new IllegalArgumentException(
              "label %d of sample %d in %s is out of range: %s has %d classes, 0 to %d"
                  .formatted(labels[i], i, what, port.name(), port.classes(), port.classes() - 1));
        }
        leftOut = labels[i];
      }
    }
  }

  private static boolean accepts(Network net, Dataset data, int sample) {
    Batch one = Batches.allocate(data, 1);
    data.read(sample, 0, one, 0);
    try (TrainingSession session = net.session(1)) {
      session.evaluate(new Batch(1, one.inputs(), one.targets(), sizes(net, data)));
      return true;
    } catch (IllegalArgumentException refused) {
      return false;
    }
  }

  /**
   * Checks that the training set has a sample of every class that the validation set has, for what
   * was never shown cannot be learned.
   */
  static void checkClasses(Dataset train, Dataset held) {
    if (!Evaluation.labelled(train) || train.targets().getFirst().count() != 1) {
      return;
    }
    BitSet shown = new BitSet();
    Arrays.stream(train.labels()).filter(label -> label >= 0).forEach(shown::set);
    int[] labels = held.labels();
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] >= 0 && !shown.get(labels[i])) {
        throw new IllegalArgumentException(
            "class %d of sample %d in the validation set is missing from the training set: split with .stratifiedSplit(fraction, seed)"
                .formatted(labels[i], i));
      }
    }
  }

  /** Checks that what early stopping watches will be measured. */
  static void checkWatched(EarlyStopping rule, boolean labelled, List<Metric> metrics) {
    List<String> measured = new ArrayList<>(List.of("loss"));
    if (labelled) {
      measured.add("accuracy");
    }
    measured.add("validation loss");
    if (labelled) {
      measured.add("validation accuracy");
    }
    metrics.forEach(metric -> measured.add(metric.name()));
    if (rule.active() && !measured.contains(rule.watched())) {
      throw new IllegalArgumentException(
          "early stopping watches \"%s\", which is not measured; there are %s"
              .formatted(rule.watched(), measured));
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
