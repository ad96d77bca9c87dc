package dev.cortado.compiler.tornado;

import dev.cortado.compiler.emit.Emitter;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Whether TornadoVM's API on the class path is one that generated networks work with: by the
 * version in its jar's manifest, and by the members that they name. Generated code relies on more
 * than signatures (which arrays a graph takes over from another, what a fall back to Java does), so
 * that another major version is refused even where it would compile.
 */
final class ApiVersion {
  /** What generated networks were written for. */
  static final String EXPECTED = "5.2";

  private static final int MAJOR = 5;
  private static final int MINOR = 2;

  private static final String PACKAGE = "uk.ac.manchester.tornado.api.";

  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+).*");

  /** What generated networks name: an API without it is too old, or has left it behind. */
  private static final Map<String, Set<String>> NAMED =
      Map.of(
          "TaskGraph",
          Set.of("task", "transferToDevice", "persistOnDevice", "consumeFromDevice", "snapshot"),
          "TornadoExecutionPlan",
          Set.of("withGraph", "withGridScheduler", "withDevice", "withCompilerFlags", "getDevice"),
          "TornadoExecutionResult",
          Set.of("transferToHost"),
          "KernelContext",
          Set.of("localIdx", "groupIdx", "localBarrier", "allocateFloatLocalArray"),
          "enums.TornadoVMBackendType",
          Set.of("OPENCL", "CUDA"));

  private ApiVersion() {}

  static Optional<Emitter.Complaint> complaint(Emitter.Environment environment) {
    String found = inManifest(environment.location(PACKAGE + "TaskGraph"));
    Optional<String> missing = missing(environment);
    String age = found == null ? "" : age(found);
    if (missing.isEmpty() && age.isEmpty()) {
      return Optional.empty();
    }
    String which = found == null ? "one of an unknown version" : found;
    String why = missing.map(m -> ", which has no " + m).orElse(age);
    return Optional.of(
        new Emitter.Complaint(
            "tornado-version",
            ("TornadoVM's API on the class path is %s%s; expected %s or a later %d.x: install that"
                    + " SDK and compile with its share/java/tornado/* on the class path, or leave the"
                    + " network for TornadoVM out with -A%s=false")
                .formatted(which, why, EXPECTED, MAJOR, TornadoEmitter.OPTION)));
  }

  private static Optional<String> missing(Emitter.Environment environment) {
    Set<String> all = new TreeSet<>(Comparator.naturalOrder());
    NAMED.forEach(
        (type, names) -> {
          Set<String> there = environment.members(PACKAGE + type);
          String simple = type.substring(type.lastIndexOf('.') + 1);
          names.stream().filter(n -> !there.contains(n)).forEach(n -> all.add(simple + "." + n));
        });
    return all.stream().findFirst();
  }

  /** What is wrong with a version: empty when nothing is, or when it is no number. */
  private static String age(String version) {
    Matcher numbers = NUMBERS.matcher(version);
    if (!numbers.matches()) {
      return "";
    }
    int major = Integer.parseInt(numbers.group(1));
    int minor = Integer.parseInt(numbers.group(2));
    if (major > MAJOR) {
      return ", which is too new";
    }
    return major < MAJOR || minor < MINOR ? ", which is too old" : "";
  }

  /** The version in the manifest of the jar that holds a class; null when there is none. */
  private static @Nullable String inManifest(@Nullable URI file) {
    if (file == null || !"jar".equals(file.getScheme())) {
      return null;
    }
    String path = file.getRawSchemeSpecificPart();
    int end = path.indexOf("!/");
    try (JarFile jar =
        new JarFile(Path.of(URI.create(end < 0 ? path : path.substring(0, end))).toFile())) {
      Manifest manifest = jar.getManifest();
      return manifest == null
          ? null
          : manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
    } catch (IOException | IllegalArgumentException e) {
      return null;
    }
  }
}
