package uk.ac.manchester.tornado.api.fake;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import uk.ac.manchester.tornado.api.GridScheduler;
import uk.ac.manchester.tornado.api.exceptions.TornadoBailoutRuntimeException;
import uk.ac.manchester.tornado.api.exceptions.TornadoRuntimeException;

/** The graphs of a plan, and which ran last. */
public final class PlanState {
  /** Plans that have run and are not closed: they hold memory of the device. */
  private static final Set<PlanState> OPEN =
      Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));

  private final List<GraphState> graphs;
  private GraphState selected;
  private GraphState last;
  private GridScheduler grids = new GridScheduler();
  private boolean closed;

  public PlanState(List<GraphState> graphs) {
    this.graphs = graphs;
    this.selected = graphs.getFirst();
  }

  public void select(int i) {
    selected = graphs.get(i);
  }

  public GraphState selected() {
    return selected;
  }

  public void grids(GridScheduler given) {
    Set<String> tasks =
        graphs.stream().flatMap(g -> g.taskNames().stream()).collect(Collectors.toSet());
    for (String key : given.keySet()) {
      if (!tasks.contains(key)) {
        throw new TornadoRuntimeException("a grid for a task that is not there: " + key);
      }
    }
    grids = given;
  }

  /** Compiles what is selected. */
  public void compile() {
    selected.compile();
  }

  /** Like TornadoVM, keeps the reason of a failure to itself. */
  public void execute() {
    if (closed) {
      throw new TornadoRuntimeException("the plan is closed");
    }
    try {
      selected.compile();
    } catch (TornadoRuntimeException e) {
      throw new TornadoBailoutRuntimeException("[TornadoVM] Error - Recover option disabled");
    }
    OPEN.add(this);
    selected.execute(last, grids);
    last = selected;
  }

  public void close() {
    closed = true;
    OPEN.remove(this);
    graphs.forEach(GraphState::free);
  }

  /** How many buffers there are on the device, of all plans. */
  public static int buffers() {
    Set<DeviceBuffer> all = Collections.newSetFromMap(new IdentityHashMap<>());
    synchronized (OPEN) {
      OPEN.forEach(p -> p.graphs.forEach(g -> g.collect(all)));
    }
    return all.size();
  }
}
