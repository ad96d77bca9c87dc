package uk.ac.manchester.tornado.api.enums;

/** A test double's. */
public enum TornadoDeviceType {
  CPU,
  GPU,
  ACCELERATOR
}
