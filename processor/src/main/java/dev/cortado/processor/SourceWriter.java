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

  /**
   * Asks javac for another round, in which other processors' classes will be there, by a source
   * file that holds nothing but a comment. What is written in the very last round earns a warning,
   * so waiting for that is no way.
   */
  void askForRound(String name, TypeElement model) {
    String text = "// Cortado read " + model + " again after other processors had their turn.\n";
    var unused = write(List.of(new GeneratedFile(name, text)), model);
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
