package dev.cortado.compiler.pass;

import java.util.List;

/** Which passes run, in order. */
public final class Passes {
  /** For programs that learn. */
  public static final List<Pass> TRAINING =
      List.of(
          new RemoveDeadCode(), new HoistFromScans(), new RemoveDeadCode(), new SplitWideConcat());

  /** For programs that only answer. */
  public static final List<Pass> INFERENCE =
      List.of(
          new RemoveDropout(),
          new RemoveDeadCode(),
          new HoistFromScans(),
          new RemoveDeadCode(),
          new SplitWideConcat());

  private Passes() {}
}
