package dev.cortado.compiler.frontend.record;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.MemberReferenceTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import dev.cortado.compiler.frontend.Analysis;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.annotation.processing.Filer;
import javax.lang.model.element.Element;
import javax.lang.model.element.PackageElement;
import javax.lang.model.element.TypeElement;
import javax.tools.StandardLocation;
import org.jspecify.annotations.Nullable;

/**
 * Writes the source of layers to the class output, together with the sources of this compilation
 * that theirs refer to, so that a model in another compilation can be staged through them.
 */
public final class LayerRecorder {
  private final Filer filer;
  private final Set<String> written = new LinkedHashSet<>();

  public LayerRecorder(Filer filer) {
    this.filer = filer;
  }

  /**
   * Records top-level classes and what they refer to.
   *
   * @param topLevelTypes qualified names
   * @param originating the running compilation's element of a qualified name, as Filer wants it
   */
  public void record(
      Collection<String> topLevelTypes,
      Analysis analysis,
      Function<String, @Nullable TypeElement> originating)
      throws IOException {
    Map<String, CompilationUnitTree> units = closure(topLevelTypes, analysis);
    Map<CompilationUnitTree, String> owners = new LinkedHashMap<>();
    for (Map.Entry<String, CompilationUnitTree> entry : units.entrySet()) {
      String owner = owners.putIfAbsent(entry.getValue(), entry.getKey());
      TypeElement element = originating.apply(entry.getKey());
      if (element != null && written.add(entry.getKey())) {
        String text =
            owner == null
                ? entry.getValue().getSourceFile().getCharContent(true).toString()
                : LayerRecord.pointerTo(owner);
        write(entry.getKey(), text, element);
      }
    }
  }

  private void write(String name, String text, Element originating) throws IOException {
    try (OutputStream out =
        filer
            .createResource(
                StandardLocation.CLASS_OUTPUT, "", LayerRecord.resource(name), originating)
            .openOutputStream()) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Top-level classes to their sources, the given ones and all that are referred to. */
  private static Map<String, CompilationUnitTree> closure(
      Collection<String> topLevelTypes, Analysis analysis) {
    Map<String, CompilationUnitTree> units = new LinkedHashMap<>();
    Deque<String> open = new ArrayDeque<>(topLevelTypes);
    while (!open.isEmpty()) {
      String name = open.removeFirst();
      TypeElement type = units.containsKey(name) ? null : analysis.type(name);
      TreePath path = type == null ? null : analysis.declaration(type);
      if (path != null && analysis.ofThisCompilation(path.getCompilationUnit())) {
        units.put(name, path.getCompilationUnit());
        open.addAll(references(path, analysis));
      }
    }
    return units;
  }

  private static Set<String> references(TreePath topLevelType, Analysis analysis) {
    Set<String> names = new LinkedHashSet<>();
    new TreePathScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitIdentifier(IdentifierTree tree, @Nullable Void unused) {
        add();
        return super.visitIdentifier(tree, null);
      }

      @Override
      public @Nullable Void visitMemberSelect(MemberSelectTree tree, @Nullable Void unused) {
        add();
        return super.visitMemberSelect(tree, null);
      }

      @Override
      public @Nullable Void visitMemberReference(MemberReferenceTree tree, @Nullable Void unused) {
        add();
        return super.visitMemberReference(tree, null);
      }

      private void add() {
        Element element = analysis.trees().getElement(getCurrentPath());
        while (element != null && !isTopLevel(element)) {
          element = element.getEnclosingElement();
        }
        if (element instanceof TypeElement type) {
          names.add(type.getQualifiedName().toString());
        }
      }
    }.scan(topLevelType, null);
    return names;
  }

  private static boolean isTopLevel(Element element) {
    return element instanceof TypeElement
        && element.getEnclosingElement() instanceof PackageElement;
  }
}
