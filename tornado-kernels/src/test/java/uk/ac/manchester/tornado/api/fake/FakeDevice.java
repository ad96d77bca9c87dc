package uk.ac.manchester.tornado.api.fake;

import java.util.List;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** A device of the double: one of few strong cores, or one that wants many items at once. */
public record FakeDevice(TornadoDeviceType getDeviceType)
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
  public String getDeviceName() {
    return "test double (" + getDeviceType + ")";
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

  /** All there are. */
  public static final List<TornadoDevice> ALL =
      List.of(new FakeDevice(TornadoDeviceType.CPU), new FakeDevice(TornadoDeviceType.GPU));

  /** Their backend. */
  public record Backend() implements TornadoBackend {
    @Override
    public List<TornadoDevice> getAllDevices() {
      return ALL;
    }

    @Override
    public TornadoVMBackendType getBackendType() {
      return TornadoVMBackendType.OPENCL;
    }
  }
}
