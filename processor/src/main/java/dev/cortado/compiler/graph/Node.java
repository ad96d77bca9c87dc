package dev.cortado.compiler.graph;

import java.util.List;

/** One operation applied to values. Compared by identity; made only by {@link GraphBuilder}. */
public final class Node {
  private final int id;
  private final Op op;
  private final List<Value> inputs;
  private final List<Type> types;
  private final Origin origin;

  Node(int id, Op op, List<Value> inputs, List<Type> types, Origin origin) {
    this.id = id;
    this.op = op;
    this.inputs = List.copyOf(inputs);
    this.types = List.copyOf(types);
    this.origin = origin;
  }

  public int id() {
    return id;
  }

  public Op op() {
    return op;
  }

  public List<Value> inputs() {
    return inputs;
  }

  public Value input(int i) {
    return inputs.get(i);
  }

  public List<Type> types() {
    return types;
  }

  public Origin origin() {
    return origin;
  }

  public Value value() {
    return value(0);
  }

  public Value value(int i) {
    return new Value(this, i);
  }

  @Override
  public String toString() {
    return "%" + id + " = " + op + inputs + " : " + types;
  }
}
