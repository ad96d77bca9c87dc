package dev.cortado.compiled;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cortado.tornado.Device;
import dev.cortado.tornado.DeviceException;
import org.junit.jupiter.api.Test;

/** Sessions share a device's memory; numbers say who has it. */
class DeviceMemoryTest {
  private static final Device SMALL =
      new Device(0, 0, "small", Device.Kind.GPU, "OpenCL", 1_000_000, 400_000, 1, "");

  @Test
  void whatOthersHoldCounts() {
    DeviceMemory.take(SMALL, "first", 700_000, 400_000);
    assertThatThrownBy(() -> DeviceMemory.take(SMALL, "second", 300_001, 300_001))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("second needs 300,001 bytes")
        .hasMessageContaining("has 1,000,000")
        .hasMessageContaining("other sessions of this process hold 700,000");
    assertThat(DeviceMemory.held(SMALL)).isEqualTo(700_000);
    DeviceMemory.take(SMALL, "second", 300_000, 300_000);
    DeviceMemory.give(SMALL, 700_000);
    DeviceMemory.give(SMALL, 300_000);
    assertThat(DeviceMemory.held(SMALL)).isZero();
  }

  @Test
  void oneArrayMayBeTooLarge() {
    assertThatThrownBy(() -> DeviceMemory.take(SMALL, "wide", 500_000, 400_001))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("400,001 in one array")
        .hasMessageContaining("gives 400,000 to one array; use a smaller batch");
    assertThat(DeviceMemory.held(SMALL)).isZero();
  }

  @Test
  void aDriversRefusalComesWithNumbers() {
    final class TornadoOutOfMemoryException extends RuntimeException {
      private static final long serialVersionUID = 1;
    }
    DeviceMemory.take(SMALL, "first", 700_000, 400_000);
    try {
      DeviceException said =
          DeviceFailure.of("Net", SMALL, new TornadoOutOfMemoryException(), () -> {});
      assertThat(said)
          .hasMessageContaining("not enough memory left for Net")
          .hasMessageContaining("has 1,000,000 bytes")
          .hasMessageContaining("need 700,000 of them");
    } finally {
      DeviceMemory.give(SMALL, 700_000);
    }
  }
}
