package dev.cortado.train;

import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A bar for the epoch that runs. The classes of the progress bar library are named here only. */
final class TerminalBar implements Callback {
  private @Nullable ProgressBar bar;

  @Override
  public void epochStarted(Training training) {
    bar =
        new ProgressBarBuilder()
            .setTaskName("epoch " + training.epoch() + "/" + training.epochs())
            .setInitialMax(training.batches())
            .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
            .setUpdateIntervalMillis(100)
            .clearDisplayOnFinish()
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
}
