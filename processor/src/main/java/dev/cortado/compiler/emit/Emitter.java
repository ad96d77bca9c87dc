package dev.cortado.compiler.emit;

import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.plan.Plan;
import dev.cortado.compiler.plan.Target;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prints planned models as source, for one kind of device. Further emitters are found by {@code
 * ServiceLoader} on the processor path (annotate with {@code @AutoService(Emitter.class)}).
 */
public interface Emitter {
  /** A class to write: its qualified name and its text. */
  record Source(String qualifiedName, String text) {}

  /**
   * What is wrong with the compilation rather than with a model, as one error.
   *
   * @param key section of {@code docs/errors.md}
   * @param text what was expected, what came, what to do
   */
  record Complaint(String key, String text) {}

  /** What an emitter is told about the compilation. */
  interface Environment {
    /** The value of {@code -Akey=value}, or null. */
    @Nullable String option(String key);

    /** Whether a class of that qualified name is on the compilation's class path. */
    boolean isPresent(String qualifiedName);

    /** Names of the methods and constants that a class on the class path has, its own ones. */
    Set<String> members(String qualifiedName);

    /** Where the class's file is, {@code jar:file:/…!/…} mostly; null when nobody knows. */
    @Nullable URI location(String qualifiedName);
  }

  /** What plans may use of this emitter's kernels. */
  default Target target() {
    return Target.PORTABLE;
  }

  /** Whether to run in this compilation at all. */
  boolean appliesTo(Environment environment);

  /** Why the classes cannot be used as this compilation is set up; their API is emitted then. */
  default Optional<Complaint> complaint(Environment environment) {
    return Optional.empty();
  }

  /**
   * Looks at the class file that javac wrote for one of the emitted classes, or for a class in it.
   *
   * @param binaryName as {@code Class.getName} gives it
   */
  default Optional<Complaint> inspect(String binaryName, byte[] classFile) {
    return Optional.empty();
  }

  /**
   * The classes for one model.
   *
   * @param plan null when a body is wrong: the same API, whose methods throw
   */
  List<Source> emit(Signature signature, @Nullable Plan plan, Environment environment);
}
