package dev.cortado.io;

import dev.cortado.Network;
import dev.cortado.ParameterInfo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Weights of a network in a safetensors file, under PyTorch's names and in its layouts: a {@code
 * state_dict} saved there loads here and the other way round. A file whose name ends in {@code
 * .npz} is one of NumPy's, with the same names and layouts.
 *
 * <p>To load a part: {@code Weights.from(file).only("conv*").into(net)}.
 */
public final class Weights {
  /** Entries of checkpoints that are no parameters start with this. */
  private static final String OWN = "cortado.";

  private final Path file;
  private final @Nullable Predicate<String> wanted;
  private final @Nullable UnaryOperator<String> rename;
  private final boolean lenient;

  /**
   * @param wanted null for all
   * @param rename null for the name as it is: loading a whole file links no lambda, which would
   *     cost a service milliseconds at its start
   */
  private Weights(
      Path file,
      @Nullable Predicate<String> wanted,
      @Nullable UnaryOperator<String> rename,
      boolean lenient) {
    this.file = file;
    this.wanted = wanted;
    this.rename = rename;
    this.lenient = lenient;
  }

  /** Saves all parameters, atomically. */
  public static void save(Network net, Path file) {
    save(net, file, Map.of());
  }

  /**
   * Saves all parameters with strings beside them, such as {@code standardizer.metadata()}.
   *
   * @throws IllegalArgumentException when there are strings and the file is NumPy's, which has no
   *     room for them
   */
  public static void save(Network net, Path file, Map<String, String> metadata) {
    List<NamedArray> arrays = new ArrayList<>();
    for (ParameterInfo p : net.parameters()) {
      arrays.add(new NamedArray(p.name(), p.shape(), net.lentWeights(), p.offset()));
    }
    if (!ArrayFile.isNpz(file)) {
      Safetensors.write(file, arrays, metadata);
    } else if (metadata.isEmpty()) {
      Npz.write(file, arrays);
    } else {
      throw new IllegalArgumentException(
          file + " cannot hold " + metadata.keySet() + ": save as .safetensors");
    }
  }

  /**
   * Loads all parameters.
   *
   * @throws FileFormatException when the file is damaged
   * @throws IllegalArgumentException when it does not hold exactly this network's parameters; in
   *     both cases the network is as before
   */
  public static LoadReport load(Network net, Path file) {
    return from(file).into(net);
  }

  /** The strings stored in a file beside the tensors. */
  public static Map<String, String> metadata(Path file) {
    return Safetensors.open(file).metadata();
  }

  /** Starts to say what of a file is to be loaded: all of it, unless more is said. */
  public static Weights from(Path file) {
    return new Weights(file, null, null, false);
  }

  /** Only parameters named like this; {@code *} stands for any characters and {@code ?} for one. */
  public Weights only(String pattern) {
    return new Weights(file, and(matching(pattern)), rename, lenient);
  }

  /** No parameters named like this. */
  public Weights except(String pattern) {
    return new Weights(file, and(matching(pattern).negate()), rename, lenient);
  }

  /**
   * Looks for a parameter in the file under its name with each match of a regular expression
   * replaced.
   */
  public Weights rename(String regex, String replacement) {
    Pattern pattern = Pattern.compile(regex);
    return new Weights(
        file, wanted, name -> pattern.matcher(stored(name)).replaceAll(replacement), lenient);
  }

  private Predicate<String> and(Predicate<String> more) {
    return wanted == null ? more : wanted.and(more);
  }

  /** The name in the file of the parameter of this name. */
  private String stored(String name) {
    return rename == null ? name : rename.apply(name);
  }

  /** Loads what fits, and reports the rest instead of refusing the file. */
  public Weights lenient() {
    return new Weights(file, wanted, rename, true);
  }

  /**
   * Loads into a network.
   *
   * @throws IllegalArgumentException when not {@link #lenient} and a wanted parameter is missing or
   *     of another shape, or, when all are wanted, the file holds more; the network is as before
   */
  public LoadReport into(Network net) {
    ArrayFile arrays = ArrayFile.open(file);
    List<String> loaded = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    List<String> mismatched = new ArrayList<>();
    Set<String> used = new HashSet<>();
    float[] weights = net.lentWeights().clone();
    boolean all = true;
    for (ParameterInfo parameter : net.parameters()) {
      if (wanted != null && !wanted.test(parameter.name())) {
        all = false;
        continue;
      }
      String name = stored(parameter.name());
      used.add(name);
      Optional<List<Integer>> shape = arrays.shape(name);
      if (shape.isEmpty()) {
        missing.add(parameter.name());
      } else if (!shape.get().equals(parameter.shape())) {
        mismatched.add(
            "%s is %s but the file has %s"
                .formatted(parameter.name(), parameter.shape(), shape.get()));
      } else {
        arrays.read(name, weights, parameter.offset());
        loaded.add(parameter.name());
      }
    }
    List<String> unexpected = new ArrayList<>();
    for (String name : arrays.names()) {
      if (!used.contains(name) && !name.startsWith(OWN)) {
        unexpected.add(name);
      }
    }
    LoadReport report = new LoadReport(loaded, missing, unexpected, mismatched);
    boolean refused = !missing.isEmpty() || !mismatched.isEmpty() || (all && !unexpected.isEmpty());
    if (refused && !lenient) {
      throw new IllegalArgumentException(
          "%s does not fit %s: %s. Nothing was loaded; Weights.from(file).lenient() loads what fits."
              .formatted(file, net.name(), report));
    }
    System.arraycopy(weights, 0, net.lentWeights(), 0, weights.length);
    return report;
  }

  private static Predicate<String> matching(String pattern) {
    StringBuilder regex = new StringBuilder();
    for (char c : pattern.toCharArray()) {
      regex.append(c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString()).asMatchPredicate();
  }
}
