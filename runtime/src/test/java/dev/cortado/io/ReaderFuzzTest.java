package dev.cortado.io;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cortado.data.Batches;
import dev.cortado.data.Cifar;
import dev.cortado.data.Csv;
import dev.cortado.data.Dataset;
import dev.cortado.data.Idx;
import dev.cortado.data.ImageFolder;
import dev.cortado.data.Table;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Whatever bytes come, a reader reads them or refuses them with the exception it documents, in
 * bounded memory and time. The build replays the inputs in the resources; {@code build/fuzz} lets
 * Jazzer look for new ones.
 */
class ReaderFuzzTest {
  /** Under target, and not deleted by a hook: the fuzzer goes on while hooks run. */
  private static final Path FILE = Path.of("target", "fuzz-input.bin");

  private static final Path IMAGES = Path.of("target", "fuzz-images");

  @FuzzTest(maxDuration = "2m")
  void safetensors(byte[] content) throws IOException {
    Files.write(FILE, content);
    try {
      Safetensors tensors = Safetensors.open(FILE);
      tensors.tensors().forEach(tensors::read);
    } catch (FileFormatException e) {
      mustNameTheFile(e);
    }
  }

  @FuzzTest(maxDuration = "2m")
  void npz(byte[] content) throws IOException {
    Files.write(FILE, content);
    try {
      Npz.read(FILE);
    } catch (FileFormatException e) {
      mustNameTheFile(e);
    }
  }

  private static void mustNameTheFile(RuntimeException e) {
    if (!String.valueOf(e.getMessage()).contains(FILE.toString())) {
      throw new AssertionError("the message does not name the file", e);
    }
  }

  @FuzzTest(maxDuration = "2m")
  void cifar(byte[] content) throws IOException {
    Files.write(FILE, content);
    for (Function<Path, Dataset> reader :
        List.<Function<Path, Dataset>>of(Cifar::read10, Cifar::read100, Cifar::read100Coarse)) {
      try {
        Dataset data = reader.apply(FILE);
        data.read(data.size() - 1, 0, Batches.allocate(data, 1), 0);
      } catch (IllegalArgumentException e) {
        mustNameTheFile(e);
      }
    }
  }

  /** A folder with one picture, which its first bytes make a PNG or JPEG file. */
  @FuzzTest(maxDuration = "2m")
  void images(byte[] content) throws IOException {
    Path file = IMAGES.resolve("class").resolve("1.png");
    Files.createDirectories(file.getParent());
    Files.write(file, content);
    Dataset images = ImageFolder.read(IMAGES, 3, 4, 4).resized();
    try {
      images.read(0, 0, Batches.allocate(images, 1), 0);
    } catch (IllegalArgumentException e) {
      if (!String.valueOf(e.getMessage()).contains(file.toString())) {
        throw new AssertionError("the message does not name the file", e);
      }
    }
  }

  @FuzzTest(maxDuration = "2m")
  void json(byte[] content) {
    try {
      Json.parse(new String(content, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException e) {
      if (!String.valueOf(e.getMessage()).contains("expected")) {
        throw new AssertionError("the message does not say what was expected", e);
      }
    }
  }

  @FuzzTest(maxDuration = "2m")
  void idx(byte[] content) throws IOException {
    try {
      Idx.read(new ByteArrayInputStream(content), "fuzz");
    } catch (IllegalArgumentException e) {
      if (!String.valueOf(e.getMessage()).startsWith("fuzz")) {
        throw e;
      }
    } catch (java.util.zip.ZipException | java.io.EOFException e) {
      return; // A damaged gzip stream.
    }
  }

  @FuzzTest(maxDuration = "2m")
  void csv(byte[] content) throws IOException {
    try (InputStreamReader reader =
        new InputStreamReader(new ByteArrayInputStream(content), StandardCharsets.UTF_8)) {
      Table table = Csv.read(reader, "fuzz");
      table.columns().forEach(table::text);
    } catch (IllegalArgumentException e) {
      if (!String.valueOf(e.getMessage()).startsWith("fuzz")) {
        throw e;
      }
    }
  }
}
