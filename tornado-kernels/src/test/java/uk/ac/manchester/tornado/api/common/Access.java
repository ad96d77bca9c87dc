package uk.ac.manchester.tornado.api.common;

/** A test double's: what a library does with an argument. */
public enum Access {
  READ_ONLY,
  WRITE_ONLY,
  READ_WRITE
}
