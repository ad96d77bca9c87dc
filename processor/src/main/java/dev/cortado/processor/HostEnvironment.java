package dev.cortado.processor;

import dev.cortado.compiler.emit.Emitter;
import javax.annotation.processing.ProcessingEnvironment;
import org.jspecify.annotations.Nullable;

/** The running compilation, as emitters see it. */
record HostEnvironment(ProcessingEnvironment host) implements Emitter.Environment {
  @Override
  public @Nullable String option(String key) {
    return host.getOptions().get(key);
  }

  @Override
  public boolean isPresent(String qualifiedName) {
    return host.getElementUtils().getTypeElement(qualifiedName) != null;
  }
}
