package dev.cortado.train;

import java.nio.file.Path;

/**
 * The loss or a gradient is infinite or not a number. It is thrown before the weights are changed,
 * so the network still holds the last ones that worked.
 */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final long step;

  public DivergedException(long step, String message) {
    super(message);
    this.step = step;
  }

  /** The number of updates that were made before. */
  public long step() {
    return step;
  }

  /** The same with a word on the last checkpoint that was saved. */
  DivergedException withCheckpoint(Checkpoints checkpoints) {
    String kept =
        checkpoints.files().stream()
            .findFirst()
            .map(Path::toString)
            .map(file -> "; the last checkpoint is " + file)
            .orElse("; no checkpoint was saved yet");
    DivergedException more = new DivergedException(step, getMessage() + kept);
    more.addSuppressed(this);
    return more;
  }
}
