package dev.cortado.compiler.frontend.eval;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.cortado.compiler.frontend.Analysis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/** The trees of classes and their members, and which method a call on an object reaches. */
final class Declarations {
  private record Call(TypeElement type, ExecutableElement method) {}

  private final Analysis analysis;
  private final Map<TypeElement, @Nullable TreePath> classes = new HashMap<>();
  private final Map<TypeElement, Map<Element, TreePath>> members = new HashMap<>();
  private final Map<Call, ExecutableElement> dispatched = new HashMap<>();

  Declarations(Analysis analysis) {
    this.analysis = analysis;
  }

  /** A local or anonymous class, which only the evaluator meets. */
  void register(TreePath classPath) {
    if (analysis.trees().getElement(classPath) instanceof TypeElement type) {
      classes.putIfAbsent(type, classPath);
    }
  }

  /** The class declaration; null when there is only a class file. */
  @Nullable TreePath of(TypeElement type) {
    if (!classes.containsKey(type)) {
      TreePath path = analysis.declaration(type);
      classes.put(type, path != null && path.getLeaf() instanceof ClassTree ? path : null);
    }
    return classes.get(type);
  }

  /** The declaration of a method, constructor, field or enum constant. */
  @Nullable TreePath member(Element element) {
    if (!(element.getEnclosingElement() instanceof TypeElement type)) {
      return null;
    }
    return members(type).get(element);
  }

  private Map<Element, TreePath> members(TypeElement type) {
    Map<Element, TreePath> known = members.get(type);
    if (known == null) {
      known = new HashMap<>();
      for (TreePath member : bodyOf(type)) {
        Element element = analysis.trees().getElement(member);
        if (element != null) {
          known.put(element, member);
        }
      }
      members.put(type, known);
    }
    return known;
  }

  /** The members of a class in the order they are written; none when there is no source. */
  List<TreePath> bodyOf(TypeElement type) {
    TreePath path = of(type);
    if (path == null) {
      return List.of();
    }
    List<TreePath> body = new ArrayList<>();
    for (Tree member : ((ClassTree) path.getLeaf()).getMembers()) {
      body.add(new TreePath(path, member));
    }
    return body;
  }

  /** The method that a call of {@code method} on an object of class {@code type} runs. */
  ExecutableElement dispatch(TypeElement type, ExecutableElement method) {
    if (method.getModifiers().contains(Modifier.STATIC)
        || method.getModifiers().contains(Modifier.PRIVATE)) {
      return method;
    }
    return dispatched.computeIfAbsent(new Call(type, method), c -> find(type, method));
  }

  private ExecutableElement find(TypeElement type, ExecutableElement method) {
    List<TypeElement> interfaces = new ArrayList<>();
    for (TypeElement c = type; c != null; c = superclass(c)) {
      ExecutableElement found = overriding(c, type, method);
      if (found != null && !found.getModifiers().contains(Modifier.ABSTRACT)) {
        return found;
      }
      collectInterfaces(c, interfaces);
    }
    // The most specific default method: one that no other candidate overrides.
    ExecutableElement best = method;
    for (TypeElement i : interfaces) {
      ExecutableElement found = overriding(i, type, method);
      if (found != null
          && found.isDefault()
          && (best.getModifiers().contains(Modifier.ABSTRACT)
              || analysis.elements().overrides(found, best, type))) {
        best = found;
      }
    }
    return best;
  }

  private @Nullable ExecutableElement overriding(
      TypeElement in, TypeElement type, ExecutableElement method) {
    for (ExecutableElement m : ElementFilter.methodsIn(in.getEnclosedElements())) {
      if (m.equals(method)
          || (m.getSimpleName().equals(method.getSimpleName())
              && m.getParameters().size() == method.getParameters().size()
              && analysis.elements().overrides(m, method, type))) {
        return m;
      }
    }
    return null;
  }

  private static void collectInterfaces(TypeElement type, List<TypeElement> into) {
    for (TypeMirror i : type.getInterfaces()) {
      if (i instanceof DeclaredType d && d.asElement() instanceof TypeElement t) {
        if (!into.contains(t)) {
          into.add(t);
        }
        collectInterfaces(t, into);
      }
    }
  }

  /** All interfaces of a class and of those it inherits from. */
  List<TypeMirror> interfaces(TypeElement type) {
    List<TypeElement> found = new ArrayList<>();
    for (TypeElement c = type; c != null; c = superclass(c)) {
      collectInterfaces(c, found);
    }
    return found.stream().map(TypeElement::asType).toList();
  }

  /** The class that declares a member. */
  static TypeElement classOf(Element member) {
    if (member.getEnclosingElement() instanceof TypeElement type) {
      return type;
    }
    throw new IllegalStateException(member + " is no member of a class");
  }

  @Nullable TypeElement superclass(TypeElement type) {
    return type.getSuperclass() instanceof DeclaredType d && d.asElement() instanceof TypeElement t
        ? t
        : null;
  }

  /** True when {@code type} is {@code ancestor} or inherits from it. */
  boolean inherits(TypeElement type, TypeElement ancestor) {
    return analysis
        .types()
        .isSubtype(
            analysis.types().erasure(type.asType()), analysis.types().erasure(ancestor.asType()));
  }

  /** The one abstract method of a functional interface; null for another type. */
  @Nullable ExecutableElement functional(TypeMirror type) {
    if (!(type instanceof DeclaredType d)
        || !(d.asElement() instanceof TypeElement t)
        || t.getKind() != ElementKind.INTERFACE) {
      return null;
    }
    ExecutableElement found = null;
    for (ExecutableElement m : ElementFilter.methodsIn(analysis.elements().getAllMembers(t))) {
      if (m.getModifiers().contains(Modifier.ABSTRACT) && !redeclaresObject(m)) {
        found = m;
      }
    }
    return found;
  }

  /** An interface may repeat methods that every object has ({@code Comparator.equals}). */
  private static boolean redeclaresObject(ExecutableElement method) {
    String name = method.getSimpleName().toString();
    return switch (method.getParameters().size()) {
      case 0 -> name.equals("hashCode") || name.equals("toString");
      case 1 -> name.equals("equals");
      default -> false;
    };
  }
}
