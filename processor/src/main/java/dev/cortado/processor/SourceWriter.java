package dev.cortado.processor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.annotation.processing.Filer;
import javax.annotation.processing.FilerException;
import javax.lang.model.element.TypeElement;

/** Writes generated sources, each with the one model it comes from. */
final class SourceWriter {
  private final Filer filer;
  private final Set<String> written = new LinkedHashSet<>();

  SourceWriter(Filer filer) {
    this.filer = filer;
  }

  /** Whether the class is one of ours. */
  boolean wrote(String qualifiedName) {
    return written.contains(qualifiedName);
  }

  /** False when a class of that name was there already. */
  boolean write(List<GeneratedFile> files, TypeElement model) {
    try {
      for (GeneratedFile file : files) {
        try (Writer out = filer.createSourceFile(file.name(), model).openWriter()) {
          out.write(file.text());
        }
        written.add(file.name());
      }
      return true;
    } catch (FilerException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
