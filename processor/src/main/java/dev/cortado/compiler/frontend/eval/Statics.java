package dev.cortado.compiler.frontend.eval;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePath;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.lang.model.element.ElementKind;
import javax.lang.model.element.ExecutableElement;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/**
 * Static fields and enum constants. Each is evaluated when it is first read, not with its whole
 * class: what else a class holds is none of our business.
 */
final class Statics {
  private final Interpreter in;
  private final Map<VariableElement, Val> values = new HashMap<>();
  private final Set<VariableElement> evaluating = new HashSet<>();
  private final Set<TypeElement> blocksRun = new HashSet<>();

  Statics(Interpreter in) {
    this.in = in;
  }

  Val read(VariableElement field, TreePath path, Frame frame) {
    if (field.getConstantValue() != null) {
      return Val.of(field.getConstantValue());
    }
    Val known = values.get(field);
    if (known != null) {
      return known;
    }
    if (field.getKind() == ElementKind.ENUM_CONSTANT) {
      return constant(field, path, frame);
    }
    if (!field.getModifiers().contains(Modifier.FINAL)) {
      throw Failures.unsupported(
          path,
          frame,
          "'" + in.source.of(path) + "', a static field that may change,",
          "make it final");
    }
    TreePath declaration = in.declarations.member(field);
    if (declaration == null || !(declaration.getLeaf() instanceof VariableTree tree)) {
      throw Failures.unsupported(
          path,
          frame,
          "'" + in.source.of(path) + "', whose value is not a constant in its class file,",
          "write the value here");
    }
    return initialize(field, declaration, tree.getInitializer(), path, frame);
  }

  private Val initialize(
      VariableElement field,
      TreePath declaration,
      @Nullable ExpressionTree initializer,
      TreePath path,
      Frame frame) {
    if (initializer == null) {
      runBlocks(Declarations.classOf(field), path, frame);
      return values.getOrDefault(field, Conversions.initial(field.asType()));
    }
    if (!evaluating.add(field)) {
      return Conversions.initial(field.asType());
    }
    TreePath at = new TreePath(declaration, initializer);
    Val value =
        outside(
            () ->
                in.variables.initializer(
                    at, field.asType(), new Frame(frame, path, null, null, null)));
    values.put(field, value);
    return value;
  }

  /** What a static field holds is nobody's in particular: it goes into the model's own graph. */
  private <T> T outside(Supplier<T> evaluation) {
    Level level = in.level;
    int elementwise = in.elementwise;
    in.level = in.root;
    in.elementwise = 0;
    T result = evaluation.get();
    in.level = level;
    in.elementwise = elementwise;
    return result;
  }

  private void runBlocks(TypeElement type, TreePath path, Frame frame) {
    if (!blocksRun.add(type)) {
      return;
    }
    for (TreePath member : in.declarations.bodyOf(type)) {
      if (member.getLeaf() instanceof BlockTree block && block.isStatic()) {
        Completion unused =
            outside(
                () ->
                    in.run(
                        member.getParentPath(), block, new Frame(frame, path, null, null, null)));
      }
    }
  }

  void assign(VariableElement field, Val value, TreePath path, Frame frame) {
    boolean initializing =
        field.getModifiers().contains(Modifier.FINAL)
            && blocksRun.contains(Declarations.classOf(field));
    if (!initializing) {
      throw Failures.unsupported(
          path, frame, "assigning a static field", "use a field of the object or a local variable");
    }
    values.put(field, value);
  }

  private Val constant(VariableElement field, TreePath path, Frame frame) {
    TypeElement type = Declarations.classOf(field);
    Instance.EnumConstant tag =
        new Instance.EnumConstant(field.getSimpleName().toString(), ordinal(type, field));
    TreePath declaration = in.declarations.member(field);
    if (declaration == null
        || !(declaration.getLeaf() instanceof VariableTree tree)
        || !(tree.getInitializer() instanceof NewClassTree creation)) {
      Instance bare = new Instance(type, null, Map.of(), tag);
      values.put(field, bare);
      return bare;
    }
    TreePath at = new TreePath(declaration, creation);
    if (creation.getClassBody() != null) {
      in.declarations.register(new TreePath(at, creation.getClassBody()));
    }
    ExecutableElement constructor = (ExecutableElement) in.element(at);
    TypeElement actual = Declarations.classOf(constructor);
    Instance object = new Instance(actual, null, Map.of(), tag);
    values.put(field, object);
    Frame around = new Frame(frame, path, null, null, null);
    List<Val> arguments = in.calls.arguments(at, constructor, creation.getArguments(), around);
    in.objects.construct(
        object,
        actual,
        new Invocation(
            constructor, null, arguments, List.of(), false, actual.asType(), at, around));
    return object;
  }

  private static int ordinal(TypeElement type, VariableElement constant) {
    return constants(type).indexOf(constant);
  }

  private static List<VariableElement> constants(TypeElement type) {
    return ElementFilter.fieldsIn(type.getEnclosedElements()).stream()
        .filter(f -> f.getKind() == ElementKind.ENUM_CONSTANT)
        .toList();
  }

  /** {@code E.values()}. */
  List<Val> enumValues(TypeElement type, TreePath path, Frame frame) {
    List<Val> all = new ArrayList<>();
    for (VariableElement constant : constants(type)) {
      all.add(read(constant, path, frame));
    }
    return all;
  }
}
