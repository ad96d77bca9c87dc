package uk.ac.manchester.tornado.api.exceptions;

/** A test double's. */
public class TornadoBailoutRuntimeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TornadoBailoutRuntimeException(String message) {
    super(message);
  }
}
