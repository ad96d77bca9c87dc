package dev.cortado.processor;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.Trees;
import java.net.URI;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Element;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.Elements;
import javax.tools.JavaFileObject;

/** The sources of the running compilation, as the rounds bring them. */
final class HostSources {
  private final Trees trees;
  private final Elements elements;
  private final Map<URI, CompilationUnitTree> units = new LinkedHashMap<>();
  private final Set<String> topLevelTypes = new LinkedHashSet<>();

  HostSources(Trees trees, Elements elements) {
    this.trees = trees;
    this.elements = elements;
  }

  /** Takes in a round's root classes; modules and packages declare nothing that bodies need. */
  void add(Collection<? extends Element> roots) {
    for (Element root : roots) {
      TreePath path = root instanceof TypeElement ? trees.getPath(root) : null;
      if (path != null && root instanceof TypeElement type) {
        CompilationUnitTree unit = path.getCompilationUnit();
        units.put(unit.getSourceFile().toUri(), unit);
        topLevelTypes.add(elements.getBinaryName(type).toString());
      }
    }
  }

  Map<URI, CompilationUnitTree> units() {
    return units;
  }

  List<JavaFileObject> files() {
    return units.values().stream().map(CompilationUnitTree::getSourceFile).toList();
  }

  /** Binary names. */
  Set<String> topLevelTypes() {
    return topLevelTypes;
  }
}
