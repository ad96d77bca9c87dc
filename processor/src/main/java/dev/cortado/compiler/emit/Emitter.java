package dev.cortado.compiler.emit;

import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.plan.Plan;
import dev.cortado.compiler.plan.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Prints planned models as source, for one kind of device. Further emitters are found by {@code
 * ServiceLoader} on the processor path (annotate with {@code @AutoService(Emitter.class)}).
 */
public interface Emitter {
  /** A class to write: its qualified name and its text. */
  record Source(String qualifiedName, String text) {}

  /** What an emitter is told about the compilation. */
  interface Environment {
    /** The value of {@code -Akey=value}, or null. */
    @Nullable String option(String key);

    /** Whether a class of that qualified name is on the compilation's class path. */
    boolean isPresent(String qualifiedName);
  }

  /** What plans may use of this emitter's kernels. */
  default Target target() {
    return Target.PORTABLE;
  }

  /** Whether to run in this compilation at all. */
  boolean appliesTo(Environment environment);

  /**
   * The classes for one model.
   *
   * @param plan null when a body is wrong: the same API, whose methods throw
   */
  List<Source> emit(Signature signature, @Nullable Plan plan);
}
