package dev.cortado.compiler.shape;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The dimensions of a tensor, outermost first. No dimensions: a scalar. */
public record Shape(List<Poly> dims) {
  public static final Shape SCALAR = new Shape(List.of());

  public Shape {
    dims = List.copyOf(dims);
  }

  public static Shape of(Poly... dims) {
    return new Shape(List.of(dims));
  }

  public static Shape of(long... dims) {
    return new Shape(java.util.Arrays.stream(dims).mapToObj(Poly::of).toList());
  }

  public int rank() {
    return dims.size();
  }

  /** Dimension {@code i}; negative counts from the end. */
  public Poly dim(int i) {
    return dims.get(i < 0 ? i + rank() : i);
  }

  /** The number of elements. */
  public Poly count() {
    return count(0, rank());
  }

  /** The product of dimensions {@code from} (inclusive) to {@code to} (exclusive). */
  public Poly count(int from, int to) {
    return dims.subList(from, to).stream().reduce(Poly.ONE, Poly::times);
  }

  public Shape with(int i, Poly dim) {
    List<Poly> changed = new ArrayList<>(dims);
    changed.set(i < 0 ? i + rank() : i, dim);
    return new Shape(changed);
  }

  public Shape slice(int from, int to) {
    return new Shape(dims.subList(from, to));
  }

  public Shape concat(Shape other) {
    return new Shape(Stream.concat(dims.stream(), other.dims.stream()).toList());
  }

  /** Row-major strides: {@code [C*H*W, H*W, W, 1]}. */
  public List<Poly> strides() {
    List<Poly> strides = new ArrayList<>();
    for (int i = 0; i < rank(); i++) {
      strides.add(count(i + 1, rank()));
    }
    return strides;
  }

  /** The row-major position of the element at {@code index}. */
  public Poly linear(List<Poly> index) {
    Poly position = Poly.ZERO;
    for (int i = 0; i < rank(); i++) {
      position = position.times(dim(i)).plus(index.get(i));
    }
    return position;
  }

  public boolean isConstant() {
    return dims.stream().allMatch(Poly::isConstant);
  }

  /** {@code [N, 64, 5, 5]}. */
  @Override
  public String toString() {
    return dims.toString();
  }
}
