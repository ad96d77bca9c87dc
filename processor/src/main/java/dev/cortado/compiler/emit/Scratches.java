package dev.cortado.compiler.emit;

import dev.cortado.kernel.Strip;

/** Which scratch strips are taken, in the whole kernel. */
final class Scratches {
  private final boolean[] taken = new boolean[Strip.SCRATCHES];
  private boolean used;

  int take() {
    used = true;
    for (int i = 0; i < taken.length; i++) {
      if (!taken[i]) {
        taken[i] = true;
        return i;
      }
    }
    throw new TooMany();
  }

  void release(int scratch) {
    if (scratch >= 0) {
      taken[scratch] = false;
    }
  }

  boolean used() {
    return used;
  }

  /** A kernel holds more intermediate results than there is scratch for. */
  static final class TooMany extends RuntimeException {
    private static final long serialVersionUID = 1;
  }
}
