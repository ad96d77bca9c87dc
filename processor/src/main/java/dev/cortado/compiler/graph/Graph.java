package dev.cortado.compiler.graph;

import java.util.List;

/** Nodes in an order in which every input stands before its users. */
public record Graph(List<Node> nodes) {
  public Graph {
    nodes = List.copyOf(nodes);
  }
}
