package uk.ac.manchester.tornado.api;

/** A test double's. */
public interface WorkerGrid {
  long[] getGlobalWork();

  long[] getLocalWork();

  void setGlobalWork(long x, long y, long z);

  void setLocalWork(long x, long y, long z);
}
