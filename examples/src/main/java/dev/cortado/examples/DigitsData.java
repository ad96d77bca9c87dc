package dev.cortado.examples;

import dev.cortado.data.Dataset;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/**
 * The 1,797 handwritten digits of UCI's "Optical Recognition of Handwritten Digits" that stand in
 * the resources: images of 8×8 pixels from 0 to 1, and the digit.
 */
public final class DigitsData {
  private static final int PIXELS = 64;

  /** The brightest pixel of the file. */
  private static final float BRIGHTEST = 16;

  private DigitsData() {}

  /** All digits, as images {@code [1, 8, 8]} with class labels. */
  public static Dataset load() {
    List<String> lines = lines();
    float[] pixels = new float[lines.size() * PIXELS];
    int[] digits = new int[lines.size()];
    for (int i = 0; i < digits.length; i++) {
      List<String> numbers = List.of(lines.get(i).split(",", -1));
      for (int p = 0; p < PIXELS; p++) {
        pixels[i * PIXELS + p] = Integer.parseInt(numbers.get(p)) / BRIGHTEST;
      }
      digits[i] = Integer.parseInt(numbers.get(PIXELS));
    }
    return Dataset.images(pixels, digits, 1, 8, 8);
  }

  private static List<String> lines() {
    try (InputStream file =
            Objects.requireNonNull(DigitsData.class.getResourceAsStream("digits.csv.gz"));
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException("digits.csv.gz cannot be read", unreadable);
    }
  }
}
