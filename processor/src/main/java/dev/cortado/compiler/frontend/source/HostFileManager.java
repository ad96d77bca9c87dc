package dev.cortado.compiler.frontend.source;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.JavaFileObject.Kind;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * The private compilation's view of the world: the platform as the standard file manager knows it,
 * and a class path that is whatever the running compilation sees. Modules are gone: everything but
 * the platform is in the unnamed module, where bodies resolve to the same declarations.
 */
final class HostFileManager extends ForwardingJavaFileManager<StandardJavaFileManager> {
  private final HostClasses classes;

  HostFileManager(StandardJavaFileManager standard, HostClasses classes) {
    super(standard);
    this.classes = classes;
  }

  @Override
  public boolean hasLocation(Location location) {
    return location == StandardLocation.CLASS_PATH
        || location == StandardLocation.SYSTEM_MODULES
        || (isPlatform(location) && super.hasLocation(location));
  }

  private static boolean isPlatform(Location location) {
    return !(location instanceof StandardLocation) || location == StandardLocation.SYSTEM_MODULES;
  }

  @Override
  public Iterable<JavaFileObject> list(
      Location location, String packageName, Set<Kind> kinds, boolean recurse) throws IOException {
    if (location == StandardLocation.CLASS_PATH) {
      return classes.in(packageName).stream()
          .filter(file -> kinds.contains(file.getKind()))
          .map(file -> (JavaFileObject) file)
          .toList();
    }
    return isPlatform(location) ? super.list(location, packageName, kinds, recurse) : List.of();
  }

  @Override
  public @Nullable String inferBinaryName(Location location, JavaFileObject file) {
    return file instanceof SourceFile source
        ? source.binaryName()
        : super.inferBinaryName(location, file);
  }

  @Override
  public boolean isSameFile(FileObject a, FileObject b) {
    return a instanceof SourceFile source
        ? source.isSameAs(b)
        : !(b instanceof SourceFile) && super.isSameFile(a, b);
  }

  @Override
  public Iterable<Set<Location>> listLocationsForModules(Location location) throws IOException {
    return isPlatform(location) ? super.listLocationsForModules(location) : List.of();
  }

  @Override
  public @Nullable Location getLocationForModule(Location location, JavaFileObject file)
      throws IOException {
    return file instanceof SourceFile ? null : super.getLocationForModule(location, file);
  }

  @Override
  public @Nullable Location getLocationForModule(Location location, String moduleName)
      throws IOException {
    return isPlatform(location) ? super.getLocationForModule(location, moduleName) : null;
  }

  @Override
  public boolean contains(Location location, FileObject file) throws IOException {
    return !(file instanceof SourceFile) && super.contains(location, file);
  }

  @Override
  public @Nullable ClassLoader getClassLoader(Location location) {
    return null;
  }

  @Override
  public @Nullable JavaFileObject getJavaFileForInput(
      Location location, String className, Kind kind) throws IOException {
    if (location != StandardLocation.CLASS_PATH) {
      return isPlatform(location) ? super.getJavaFileForInput(location, className, kind) : null;
    }
    String packageName = className.substring(0, Math.max(0, className.lastIndexOf('.')));
    return classes.in(packageName).stream()
        .filter(file -> file.getKind() == kind && className.equals(file.binaryName()))
        .findFirst()
        .orElse(null);
  }
}
