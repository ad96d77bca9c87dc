package uk.ac.manchester.tornado.api.fake;

import java.util.List;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** A device of the double: one of few strong cores, or one that wants many items at once. */
public record FakeDevice(TornadoDeviceType getDeviceType, String getDeviceName)
    implements TornadoDevice, TornadoTargetDevice {
  @Override
  public TornadoTargetDevice getPhysicalDevice() {
    return this;
  }

  @Override
  public String getDeviceOpenCLCVersion() {
    return "double 1.2";
  }

  @Override
  public long getDeviceGlobalMemorySize() {
    return 1L << 30;
  }

  @Override
  public long getDeviceMaxAllocationSize() {
    return 1L << 28;
  }

  @Override
  public int getDeviceMaxComputeUnits() {
    return 2;
  }

  /** All there are, by backend. */
  public static final List<Backend> ALL =
      List.of(
          new Backend(
              TornadoVMBackendType.OPENCL,
              List.of(
                  new FakeDevice(TornadoDeviceType.CPU, "test double (CPU)"),
                  new FakeDevice(TornadoDeviceType.GPU, "test double (GPU)"))),
          new Backend(
              TornadoVMBackendType.CUDA,
              List.of(new FakeDevice(TornadoDeviceType.GPU, "test double (with libraries)"))));

  /** Devices of one driver. */
  public record Backend(TornadoVMBackendType getBackendType, List<TornadoDevice> getAllDevices)
      implements TornadoBackend {}
}
