package uk.ac.manchester.tornado.api.fake;

/** What a kernel does with an array. */
public enum Access {
  NONE,
  READ_ONLY,
  WRITE_ONLY,
  READ_WRITE;

  Access and(Access other) {
    if (this == NONE || this == other) {
      return other;
    }
    return other == NONE ? this : READ_WRITE;
  }

  boolean writes() {
    return this == WRITE_ONLY || this == READ_WRITE;
  }
}
