package dev.cortado.processor;

import dev.cortado.compiler.emit.Emitter;
import java.net.URI;
import java.util.Set;
import java.util.stream.Collectors;
import javax.annotation.processing.ProcessingEnvironment;
import javax.lang.model.element.TypeElement;
import javax.tools.JavaFileObject;
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

  @Override
  public Set<String> members(String qualifiedName) {
    TypeElement type = host.getElementUtils().getTypeElement(qualifiedName);
    return type == null
        ? Set.of()
        : type.getEnclosedElements().stream()
            .map(e -> e.getSimpleName().toString())
            .collect(Collectors.toSet());
  }

  @Override
  public @Nullable URI location(String qualifiedName) {
    TypeElement type = host.getElementUtils().getTypeElement(qualifiedName);
    JavaFileObject file = type == null ? null : host.getElementUtils().getFileObjectOf(type);
    return file == null ? null : file.toUri();
  }
}
