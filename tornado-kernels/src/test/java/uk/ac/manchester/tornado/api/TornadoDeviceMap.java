package uk.ac.manchester.tornado.api;

import java.util.List;
import uk.ac.manchester.tornado.api.fake.FakeDevice;

/** A test double's: two backends. */
public final class TornadoDeviceMap {
  public List<TornadoBackend> getAllBackends() {
    return List.copyOf(FakeDevice.ALL);
  }
}
