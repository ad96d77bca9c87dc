package uk.ac.manchester.tornado.api.exceptions;

/** A test double's. */
public class TornadoRuntimeException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TornadoRuntimeException(String message) {
    super(message);
  }

  public TornadoRuntimeException(String message, Throwable cause) {
    super(message, cause);
  }
}
