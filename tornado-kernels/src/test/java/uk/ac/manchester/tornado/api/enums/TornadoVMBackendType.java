package uk.ac.manchester.tornado.api.enums;

/** A test double's. */
public enum TornadoVMBackendType {
  PTX,
  OPENCL,
  SPIRV,
  CUDA,
  METAL
}
