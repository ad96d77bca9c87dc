package dev.cortado.tornado;

/** Prints the devices that there are, or why there are none; a star marks the one that is taken. */
public final class Devices {
  private Devices() {}

  /** Takes no arguments. */
  public static void main(String[] args) {
    try {
      Device best = Device.best();
      Device.all().forEach(d -> System.out.println((d.equals(best) ? "* " : "  ") + d));
    } catch (DeviceException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
  }
}
