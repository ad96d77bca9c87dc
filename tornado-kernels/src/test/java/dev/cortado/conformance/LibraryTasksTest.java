package dev.cortado.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.cortado.tornado.Device;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import uk.ac.manchester.tornado.cublas.CuBlas;

/** Products that go to a library's task on an NVIDIA device; on a double of the library. */
class LibraryTasksTest {
  private static final List<ModelCase> CASES =
      CaseFile.read("groups.txt", "Library", 3).stream()
          .filter(c -> Stream.of("N, 70, 67", "Conv2d(16, 70").anyMatch(c.source()::contains))
          .toList();

  @BeforeEach
  void onADouble() {
    assumeTrue(!Boolean.getBoolean("cortado.test.device"), "a device's library is not counted");
  }

  @AfterEach
  void unset() {
    System.clearProperty(Device.PROPERTY);
    System.clearProperty(Device.LIBRARIES);
  }

  private static final Compiled COMPILED = compiled();

  private static Compiled compiled() {
    Map<String, String> sources = new LinkedHashMap<>();
    CASES.forEach(c -> sources.put(c.name(), c.source()));
    return Compiled.of(sources, "-Acortado.tornado.libraries=true").succeeded();
  }

  @Test
  void productsAreRightAndTheLibrarys() {
    System.setProperty(Device.LIBRARIES, "true");
    System.setProperty(Device.PROPERTY, "1:0");
    for (ModelCase c : CASES) {
      int before = CuBlas.CALLS.get();
      check(c);
      assertThat(CuBlas.CALLS.get()).as(c.source()).isGreaterThan(before);
    }
  }

  @Test
  void elsewhereKernelsAreTheDefault() {
    int before = CuBlas.CALLS.get();
    check(CASES.getFirst());
    System.setProperty(Device.PROPERTY, "1:0");
    System.setProperty(Device.LIBRARIES, "false");
    check(CASES.getFirst());
    assertThat(CuBlas.CALLS.get()).isEqualTo(before);
  }

  private static void check(ModelCase c) {
    assertThat(ModelCheck.run(c, Networks.create(COMPILED, c, "TornadoNetwork")).checked())
        .isPositive();
  }
}
