package dev.cortado.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.TrainingSession;
import dev.cortado.tornado.Device;
import dev.cortado.tornado.DeviceException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Devices: listed, chosen, and too small. */
class TornadoDeviceTest {
  private static final boolean REAL = Boolean.getBoolean("cortado.test.device");

  @Test
  void testsRunOnADevice() {
    assumeTrue(
        REAL,
        "TORNADOVM_HOME is not set: what is for TornadoVM ran on a test double of its API, not on a"
            + " device");
    assertThat(Device.all()).isNotEmpty();
    assertThat(Device.best().name()).doesNotContain("test double");
  }

  @Test
  void aDeviceIsChosenByNumberOrName() {
    Device first = Device.all().getFirst();
    assertThat(Device.find(first.number())).isEqualTo(first);
    assertThat(Device.find(first.name().substring(1))).isEqualTo(first);
    assertThat(first.toString()).contains(first.number(), first.name(), "GiB");
    assertThatThrownBy(() -> Device.find("none such"))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("none such")
        .hasMessageContaining(first.name());
  }

  @Test
  void tooLargeABatchIsRefusedWithBothSizes() {
    assumeTrue(!REAL, "a device may have room for this");
    Network net =
        network(
            "Wide",
            """
                        @Model
                        public class Wide {
                          final Dense fc = new Dense(4, 30_000);
                          Tensor forward(@Shape("N, 4") Tensor x) { return tanh(fc.apply(x)); }
                        }
                        """);
    TrainingSession session = net.session(5_000);
    Batch one = new Batch(1, List.of(new float[4]), List.of());
    assertThatThrownBy(() -> session.predict(one))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("Wide for 5,000 samples needs")
        .hasMessageContaining("smaller batch");
  }

  @Test
  void aFailureSaysWhy() {
    assumeTrue(!REAL, "a device's TornadoVM has read the option that makes a graph fail");
    Network net =
        network(
            "Failing",
            """
                        @Model
                        public class Failing {
                          Tensor forward(@Shape("N, 4") Tensor x) { return tanh(x); }
                        }
                        """);
    String option = "tornado.tvm.maxbytecodesize";
    Device.all();
    String before = System.setProperty(option, "10");
    try {
      Batch one = new Batch(1, List.of(new float[4]), List.of());
      assertThatThrownBy(() -> net.session(1).predict(one))
          .isInstanceOf(DeviceException.class)
          .hasMessageContaining("task graph of Failing")
          .hasMessageContaining("Buffer Overflow");
    } finally {
      System.setProperty(option, before);
    }
  }

  private static Network network(String name, String model) {
    Compiled compiled = Compiled.of(Map.of(name, ModelCase.imports() + model)).succeeded();
    ModelCase.Symbol batch = new ModelCase.Symbol("N", 1);
    return Networks.create(
        compiled,
        new ModelCase(name, "", List.of(), List.of(), List.of(batch), ModelCase.Tolerance.USUAL),
        "TornadoNetwork");
  }
}
