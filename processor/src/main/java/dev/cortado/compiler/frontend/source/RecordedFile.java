package dev.cortado.compiler.frontend.source;

import java.net.URI;
import javax.tools.SimpleJavaFileObject;

/** The recorded source of a class of a library. */
final class RecordedFile extends SimpleJavaFileObject {
  private static final String SCHEME = "recorded";
  private final String text;

  RecordedFile(String binaryName, String text) {
    super(
        URI.create(SCHEME + ":///" + binaryName.replace('.', '/') + Kind.SOURCE.extension),
        Kind.SOURCE);
    this.text = text;
  }

  static boolean is(URI uri) {
    return SCHEME.equals(uri.getScheme());
  }

  @Override
  public CharSequence getCharContent(boolean ignoreEncodingErrors) {
    return text;
  }
}
