package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.fake.GraphState;

/** A test double's. */
public final class ImmutableTaskGraph {
  private final GraphState state;

  ImmutableTaskGraph(GraphState state) {
    this.state = state;
  }

  GraphState state() {
    return state;
  }
}
