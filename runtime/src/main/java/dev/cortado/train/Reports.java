package dev.cortado.train;

import java.io.PrintStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Says how a run goes: a line an epoch, and on a terminal a bar while an epoch runs. In a log file,
 * in a pipe and under CI there are lines only.
 */
final class Reports implements Callback {
  private final PrintStream out;
  private @Nullable Callback bar;

  Reports(PrintStream out, boolean live) {
    this.out = out;
    this.bar = live ? bar(out) : null;
  }

  /** Whether someone watches: a terminal that can move its cursor, and no CI. */
  static boolean watched() {
    return System.console() != null
        && System.console().isTerminal()
        && System.getenv("CI") == null
        && !"dumb".equals(System.getenv("TERM"));
  }

  private static @Nullable Callback bar(PrintStream out) {
    try {
      Class.forName("me.tongfei.progressbar.ProgressBar", false, Reports.class.getClassLoader());
      return new TerminalBar(out);
    } catch (ClassNotFoundException e) {
      out.println(
          "(No progress bar: the optional library me.tongfei:progressbar is not on the class"
              + " path.)");
      return null;
    }
  }

  @Override
  public void epochStarted(Training training) {
    if (bar != null) {
      bar.epochStarted(training);
    }
  }

  @Override
  public void stepDone(Training training) {
    if (bar != null) {
      bar.stepDone(training);
    }
  }

  @Override
  public void epochDone(Training training, EpochResult result) {
    if (bar != null) {
      bar.epochDone(training, result);
    }
    out.println(line(training, result));
  }

  @Override
  public void finished(Training training, History history) {
    if (bar != null) {
      bar.finished(training, history);
    }
    String kept =
        history.bestEpoch() > 0 ? "; kept the weights of epoch " + history.bestEpoch() : "";
    out.println(history.ending() + kept);
  }

  /** {@code epoch 3/25}, as wide as the last epoch's. */
  static String epoch(int epoch, int epochs) {
    int digits = String.valueOf(epochs).length();
    return String.format(Locale.ROOT, "epoch %" + digits + "d/%d", epoch, epochs);
  }

  private static String line(Training training, EpochResult result) {
    StringBuilder line = new StringBuilder(epoch(result.epoch(), training.epochs()));
    line.append(String.format(Locale.ROOT, "  loss %.4f", result.loss()));
    append(line, "  accuracy ", result.accuracy());
    if (!Double.isNaN(result.validationLoss())) {
      line.append(String.format(Locale.ROOT, "  validation loss %.4f", result.validationLoss()));
      append(line, "  accuracy ", result.validationAccuracy());
    }
    result
        .metrics()
        .forEach(
            (name, value) -> line.append(String.format(Locale.ROOT, "  %s %.4f", name, value)));
    return line.append(
            String.format(Locale.ROOT, "  %,.0f %s/s", result.samplesPerSecond(), training.unit()))
        .toString();
  }

  private static void append(StringBuilder line, String name, double fraction) {
    if (!Double.isNaN(fraction)) {
      line.append(name).append(String.format(Locale.ROOT, "%6.2f%%", 100 * fraction));
    }
  }
}
