package dev.cortado.tornado;

/**
 * A device cannot be used; the message says what to do about it. Networks on the CPU still work.
 */
public final class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DeviceException(String message) {
    super(message);
  }

  public DeviceException(String message, Throwable cause) {
    super(message, cause);
  }
}
