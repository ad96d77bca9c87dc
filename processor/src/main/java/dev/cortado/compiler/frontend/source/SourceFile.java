package dev.cortado.compiler.frontend.source;

import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileObject;
import javax.tools.JavaFileObject;
import org.jspecify.annotations.Nullable;

/**
 * A file of the running compilation as the private one sees it. Wrapping keeps the two file
 * managers apart: neither is asked about the other's file objects.
 */
final class SourceFile extends ForwardingJavaFileObject<JavaFileObject> {
  private final @Nullable String binaryName;

  SourceFile(JavaFileObject file, @Nullable String binaryName) {
    super(file);
    this.binaryName = binaryName;
  }

  /** Of the class it declares; null for a source that is compiled as a whole. */
  @Nullable String binaryName() {
    return binaryName;
  }

  boolean isSameAs(FileObject other) {
    return other instanceof SourceFile file && file.toUri().equals(toUri());
  }
}
