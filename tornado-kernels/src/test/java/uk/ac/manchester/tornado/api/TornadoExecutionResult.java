package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.fake.PlanState;

/** A test double's: reads from the graph that was selected last, as TornadoVM does. */
public final class TornadoExecutionResult {
  private final PlanState plan;

  TornadoExecutionResult(PlanState plan) {
    this.plan = plan;
  }

  public TornadoExecutionResult transferToHost(Object... objects) {
    for (Object o : objects) {
      plan.selected().read(o);
    }
    return this;
  }
}
