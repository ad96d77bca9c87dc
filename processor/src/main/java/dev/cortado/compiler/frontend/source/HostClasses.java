package dev.cortado.compiler.frontend.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.ModuleElement;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;

/**
 * The classes that the running compilation sees, package by package, as files. Works alike for a
 * class path, a module path and an incremental build, because the running compilation has found
 * them already.
 */
final class HostClasses {
  private final Elements elements;
  private final RecordedSources recorded;
  private final Set<String> compiledHere;
  private final StraySources stray;
  private final Map<String, List<SourceFile>> packages = new LinkedHashMap<>();

  /**
   * @param compiledHere top-level classes whose sources the private compilation is given anyway
   */
  HostClasses(
      Elements elements, RecordedSources recorded, Set<String> compiledHere, StraySources stray) {
    this.elements = elements;
    this.recorded = recorded;
    this.compiledHere = compiledHere;
    this.stray = stray;
  }

  List<SourceFile> in(String packageName) {
    List<SourceFile> known = packages.get(packageName);
    if (known == null) {
      known = list(packageName);
      packages.put(packageName, known);
    }
    return known;
  }

  private List<SourceFile> list(String packageName) {
    List<SourceFile> files = new ArrayList<>();
    if (stray.in(packageName)) {
      stray.classes(packageName, elements, type -> add(type, files));
      return List.copyOf(files);
    }
    for (PackageElement found : elements.getAllPackageElements(packageName)) {
      if (!isPlatform(elements.getModuleOf(found))) {
        ElementFilter.typesIn(found.getEnclosedElements()).forEach(type -> add(type, files));
      }
    }
    return List.copyOf(files);
  }

  /** The private compilation has the platform's classes of its own. */
  private static boolean isPlatform(ModuleElement module) {
    String name = module == null ? "" : module.getQualifiedName().toString();
    return name.startsWith("java.") || name.startsWith("jdk.");
  }

  private void add(TypeElement type, List<SourceFile> files) {
    String binaryName = elements.getBinaryName(type).toString();
    if (compiledHere.contains(binaryName)) {
      return;
    }
    JavaFileObject file = elements.getFileObjectOf(type);
    if (file == null) {
      return;
    }
    Optional<RecordedFile> source =
        file.getKind() == JavaFileObject.Kind.CLASS
            ? recorded.find(binaryName, file)
            : Optional.empty();
    if (source.isPresent()) {
      files.add(new SourceFile(source.get(), binaryName));
    } else {
      files.add(new SourceFile(file, binaryName));
      addNested(type, files);
    }
  }

  private void addNested(TypeElement type, List<SourceFile> files) {
    for (TypeElement nested : ElementFilter.typesIn(type.getEnclosedElements())) {
      JavaFileObject file = elements.getFileObjectOf(nested);
      if (file != null && file.getKind() == JavaFileObject.Kind.CLASS) {
        files.add(new SourceFile(file, elements.getBinaryName(nested).toString()));
        addNested(nested, files);
      }
    }
  }
}
