package dev.cortado.tornado;

import java.io.IOException;
import java.io.Reader;
import java.io.StringWriter;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which tiles suit a device: measured once for products of about one size, and kept in a file, so
 * that the next process finds them. Small products are not worth it and take what is likely best;
 * so do all when the property {@value #PROPERTY} is {@code false}.
 */
public final class TileChoices {
  /** {@code false}: measure nothing, and read nothing of what was measured before. */
  public static final String PROPERTY = "cortado.tornado.tune";

  /** A tile that all products take, {@code 8x32} for instance: its side, and its steps. */
  public static final String TILE = "cortado.tornado.tile";

  /** The folder that choices are kept in; {@code ~/.cache/cortado} unless set. */
  public static final String FOLDER = "cortado.cache";

  /** Changes with the kernels: what was measured on others says nothing about these. */
  private static final String VERSION = "1";

  /** Products of fewer multiplications take no time that matters. */
  private static final double WORTH = 3e7;

  private static final Map<Path, TileChoices> OPEN = new HashMap<>();

  private final Path file;
  private final Map<String, Tile> known = new HashMap<>();

  TileChoices(Path file) {
    this.file = file;
    read();
  }

  /**
   * The tile for a product.
   *
   * @param seconds measures a tile
   * @throws DeviceException when the property {@value #TILE} is no tile
   */
  public static Tile tile(Device device, Matrices matrices, ToDoubleFunction<Tile> seconds) {
    String wish = System.getProperty(TILE);
    if (wish != null) {
      Tile wished = parse(wish);
      if (wished == null) {
        throw new DeviceException(
            "-D%s=%s is no tile; expected a side and steps that are a multiple of it, such as 8x32"
                .formatted(TILE, wish));
      }
      return wished;
    }
    if (!Boolean.parseBoolean(System.getProperty(PROPERTY, "true"))) {
      return Tile.likely(device);
    }
    TileChoices choices;
    synchronized (OPEN) {
      choices = OPEN.computeIfAbsent(file(), TileChoices::new);
    }
    return choices.choose(device, matrices, seconds);
  }

  private static Path file() {
    String folder = System.getProperty(FOLDER);
    String shared = System.getenv("XDG_CACHE_HOME");
    Path in =
        folder != null
            ? Path.of(folder)
            : shared != null && !shared.isBlank()
                ? Path.of(shared, "cortado")
                : Path.of(System.getProperty("user.home", "."), ".cache", "cortado");
    return in.resolve("tiles.properties").toAbsolutePath();
  }

  synchronized Tile choose(Device device, Matrices matrices, ToDoubleFunction<Tile> seconds) {
    if (matrices.work() < WORTH) {
      return Tile.likely(device);
    }
    String key = key(device, matrices);
    Tile tile = known.get(key);
    if (tile == null) {
      tile = fastest(device, seconds);
      known.put(key, tile);
      write();
    }
    return tile;
  }

  private static String key(Device device, Matrices matrices) {
    return String.join(
        "|",
        VERSION,
        device.name(),
        device.backendName(),
        device.driver(),
        device.units() + " units",
        matrices.shapeClass());
  }

  private static Tile fastest(Device device, ToDoubleFunction<Tile> seconds) {
    Tile best = Tile.likely(device);
    double least = Double.POSITIVE_INFINITY;
    for (Tile tile : Tile.candidates(device)) {
      double own = seconds.applyAsDouble(tile);
      if (own < least) {
        least = own;
        best = tile;
      }
    }
    return best;
  }

  /** A file that is not there or not readable is one that knows nothing. */
  private void read() {
    Properties stored = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      stored.load(in);
    } catch (IOException | IllegalArgumentException e) {
      return;
    }
    for (String key : stored.stringPropertyNames()) {
      Tile tile = parse(stored.getProperty(key));
      if (tile != null) {
        known.putIfAbsent(key, tile);
      }
    }
  }

  private static @Nullable Tile parse(String text) {
    String[] parts = text.split("x", -1);
    try {
      return parts.length == 2
          ? new Tile(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]))
          : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** Another process may have written meanwhile: what it knows stays. */
  private void write() {
    read();
    Properties all = new Properties();
    new TreeMap<>(known).forEach((k, t) -> all.setProperty(k, t.side() + "x" + t.steps()));
    try {
      Path folder = file.getParent();
      Files.createDirectories(folder);
      Path fresh = Files.createTempFile(folder, "tiles", ".tmp");
      try {
        StringWriter text = new StringWriter();
        all.store(text, "Tiles of matrix products, measured by Cortado; may be deleted");
        Files.writeString(fresh, text.toString());
        replace(fresh);
      } finally {
        Files.deleteIfExists(fresh);
      }
    } catch (IOException e) {
      // Without a place to keep it, the choice holds for this process.
      System.getLogger(TileChoices.class.getName())
          .log(System.Logger.Level.DEBUG, "tiles were not kept in " + file, e);
    }
  }

  private void replace(Path fresh) throws IOException {
    try {
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
