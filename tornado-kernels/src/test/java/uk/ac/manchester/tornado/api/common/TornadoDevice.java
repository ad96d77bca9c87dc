package uk.ac.manchester.tornado.api.common;

import uk.ac.manchester.tornado.api.TornadoTargetDevice;
import uk.ac.manchester.tornado.api.enums.TornadoDeviceType;

/** A test double's. */
public interface TornadoDevice {
  TornadoTargetDevice getPhysicalDevice();

  TornadoDeviceType getDeviceType();

  String getDeviceOpenCLCVersion();
}
