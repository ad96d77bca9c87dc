package dev.cortado.compiler.frontend.signature;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.lang.model.element.Element;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.RecordComponentElement;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.DeclaredType;
import javax.lang.model.type.TypeKind;
import javax.lang.model.type.TypeMirror;
import javax.lang.model.util.ElementFilter;
import javax.lang.model.util.Elements;
import javax.lang.model.util.Types;
import org.jspecify.annotations.Nullable;

/**
 * A class annotated with {@code @Model}: what the rules look at. Belongs to one round.
 *
 * @param methods of the class and its superclasses, overridden ones left out
 */
record ModelClass(
    TypeElement type, List<ExecutableElement> methods, Elements elements, Types types) {

  static ModelClass of(TypeElement type, Elements elements, Types types) {
    List<ExecutableElement> methods =
        ElementFilter.methodsIn(elements.getAllMembers(type)).stream()
            .filter(m -> !isOf(m, "java.lang.Object"))
            .toList();
    return new ModelClass(type, methods, elements, types);
  }

  private static boolean isOf(ExecutableElement method, String owner) {
    return method.getEnclosingElement() instanceof TypeElement type
        && type.getQualifiedName().contentEquals(owner);
  }

  /** As source in its package refers to it: {@code Outer.MnistCnn}. */
  String name() {
    String qualified = type.getQualifiedName().toString();
    String pkg = packageName();
    return pkg.isEmpty() ? qualified : qualified.substring(pkg.length() + 1);
  }

  String packageName() {
    return elements.getPackageOf(type).getQualifiedName().toString();
  }

  String joinedName() {
    return name().replace('.', '_');
  }

  String networkName() {
    return joinedName() + "Network";
  }

  boolean isPublic() {
    return Stream.<@Nullable Element>iterate(type, e -> e instanceof TypeElement, e -> enclosing(e))
        .allMatch(e -> e != null && e.getModifiers().contains(Modifier.PUBLIC));
  }

  /** The private class, this one or one around it, that keeps others from naming this one. */
  Optional<Element> privateClass() {
    return Stream.<@Nullable Element>iterate(type, e -> e instanceof TypeElement, e -> enclosing(e))
        .flatMap(Stream::ofNullable)
        .filter(e -> e.getModifiers().contains(Modifier.PRIVATE))
        .findFirst();
  }

  private static @Nullable Element enclosing(@Nullable Element element) {
    return element == null ? null : element.getEnclosingElement();
  }

  List<ExecutableElement> named(String name) {
    return methods.stream().filter(m -> m.getSimpleName().contentEquals(name)).toList();
  }

  /** The method of that name when there is exactly one. */
  @Nullable ExecutableElement only(String name) {
    List<ExecutableElement> found = named(name);
    return found.size() == 1 ? found.getFirst() : null;
  }

  List<VariableElement> fields() {
    return ElementFilter.fieldsIn(type.getEnclosedElements());
  }

  /** The components, when the type is a record. */
  static List<? extends RecordComponentElement> components(TypeMirror type) {
    return type instanceof DeclaredType declared
            && declared.asElement() instanceof TypeElement element
            && element.getKind() == ElementKind.RECORD
        ? element.getRecordComponents()
        : List.of();
  }

  /**
   * Some type in the signatures is not known (yet): another processor may be about to generate it.
   */
  boolean hasUnresolvedTypes() {
    return Stream.of(supertypes(), signature("forward"), signature("loss"))
        .flatMap(types -> types)
        .anyMatch(t -> t.getKind() == TypeKind.ERROR);
  }

  private Stream<TypeMirror> supertypes() {
    return Stream.iterate(
        type.getSuperclass(),
        t -> t.getKind() == TypeKind.DECLARED || t.getKind() == TypeKind.ERROR,
        t ->
            t instanceof DeclaredType d && d.asElement() instanceof TypeElement e
                ? e.getSuperclass()
                : types.getNoType(TypeKind.NONE));
  }

  private Stream<TypeMirror> signature(String method) {
    return named(method).stream()
        .flatMap(
            m ->
                Stream.of(
                        Stream.of(m.getReturnType()),
                        m.getParameters().stream().map(Element::asType),
                        components(m.getReturnType()).stream().map(Element::asType))
                    .flatMap(t -> t));
  }
}
