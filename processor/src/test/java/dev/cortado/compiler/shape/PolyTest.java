package dev.cortado.compiler.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cortado.compiler.expr.LoopVar;
import org.junit.jupiter.api.Test;

class PolyTest {
  private static final Poly N = Poly.symbol("N");
  private static final Poly T = Poly.symbol("T");

  @Test
  void equalAsFunctionsMeansEqual() {
    assertThat(N.plus(1).times(N.minus(1))).isEqualTo(N.times(N).minus(1)).hasToString("N*N - 1");
    assertThat(N.plus(T).minus(T)).isEqualTo(N);
    assertThat(N.minus(N)).isEqualTo(Poly.ZERO);
  }

  @Test
  void divisionTakesOutWhatDivides() {
    assertThat(N.times(64).plus(130).floorDiv(64)).isEqualTo(N.plus(2));
    assertThat(N.times(64).plus(130).mod(Poly.of(64))).isEqualTo(Poly.of(2));
    assertThat(T.minus(3).floorDiv(2)).isEqualTo(T.plus(1).floorDiv(2).minus(2));
    assertThat(T.minus(3).floorDiv(2)).hasToString("floor((T + 1)/(2)) - 2");
    assertThat(N.times(T).plus(T).floorDiv(T)).isEqualTo(N.plus(1));
    assertThat(N.times(T).plus(5).floorDiv(T).minus(N)).hasToString("floor((5)/(T))");
    assertThat(Poly.of(-7).floorDiv(2)).isEqualTo(Poly.of(-4));
    assertThat(Poly.of(-7).mod(Poly.of(2))).isEqualTo(Poly.ONE);
    assertThat(N.mod(Poly.ONE)).isEqualTo(Poly.ZERO);
  }

  @Test
  void exactDivisionByASum() {
    Poly product = N.plus(T).plus(1).times(T.times(3).minus(2));
    assertThat(product.dividedBy(N.plus(T).plus(1))).isEqualTo(T.times(3).minus(2));
    assertThat(product.plus(1).dividedBy(N.plus(T).plus(1))).isNull();
    assertThat(N.dividedBy(Poly.ZERO)).isNull();
    assertThat(N.dividedBy(T)).isNull();
  }

  @Test
  void variablesOfOneNameStayApart() {
    Poly i = Poly.of(LoopVar.named("i"));
    Poly j = Poly.of(LoopVar.named("i"));
    assertThat(i.minus(j)).isNotEqualTo(Poly.ZERO);
    Poly quotients = i.floorDiv(2).plus(j.floorDiv(2));
    assertThat(quotients.terms()).hasSize(2);
    Poly replaced = quotients.substitute(atom -> Poly.of(atom).equals(i) ? Poly.of(6) : null);
    assertThat(replaced).isEqualTo(j.floorDiv(2).plus(3));
  }

  @Test
  void whatIsCertain() {
    assertThat(N.minus(1).isAtLeast(0)).isTrue();
    assertThat(N.minus(2).isAtLeast(0)).isFalse();
    assertThat(N.times(T).plus(T).isAtLeast(2)).isTrue();
    assertThat(T.minus(N).isAtLeast(0)).isFalse();
    assertThat(T.floorDiv(2).isAtLeast(0)).isTrue();
    assertThat(T.floorDiv(2).isAtLeast(1)).isFalse();
  }
}
