package dev.cortado.train;

import dev.cortado.io.FileFormatException;
import dev.cortado.io.Safetensors;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where and how often a run saves its state. Each file holds everything needed to go on with the
 * same bits: weights, optimizer state, averages, schedule, place in the data. It is written
 * atomically and is a safetensors file whose weights {@code net.load} reads.
 *
 * @param folder is made when needed
 * @param keep how many of the newest to keep; {@code best.safetensors} is kept besides
 * @param everyUpdates saves after so many updates too, not only after epochs; 0 for epochs only
 */
public record Checkpoints(Path folder, int keep, long everyUpdates) {
  private static final String BEST = "best.safetensors";

  public Checkpoints {
    Trainer.atLeastOne("the number of checkpoints to keep", keep);
    if (everyUpdates < 0) {
      throw new IllegalArgumentException(
          "updates between checkpoints must not be negative, got " + everyUpdates);
    }
  }

  /** Saves after each epoch and keeps the newest three. */
  public static Checkpoints in(Path folder) {
    return new Checkpoints(folder, 3, 0);
  }

  /** Keeps so many of the newest. */
  public Checkpoints keepLast(int count) {
    return new Checkpoints(folder, count, everyUpdates);
  }

  /** Saves after so many updates too. */
  public Checkpoints every(long updates) {
    return new Checkpoints(folder, keep, updates);
  }

  /** The weights of the best epoch, once there is one. */
  public Path best() {
    return folder.resolve(BEST);
  }

  /** All checkpoints, the newest first. */
  public List<Path> files() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("step-\\d{10}\\.safetensors"))
          .sorted(Comparator.comparing((Path file) -> file.getFileName().toString()).reversed())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder + ": " + e, e);
    }
  }

  /**
   * The newest checkpoint that is whole; damaged ones are passed over with a word.
   *
   * @throws FileFormatException when there are some, but none is whole
   */
  public Optional<Path> newest() {
    return newest(System.err);
  }

  Optional<Path> newest(@Nullable PrintStream log) {
    FileFormatException damage = null;
    for (Path file : files()) {
      try {
        Safetensors.open(file);
        return Optional.of(file);
      } catch (FileFormatException e) {
        damage = e;
        if (log != null) {
          log.println("passed over a checkpoint: " + e.getMessage());
        }
      }
    }
    if (damage != null) {
      throw damage;
    }
    return Optional.empty();
  }

  Path file(long updates) {
    return folder.resolve("step-%010d.safetensors".formatted(updates));
  }

  /** Removes what is older than the newest {@code keep}. */
  void prune() {
    try {
      for (Path old : files().stream().skip(keep).toList()) {
        Files.deleteIfExists(old);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove an old checkpoint in " + folder + ": " + e, e);
    }
  }
}
