package uk.ac.manchester.tornado.api;

import java.util.ArrayList;
import java.util.List;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;
import uk.ac.manchester.tornado.api.exceptions.TornadoExecutionPlanException;
import uk.ac.manchester.tornado.api.fake.FakeDevice;
import uk.ac.manchester.tornado.api.fake.GraphState;
import uk.ac.manchester.tornado.api.fake.PlanState;

/** A test double's. */
public final class TornadoExecutionPlan implements AutoCloseable {
  private final PlanState state;

  public TornadoExecutionPlan(ImmutableTaskGraph... graphs) {
    List<GraphState> states = new ArrayList<>();
    for (ImmutableTaskGraph graph : graphs) {
      states.add(graph.state());
    }
    state = new PlanState(states);
  }

  public static TornadoDeviceMap getTornadoDeviceMap() {
    return new TornadoDeviceMap();
  }

  public static TornadoDevice getDevice(int backend, int device) {
    return FakeDevice.ALL.get(backend).getAllDevices().get(device);
  }

  public TornadoExecutionPlan withDevice(TornadoDevice device) {
    return this;
  }

  public TornadoExecutionPlan withCompilerFlags(TornadoVMBackendType backend, String flags) {
    return this;
  }

  public TornadoExecutionPlan withGraph(int i) {
    state.select(i);
    return this;
  }

  public TornadoExecutionPlan withPreCompilation() {
    state.compile();
    return this;
  }

  public TornadoExecutionPlan withGridScheduler(GridScheduler grids) {
    state.grids(grids);
    return this;
  }

  public TornadoExecutionResult execute() {
    state.execute();
    return new TornadoExecutionResult(state);
  }

  public TornadoExecutionPlan freeDeviceMemory() {
    return this;
  }

  @Override
  public void close() throws TornadoExecutionPlanException {
    state.close();
  }
}
