package dev.cortado.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ErfTest {
  /** Values of the error function to 16 digits (Abramowitz and Stegun, table 7.1, and DLMF 7.2). */
  private static final double[][] TABLE = {
    {0.0, 0.0},
    {0.1, 0.1124629160182849},
    {0.5, 0.5204998778130465},
    {0.9, 0.7969082124228321},
    {1.0, 0.8427007929497149},
    {1.5, 0.9661051464753108},
    {2.0, 0.9953222650189527},
    {3.0, 0.9999779095030014},
    {4.0, 0.9999999845827421},
    {9.0, 1.0}
  };

  @Test
  void agreesWithTheTableAndIsOdd() {
    for (double[] row : TABLE) {
      float x = (float) row[0];
      double slope = 2 / Math.sqrt(Math.PI) * Math.exp(-row[0] * row[0]);
      double expected = row[1] + slope * (x - row[0]);
      assertThat((double) Erf.erf(x)).isEqualTo(expected, within(1.2e-7 * Math.max(0.1, expected)));
      assertThat(Erf.erf(-x)).isEqualTo(-Erf.erf(x));
    }
    assertThat(Erf.erf(Float.NaN)).isNaN();
    assertThat(Erf.erf(Float.NEGATIVE_INFINITY)).isEqualTo(-1f);
  }
}
