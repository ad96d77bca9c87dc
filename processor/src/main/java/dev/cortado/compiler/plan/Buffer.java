package dev.cortado.compiler.plan;

import dev.cortado.compiler.expr.Operand;
import dev.cortado.compiler.graph.Type;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.kernel.Layout;
import java.util.List;
import java.util.stream.IntStream;

/** A tensor in memory. Compared by identity. */
public final class Buffer implements Operand {
  private final String name;
  private final Type type;
  private final Home home;
  private final Layout layout;

  /** Row-major. */
  public Buffer(String name, Type type, Home home) {
    this(name, type, home, Layout.CHANNELS_FIRST);
  }

  /**
   * @param layout of the dimensions {@code [N, C, H, W]}; channels first is row-major, which is how
   *     everything of another rank lies
   */
  public Buffer(String name, Type type, Home home, Layout layout) {
    this.name = name;
    this.type = type;
    this.home = home;
    this.layout = layout;
  }

  public Layout layout() {
    return layout;
  }

  /** Dimensions from the one whose elements lie farthest apart to the one whose are neighbours. */
  public List<Integer> order() {
    return layout == Layout.CHANNELS_LAST
        ? List.of(0, 2, 3, 1)
        : IntStream.range(0, type.shape().rank()).boxed().toList();
  }

  /** Where the element at {@code index}, one entry per dimension, lies. */
  public Poly position(List<Poly> index) {
    Poly position = Poly.ZERO;
    for (int i : order()) {
      position = position.times(type.shape().dim(i)).plus(index.get(i));
    }
    return position;
  }

  /** What a reader calls it; not unique. */
  @Override
  public String name() {
    return name;
  }

  public Type type() {
    return type;
  }

  public Home home() {
    return home;
  }

  /** The number of elements. */
  public Poly count() {
    return type.shape().count();
  }

  /** The buffer whose memory this one lies in: itself unless it is a view. */
  public Buffer base() {
    return home instanceof Home.View view ? view.of().base() : this;
  }

  public boolean inWorkspace() {
    return home instanceof Home.Workspace;
  }

  @Override
  public String toString() {
    return name + type.shape();
  }
}
