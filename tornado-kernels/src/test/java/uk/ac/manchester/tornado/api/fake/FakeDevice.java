package uk.ac.manchester.tornado.api.fake;

import java.util.List;
import uk.ac.manchester.tornado.api.TornadoBackend;
import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.common.TornadoDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;
import uk.ac.manchester.tornado.api.enums.TornadoVMBackendType;

/** The one device of the double. */
public record FakeDevice() implements TornadoDevice, TornadoTargetDevice {
  @Override
  public TornadoTargetDevice getPhysicalDevice() {
    return this;
  }

  @Override
  public TornadoDeviceType getDeviceType() {
    return TornadoDeviceType.CPU;
  }

  @Override
  public String getDeviceName() {
    return "test double";
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

  /** Its backend. */
  public record Backend() implements TornadoBackend {
    @Override
    public List<TornadoDevice> getAllDevices() {
      return List.of(new FakeDevice());
    }

    @Override
    public TornadoVMBackendType getBackendType() {
      return TornadoVMBackendType.OPENCL;
    }
  }
}
