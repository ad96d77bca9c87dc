package uk.ac.manchester.tornado.api;

import uk.ac.manchester.tornado.api.fake.WorkGroup;

/** A test double's: what a work item knows of itself; every item has one of its own. */
public final class KernelContext {
  public final Integer globalIdx;
  public final Integer groupIdx;
  public final Integer localIdx;
  public final Integer globalGroupSizeX;
  public final Integer localGroupSizeX;
  private final WorkGroup group;
  private int allocated;

  public KernelContext() {
    this(WorkGroup.NONE, 0);
  }

  public KernelContext(WorkGroup group, int local) {
    this.group = group;
    this.localIdx = local;
    this.groupIdx = group.number();
    this.localGroupSizeX = group.items();
    this.globalGroupSizeX = group.items() * group.groups();
    this.globalIdx = group.number() * group.items() + local;
  }

  public float[] allocateFloatLocalArray(int size) {
    return group.array(allocated++, size);
  }

  public void localBarrier() {
    group.await();
  }

  public void globalBarrier() {
    group.await();
  }
}
