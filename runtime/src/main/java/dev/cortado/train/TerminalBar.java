package dev.cortado.train;

import java.io.PrintStream;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar for the epoch that runs. The classes of the progress bar library are named here only. */
final class TerminalBar implements Callback {
  private final PrintStream out;
  private @Nullable ProgressBar bar;

  TerminalBar(PrintStream out) {
    this.out = out;
  }

  @Override
  public void epochStarted(Training training) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(Reports.epoch(training.epoch(), training.epochs()))
            .setInitialMax(training.batches())
            .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
            .setUpdateIntervalMillis(100)
            .setConsumer(new OneLine(out))
            .build();
    bar.stepTo(training.batch());
  }

  @Override
  public void stepDone(Training training) {
    if (bar != null) {
      bar.stepTo(training.batch());
      bar.setExtraMessage(String.format(Locale.ROOT, " loss %.4f", training.loss()));
    }
  }

  @Override
  public void epochDone(Training training, EpochResult result) {
    close();
  }

  @Override
  public void finished(Training training, History history) {
    close();
  }

  private void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  /** A line that is drawn over and over, and gone when the epoch is: its own line follows. */
  private static final class OneLine extends ConsoleProgressBarConsumer {
    private static final String ERASE = "\r\033[K";

    /** Asking the terminal takes native code, of which the JVM warns; all are this wide. */
    private static final int WIDTH = 79;

    private final PrintStream out;

    OneLine(PrintStream out) {
      super(out, WIDTH);
      this.out = out;
    }

    @Override
    public void close() {
      out.print(ERASE);
      out.flush();
    }
  }
}
