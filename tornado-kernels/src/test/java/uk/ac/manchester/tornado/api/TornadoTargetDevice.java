package uk.ac.manchester.tornado.api;

/** A test double's. */
public interface TornadoTargetDevice {
  String getDeviceName();

  long getDeviceGlobalMemorySize();

  long getDeviceMaxAllocationSize();

  int getDeviceMaxComputeUnits();
}
