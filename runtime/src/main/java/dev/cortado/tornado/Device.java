package dev.cortado.tornado;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * A device that TornadoVM can run kernels on.
 *
 * @param backend TornadoVM's number of the backend (driver)
 * @param index the device's number in its backend
 * @param name as its driver calls it
 * @param backendName {@code OpenCL}, {@code CUDA}, {@code PTX}, {@code SPIRV}, {@code Metal}
 * @param memory bytes of global memory
 * @param largestBuffer bytes that one array may take
 * @param units compute units: cores, or multiprocessors
 * @param driver what the driver says of itself; empty when it says nothing
 */
public record Device(
    int backend,
    int index,
    String name,
    Kind kind,
    String backendName,
    long memory,
    long largestBuffer,
    int units,
    String driver) {

  /** What sort of device it is. */
  public enum Kind {
    GPU,
    CPU,
    OTHER
  }

  /** The property that chooses the device: {@code 0:1}, or a part of a name. */
  public static final String PROPERTY = "cortado.device";

  /** Work items in a group, at most: every GPU takes so many. */
  private static final int GROUP = 256;

  /**
   * {@code false}: products never go to NVIDIA's libraries, even where a network was compiled for
   * that; {@code true}: they do on every device of the CUDA backend.
   */
  public static final String LIBRARIES = "cortado.tornado.libraries";

  private static final String CUBLAS = "uk.ac.manchester.tornado.cublas.CuBlas";

  private static final double GIB = 1L << 30;

  /**
   * All devices, in TornadoVM's order.
   *
   * @throws DeviceException when TornadoVM is not there or cannot start; says why
   */
  public static List<Device> all() {
    return TornadoPlatform.devices();
  }

  /**
   * The device that the property {@value #PROPERTY} names; without it the GPU with the most memory,
   * else the first device that there is.
   *
   * @throws DeviceException when there is none
   */
  public static Device best() {
    String wish = System.getProperty(PROPERTY, "");
    return wish.isBlank() ? best(all()) : find(wish.strip());
  }

  static Device best(List<Device> devices) {
    return devices.stream()
        .filter(d -> d.kind == Kind.GPU)
        .max(Comparator.comparingLong(Device::memory))
        .or(() -> devices.stream().findFirst())
        .orElseThrow(
            () ->
                new DeviceException(
                    "TornadoVM found no device; install the driver of one (for a CPU as a device,"
                        + " PoCL is an OpenCL driver)"));
  }

  /**
   * The device of that number ({@code 0:1}), or the first whose name contains {@code wish}, in any
   * case.
   *
   * @throws DeviceException when there is none
   */
  public static Device find(String wish) {
    String wanted = wish.toLowerCase(Locale.ROOT);
    List<Device> devices = all();
    return devices.stream()
        .filter(d -> d.number().equals(wanted) || d.name.toLowerCase(Locale.ROOT).contains(wanted))
        .findFirst()
        .orElseThrow(
            () -> new DeviceException("there is no device \"" + wish + "\"; there are " + devices));
  }

  /** Backend and index, {@code 0:1}. */
  public String number() {
    return backend + ":" + index;
  }

  /** How many work items to run a loop of {@code items} iterations with. */
  public int threads(long items) {
    if (kind == Kind.CPU) {
      return Math.clamp(items, 1, units);
    }
    long group = group();
    long groups = Math.clamp((items + group - 1) / group, 1, 64L * units);
    return (int) (groups * group);
  }

  /** Whether products can go to NVIDIA's libraries: on TornadoVM's CUDA backend, if it has them. */
  public boolean hasLibraries() {
    String wish = System.getProperty(LIBRARIES, "");
    if (!backendName.equalsIgnoreCase("CUDA") || wish.equals("false")) {
      return false;
    }
    return wish.equals("true") || TornadoPlatform.isPresent(CUBLAS);
  }

  /** Work items in a group, for loops. */
  public int group() {
    return kind == Kind.CPU ? 1 : GROUP;
  }

  /** How many work items to run for {@code items} of them, of which each may be split further. */
  public int ranges(int items) {
    int most = kind == Kind.CPU ? items : Math.max(items, 2 * GROUP * units);
    return (most + group() - 1) / group() * group();
  }

  /**
   * How many items share a loop in a group that has {@code across} such loops: a power of two. A
   * core runs a loop faster alone than with others.
   */
  public int lanes(long length, int across) {
    if (kind == Kind.CPU) {
      return 1;
    }
    int most = GROUP / across;
    int lanes = Math.min(most, 32);
    while (lanes < most && lanes < length) {
      lanes *= 2;
    }
    return lanes;
  }

  /** How many groups take {@code count} pieces of work, each the next one when it is done. */
  public int groups(long count) {
    return (int) Math.clamp(count, 1, (kind == Kind.CPU ? 4L : 32L) * units);
  }

  @Override
  public String toString() {
    return "%s %s (%s, %.1f GiB, %s)".formatted(number(), name, kind, memory / GIB, backendName);
  }
}
