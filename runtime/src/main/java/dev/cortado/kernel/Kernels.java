package dev.cortado.kernel;

import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Which kernels this JVM runs: on the Vector API where the module {@code jdk.incubator.vector} is
 * present and its vectors are worth it, else plain loops. The choice is made once; {@code
 * -Dcortado.kernels=plain} or {@code vector} overrides it.
 */
final class Kernels {
  /** True for the Vector API. Being constant, it costs nothing where kernels branch on it. */
  static final boolean VECTOR = choose(System.getProperty("cortado.kernels", "auto"));

  private Kernels() {}

  private static boolean choose(String wanted) {
    @Nullable Module vectors = ModuleLayer.boot().findModule("jdk.incubator.vector").orElse(null);
    boolean present = vectors != null;
    if (vectors != null) {
      // Not in the module's declaration: javac would warn every modular program of an incubator.
      Kernels.class.getModule().addReads(vectors);
    }
    boolean vector =
        switch (wanted) {
          case "plain" -> false;
          case "vector" -> {
            if (!present) {
              throw new IllegalStateException(
                  "cortado.kernels=vector needs the module jdk.incubator.vector: start java with"
                      + " --add-modules jdk.incubator.vector");
            }
            yield true;
          }
          case "auto" -> present && Lanes.usable();
          default ->
              throw new IllegalStateException(
                  "cortado.kernels must be auto, plain or vector, but is \"" + wanted + '"');
        };
    if (!vector) { // Where all is as it should be, nothing is said: a logger's start takes 10 ms.
      System.getLogger("dev.cortado.kernel")
          .log(
              present ? Level.DEBUG : Level.INFO,
              "kernels in plain loops; --add-modules jdk.incubator.vector makes them several times faster");
    }
    return vector;
  }
}
