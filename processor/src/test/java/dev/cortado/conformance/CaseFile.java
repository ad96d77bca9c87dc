package dev.cortado.conformance;

import dev.cortado.conformance.ModelCase.Data;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the conformance list, {@code operations.txt}; the format is described at its top. */
public final class CaseFile {
  private CaseFile() {}

  /** Every case, for a batch of {@code batch} samples. Class names say the line: {@code Line42}. */
  public static List<ModelCase> read(int batch) {
    return read("operations.txt", "Line", batch);
  }

  /**
   * The cases of another file of that format, beside this class.
   *
   * @param prefix of the classes' names, before the line's number
   */
  public static List<ModelCase> read(String file, String prefix, int batch) {
    List<ModelCase> cases = new ArrayList<>();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                CaseFile.class.getResourceAsStream(file), StandardCharsets.UTF_8))) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank() && !line.startsWith("#")) {
          cases.add(parse(prefix + number, line, batch));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cases;
  }

  private static ModelCase parse(String name, String line, int batch) {
    String[] parts = line.split("\\s+\\|\\s+");
    List<Data> inputs = new ArrayList<>();
    StringBuilder fields = new StringBuilder();
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].trim();
      if (part.startsWith("field ")) {
        fields.append(part.substring(6)).append(' ');
      } else {
        inputs.add(data(part));
      }
    }
    String expression = parts[0].trim();
    return ModelCase.expression(
        name,
        fields.toString().trim(),
        expression,
        inputs,
        batch,
        expression.contains("map(") ? ModelCase.Tolerance.MAP : ModelCase.Tolerance.USUAL);
  }

  private static Data data(String part) {
    if (part.startsWith("int ") || part.startsWith("labels ")) {
      boolean labels = part.startsWith("labels ");
      String[] sides = part.substring(labels ? 7 : 4).split("<");
      int bound = Integer.parseInt(sides[1].trim());
      return labels ? Data.labels(sides[0].trim(), bound) : Data.ints(sides[0].trim(), bound);
    }
    String[] sides = part.split(" in ");
    if (sides.length == 1) {
      return Data.floats(part);
    }
    String[] range = sides[1].split("\\.\\.");
    return Data.floats(sides[0].trim(), Double.parseDouble(range[0]), Double.parseDouble(range[1]));
  }
}
