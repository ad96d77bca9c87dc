package dev.cortado.compiler.frontend.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;

/**
 * Sources that lie beside those being compiled, in folders of the class path, without being
 * compiled: to ask javac for all classes of such a package would make it parse them and report
 * their errors. Of such a package only what the compiled sources name is asked for, and class
 * files.
 */
final class StraySources {
  private static final Pattern NAME =
      Pattern.compile("\\b\\p{javaJavaIdentifierStart}\\p{javaJavaIdentifierPart}*");

  private final Set<Path> compiled = new LinkedHashSet<>();
  private final Set<Path> roots = new LinkedHashSet<>();
  private final Set<String> named = new LinkedHashSet<>();

  /**
   * @param sources that are being compiled
   * @param types binary names of the top-level classes they declare
   */
  StraySources(Collection<? extends JavaFileObject> sources, Set<String> types) {
    for (JavaFileObject source : sources) {
      names(source);
      if ("file".equals(source.toUri().getScheme())) {
        Path file = Path.of(source.toUri());
        compiled.add(file);
        types.forEach(type -> addRoot(file, type));
      }
    }
  }

  private void addRoot(Path file, String type) {
    Path relative = Path.of(type.replace('.', '/') + ".java");
    Path root = file.getRoot();
    if (root != null && file.endsWith(relative)) {
      int parts = file.getNameCount() - relative.getNameCount();
      roots.add(parts == 0 ? root : root.resolve(file.subpath(0, parts)));
    }
  }

  private void names(JavaFileObject source) {
    try {
      Matcher name = NAME.matcher(source.getCharContent(true));
      while (name.find()) {
        named.add(name.group());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether the package has any. */
  boolean in(String packageName) {
    return roots.stream()
        .map(root -> root.resolve(packageName.replace('.', '/')))
        .flatMap(StraySources::list)
        .filter(file -> file.toString().endsWith(".java"))
        .filter(file -> !file.endsWith("package-info.java") && !file.endsWith("module-info.java"))
        .anyMatch(file -> !compiled.contains(file));
  }

  private static Stream<Path> list(Path folder) {
    if (!Files.isDirectory(folder)) {
      return Stream.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The classes of such a package that can matter: those named in the sources, or in sources that
   * these lead to, and the class files beside them, which may need each other.
   */
  void classes(String packageName, Elements elements, Consumer<TypeElement> each) {
    String before = packageName.isEmpty() ? "" : packageName + ".";
    Set<String> asked = new HashSet<>();
    Set<URI> listed = new HashSet<>();
    Deque<String> open = new ArrayDeque<>(named);
    while (!open.isEmpty()) {
      String name = open.pop();
      TypeElement type = asked.add(name) ? elements.getTypeElement(before + name) : null;
      JavaFileObject file = type == null ? null : elements.getFileObjectOf(type);
      if (type == null || file == null) {
        continue;
      }
      each.accept(type);
      if (file.getKind() == JavaFileObject.Kind.SOURCE) {
        names(file);
        open.addAll(named);
      } else if (listed.add(file.toUri().resolve("."))) {
        open.addAll(beside(file.toUri()));
      }
    }
  }

  /** Simple names of the top-level classes in the folder, of a disk or a jar, of a class file. */
  private static List<String> beside(URI classFile) {
    return siblings(classFile)
        .filter(file -> file.endsWith(".class") && file.indexOf('$') < 0)
        .map(file -> file.substring(file.lastIndexOf('/') + 1, file.length() - ".class".length()))
        .toList();
  }

  private static Stream<String> siblings(URI file) {
    if ("file".equals(file.getScheme())) {
      Path folder = Path.of(file).getParent();
      return folder == null ? Stream.of() : list(folder).map(f -> "/" + f.getFileName());
    }
    String text = file.getSchemeSpecificPart();
    int end = text.lastIndexOf("!/");
    if (!"jar".equals(file.getScheme()) || end < 0) {
      return Stream.of();
    }
    String folder = text.substring(end + 2, text.lastIndexOf('/') + 1);
    try (JarFile jar = new JarFile(Path.of(URI.create(text.substring(0, end))).toFile(), false)) {
      return jar.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.lastIndexOf('/') + 1 == folder.length() && name.startsWith(folder))
          .toList()
          .stream();
    } catch (IOException e) {
      return Stream.of();
    }
  }
}
