package dev.cortado.processor;

import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import dev.cortado.compiler.emit.Emitter;
import dev.cortado.compiler.frontend.Analysis;
import dev.cortado.compiler.frontend.StagingError;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.model.ModelGraph;
import dev.cortado.compiler.model.Signature;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/**
 * Stages that only look: they walk the bodies of {@code forward} and {@code loss} and of what those
 * call, as the evaluator would, and write a class that says what they saw. A call of a method named
 * {@code bad} is a wrong program, one of {@code crash} an error of ours.
 */
final class FakeStages implements Stages {
  final List<String> calls = new ArrayList<>();

  /** Networks to whether they are whole; the others are API only. */
  final Map<String, Boolean> emitted = new LinkedHashMap<>();

  @Override
  public ModelGraph stage(Analysis analysis, Signature signature, TypeElement model) {
    for (ExecutableElement method : ElementFilter.methodsIn(model.getEnclosedElements())) {
      if (method.getSimpleName().contentEquals("forward")
          || method.getSimpleName().contentEquals("loss")) {
        walk(analysis, method, List.of());
      }
    }
    return new ModelGraph(
        signature, new GraphBuilder().build(), List.of(), null, List.of(), List.of());
  }

  private void walk(Analysis analysis, Element method, List<TreePath> callers) {
    TreePath declaration = analysis.declaration(method);
    if (declaration == null || callers.size() > 8) {
      return;
    }
    TreePath body = new TreePath(declaration, ((MethodTree) declaration.getLeaf()).getBody());
    if (analysis.isErroneous(body)) {
      throw StagingError.javac(body);
    }
    new TreePathScanner<@Nullable Void, @Nullable Void>() {
      @Override
      public @Nullable Void visitMethodInvocation(
          MethodInvocationTree call, @Nullable Void unused) {
        List<TreePath> where = new ArrayList<>(callers);
        where.addFirst(getCurrentPath());
        Element callee = analysis.trees().getElement(getCurrentPath());
        calls.add(callee.getEnclosingElement() + "." + callee.getSimpleName());
        if (callee.getSimpleName().contentEquals("bad")) {
          throw new StagingError("fake-bad", "expected good but got bad", where);
        }
        if (callee.getSimpleName().contentEquals("crash")) {
          throw new IllegalStateException("crashed");
        }
        walk(analysis, callee, where);
        return super.visitMethodInvocation(call, null);
      }
    }.scan(body, null);
  }

  @Override
  public Output emit(
      Signature signature, @Nullable ModelGraph graph, Emitter.Environment environment) {
    emitted.put(signature.networkName(), graph != null);
    String pkg = signature.packageName();
    String text =
        """
        %s%sabstract class %s implements dev.cortado.Network {
          static %s create(long seed) {
            return null;
          }
        }
        """
            .formatted(
                pkg.isEmpty() ? "" : "package " + pkg + ";\n\n",
                signature.isPublic() ? "public " : "",
                signature.networkName(),
                signature.networkName());
    String name = (pkg.isEmpty() ? "" : pkg + ".") + signature.networkName();
    return new Output(List.of(new GeneratedFile(name, text)), List.of(), List.of());
  }

  @Override
  public List<Emitter.Complaint> inspect(String binaryName, byte[] classFile) {
    return List.of();
  }
}
