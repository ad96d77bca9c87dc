package dev.cortado.compiler.pass;

import dev.cortado.compiler.graph.Graph;
import java.util.List;

/** A graph and what is wanted of it: the input and the result of every pass. */
public record Goal(Graph graph, List<Result> results) {
  public Goal {
    results = List.copyOf(results);
  }
}
