package dev.cortado.tornado;

import java.util.regex.Pattern;

/**
 * A device cannot be used; the message says what to do about it. Networks on the CPU still work.
 */
public final class DeviceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** TornadoVM's messages are for a terminal. */
  private static final Pattern COLOURS = Pattern.compile("\u001B\\[[0-9;]*m");

  public DeviceException(String message) {
    super(message);
  }

  public DeviceException(String message, Throwable cause) {
    super(message, cause);
  }

  /** The advice, followed by what TornadoVM threw and its causes. */
  public static DeviceException because(String advice, Throwable thrown) {
    StringBuilder chain = new StringBuilder();
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      String kind = t.getClass().getSimpleName();
      chain.append(chain.isEmpty() ? "" : "; ").append(kind).append(": ").append(t.getMessage());
    }
    String plain = COLOURS.matcher(chain).replaceAll("");
    return new DeviceException(advice + " (" + plain + ")", thrown);
  }
}
