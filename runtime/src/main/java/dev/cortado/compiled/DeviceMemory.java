package dev.cortado.compiled;

import dev.cortado.tornado.Device;
import dev.cortado.tornado.DeviceException;
import java.util.HashMap;
import java.util.Map;

/**
 * What the sessions of this process hold on each device, so that one too many is refused with
 * numbers: drivers promise memory that they do not have, and fail or swap later.
 */
final class DeviceMemory {
  private static final double GIB = 1L << 30;

  private static final Map<Device, Long> HELD = new HashMap<>();

  private DeviceMemory() {}

  /**
   * Notes that a session takes memory.
   *
   * @param who the session, for the message
   * @param bytes all its arrays together
   * @param largest bytes of its largest array
   * @throws DeviceException when the device has not so much left
   */
  static synchronized void take(Device device, String who, long bytes, long largest) {
    long held = held(device);
    if (bytes > device.memory() - held || largest > device.largestBuffer()) {
      throw new DeviceException(
          "%s needs %,d bytes (%.2f GiB, %,d in one array) on %s, which has %,d and gives %,d to one array%s"
              .formatted(
                  who,
                  bytes,
                  bytes / GIB,
                  largest,
                  device,
                  device.memory(),
                  device.largestBuffer(),
                  held == 0
                      ? "; use a smaller batch"
                      : ", and other sessions of this process hold %,d; use a smaller batch, or close"
                              .formatted(held)
                          + " sessions that are not needed"));
    }
    HELD.merge(device, bytes, Long::sum);
  }

  static synchronized void give(Device device, long bytes) {
    HELD.merge(device, -bytes, Long::sum);
  }

  /** Bytes that open sessions of this process hold. */
  static synchronized long held(Device device) {
    return HELD.getOrDefault(device, 0L);
  }
}
