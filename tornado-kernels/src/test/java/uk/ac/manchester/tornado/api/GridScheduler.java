package uk.ac.manchester.tornado.api;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A test double's: grids by {@code "graph.task"}. */
public final class GridScheduler {
  private final Map<String, WorkerGrid> grids = new ConcurrentHashMap<>();

  public void addWorkerGrid(String task, WorkerGrid grid) {
    grids.put(task, grid);
  }

  public WorkerGrid get(String task) {
    return grids.get(task);
  }

  public Set<String> keySet() {
    return grids.keySet();
  }
}
