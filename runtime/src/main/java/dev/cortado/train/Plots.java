package dev.cortado.train;

import java.nio.file.Path;

/** Pictures by XChart, which is optional: nothing outside {@link Charts} names it. */
final class Plots {
  private Plots() {}

  static boolean history(History history, Path file) {
    return draw("org.knowm.xchart.XYChart", file, () -> Charts.history(history, file));
  }

  static boolean learningRates(double[] rates, double[] losses, Path file) {
    return draw("org.knowm.xchart.XYChart", file, () -> Charts.learningRates(rates, losses, file));
  }

  private static boolean draw(String needed, Path file, Runnable drawing) {
    try {
      Class.forName(needed, false, Plots.class.getClassLoader());
      drawing.run();
      return true;
    } catch (ClassNotFoundException e) {
      System.err.println(
          "No picture in "
              + file
              + ": the optional library org.knowm.xchart:xchart is not on the class path.");
    } catch (LinkageError e) {
      // The desktop classes, or the fonts they need, are missing from this Java.
      System.err.println("No picture in " + file + ": this Java cannot draw (" + e + ").");
    }
    return false;
  }
}
