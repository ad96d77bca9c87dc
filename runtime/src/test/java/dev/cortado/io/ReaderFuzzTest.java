package dev.cortado.io;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.cortado.data.Csv;
import dev.cortado.data.Idx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whatever bytes come, a reader reads them or refuses them with the exception it documents, in
 * bounded memory. The build replays the inputs in the resources; with {@code JAZZER_FUZZ=1} in the
 * environment Jazzer looks for new ones, one method at a time: {@code JAZZER_FUZZ=1 mvn -pl runtime
 * test -Dtest=ReaderFuzzTest#safetensors}.
 */
class ReaderFuzzTest {
  private static final Path FILE = file();

  private static Path file() {
    try {
      Path file = Files.createTempFile("cortado-fuzz", ".bin");
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

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

  private static void mustNameTheFile(FileFormatException e) {
    if (!String.valueOf(e.getMessage()).contains(FILE.toString())) {
      throw new AssertionError("the message does not name the file", e);
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
      Csv table = Csv.read(reader, "fuzz");
      table.columns().forEach(table::text);
    } catch (IllegalArgumentException e) {
      if (!String.valueOf(e.getMessage()).startsWith("fuzz")) {
        throw e;
      }
    }
  }
}
