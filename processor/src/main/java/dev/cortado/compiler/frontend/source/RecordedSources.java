package dev.cortado.compiler.frontend.source;

import dev.cortado.compiler.frontend.record.LayerRecord;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import javax.annotation.processing.Filer;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.StandardLocation;

/**
 * Finds what was recorded of classes on the class path: in the jar or folder that holds the class
 * file, for built-in layers in the processor's own jar. Reads jars directly because a lookup for
 * each class of each package must cost next to nothing where nothing is recorded.
 */
final class RecordedSources implements AutoCloseable {
  private static final List<JavaFileManager.Location> LOCATIONS =
      List.of(StandardLocation.CLASS_PATH, StandardLocation.CLASS_OUTPUT);

  private final Filer filer;
  private final Map<String, Optional<JarFile>> jars = new HashMap<>();
  private final Map<String, RecordedFile> files = new HashMap<>();

  RecordedSources(Filer filer) {
    this.filer = filer;
  }

  /** The recorded source that declares a top-level class, given the class file found for it. */
  Optional<RecordedFile> find(String binaryName, JavaFileObject classFile) {
    Optional<String> text = text(binaryName, classFile.toUri());
    Optional<String> owner = text.flatMap(LayerRecord::pointer);
    if (owner.isPresent()) {
      String ownerName = owner.get();
      return text(ownerName, classFile.toUri()).map(source -> file(ownerName, source));
    }
    return text.map(source -> file(binaryName, source));
  }

  private RecordedFile file(String binaryName, String source) {
    return files.computeIfAbsent(binaryName, name -> new RecordedFile(name, source));
  }

  private Optional<String> text(String binaryName, URI classFile) {
    String resource = LayerRecord.resource(binaryName);
    return builtIn(resource).or(() -> beside(binaryName, resource, classFile));
  }

  private static Optional<String> builtIn(String resource) {
    try (InputStream in = LayerRecord.class.getResourceAsStream("/" + resource)) {
      return in == null ? Optional.empty() : Optional.of(read(in));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<String> beside(String binaryName, String resource, URI classFile) {
    return switch (String.valueOf(classFile.getScheme())) {
      case "jar" -> inJar(resource, classFile);
      case "file" -> inFolder(binaryName, resource, classFile);
      default -> byFiler(resource);
    };
  }

  private Optional<String> inJar(String resource, URI classFile) {
    String uri = classFile.getRawSchemeSpecificPart();
    int end = uri.lastIndexOf("!/");
    if (end < 0) {
      return Optional.empty();
    }
    Optional<JarFile> jar = jars.computeIfAbsent(uri.substring(0, end), RecordedSources::open);
    if (jar.isEmpty()) {
      return Optional.empty();
    }
    ZipEntry entry = jar.get().getEntry(resource);
    if (entry == null) {
      return Optional.empty();
    }
    try (InputStream in = jar.get().getInputStream(entry)) {
      return Optional.of(read(in));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static Optional<JarFile> open(String uri) {
    try {
      return Optional.of(new JarFile(Path.of(new URI(uri)).toFile(), false));
    } catch (IOException | URISyntaxException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> inFolder(String binaryName, String resource, URI classFile) {
    Path root = Path.of(classFile);
    for (int i = 0; i <= binaryName.chars().filter(c -> c == '.').count() && root != null; i++) {
      root = root.getParent();
    }
    if (root == null) {
      return Optional.empty();
    }
    Path file = root.resolve(resource);
    try {
      return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<String> byFiler(String resource) {
    for (JavaFileManager.Location location : LOCATIONS) {
      try (InputStream in = filer.getResource(location, "", resource).openInputStream()) {
        return Optional.of(read(in));
      } catch (IOException | IllegalArgumentException e) {
        // Not there, or a location this compilation does not have; the next one may be.
        continue;
      }
    }
    return Optional.empty();
  }

  private static String read(InputStream in) throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    for (Optional<JarFile> jar : jars.values()) {
      if (jar.isPresent()) {
        try {
          jar.get().close();
        } catch (IOException e) {
          // Nothing was written; a jar that does not close harms nobody.
          continue;
        }
      }
    }
  }
}
