package dev.cortado.compiler.frontend.eval;

import com.sun.source.util.TreePath;
import dev.cortado.compiler.frontend.report.Suggestion;
import dev.cortado.compiler.frontend.signature.ShapeText;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.lang.model.element.Modifier;
import javax.lang.model.element.TypeElement;
import javax.lang.model.element.VariableElement;
import javax.lang.model.type.TypeKind;
import javax.lang.model.util.ElementFilter;
import org.jspecify.annotations.Nullable;

/**
 * One tensor against one {@code @Shape}. A symbol means, in this order: the {@code int} field of
 * that name (any size while it is not positive), what it was bound to in this activation, the
 * model's own dimension; else it is bound here.
 */
final class ShapeMatch {
  private final Interpreter in;
  private final ShapeText.Dimensions pattern;
  private final Shape shape;
  private final Frame frame;
  private final TreePath path;

  /** Fields whose value is not known yet: whatever comes fits. */
  private final Set<String> open = new HashSet<>();

  private boolean fits;

  ShapeMatch(
      Interpreter in, ShapeText.Dimensions pattern, Shape shape, Frame frame, TreePath path) {
    this.in = in;
    this.pattern = pattern;
    this.shape = shape;
    this.frame = frame;
    this.path = path;
  }

  /**
   * @param parameter true where new symbols may be introduced even in a model
   */
  ShapeMatch match(boolean parameter) {
    int leading = shape.rank() - pattern.dims().size();
    fits = pattern.open() ? leading >= 0 : leading == 0;
    if (!fits) {
      return this;
    }
    for (int i = 0; i < pattern.dims().size(); i++) {
      bind(pattern.dims().get(i), shape.dim(leading + i), parameter);
    }
    for (int i = 0; i < pattern.dims().size(); i++) {
      fits &= agrees(pattern.dims().get(i), shape.dim(leading + i));
    }
    return this;
  }

  boolean fits() {
    return fits;
  }

  /** The expected shape, as far as it is known. */
  String expected() {
    int leading = shape.rank() - pattern.dims().size();
    List<String> dims = new ArrayList<>();
    if (pattern.open() && leading < 0) {
      dims.add("...");
    }
    for (int i = 0; pattern.open() && i < leading; i++) {
      dims.add(shape.dim(i).toString());
    }
    for (Poly dim : pattern.dims()) {
      dims.add(dim.substitute(this::value).toString());
    }
    return dims.toString();
  }

  /** A symbol on its own that nothing is known of stands for what came. */
  private void bind(Poly expected, Poly actual, boolean parameter) {
    String symbol = symbol(expected);
    if (symbol == null || known(symbol) != null || open.contains(symbol)) {
      return;
    }
    boolean inModel = frame.self == null || isModel(frame.self);
    if (inModel && !parameter) {
      throw unknown(symbol);
    }
    frame.symbols.put(symbol, actual);
  }

  private static boolean isModel(Val self) {
    return self instanceof Instance object && Annotations.isModel(object.type());
  }

  private static @Nullable String symbol(Poly dim) {
    return dim.terms().size() == 1
            && dim.terms().getFirst().coefficient() == 1
            && dim.terms().getFirst().atoms().size() == 1
            && dim.terms().getFirst().atoms().getFirst() instanceof Atom.Symbol(String name)
        ? name
        : null;
  }

  private boolean agrees(Poly expected, Poly actual) {
    Poly resolved = expected.substitute(this::value);
    Set<String> unresolved = new TreeSet<>();
    var unused =
        expected.substitute(
            atom -> {
              if (atom instanceof Atom.Symbol(String name) && known(name) == null) {
                unresolved.add(name);
              }
              return null;
            });
    for (String name : unresolved) {
      if (!open.contains(name)) {
        throw unknown(name);
      }
    }
    return !unresolved.isEmpty() || resolved.equals(actual);
  }

  private @Nullable Poly value(Atom atom) {
    return atom instanceof Atom.Symbol(String name) ? known(name) : null;
  }

  private @Nullable Poly known(String symbol) {
    VariableElement field = field(symbol);
    if (field != null) {
      return ofField(field, symbol);
    }
    Poly bound = frame.symbols.get(symbol);
    if (bound != null) {
      return bound;
    }
    boolean ofModel =
        symbol.equals(in.signature.batch()) || in.signature.symbols().contains(symbol);
    return ofModel && (frame.self == null || isModel(frame.self)) ? Poly.symbol(symbol) : null;
  }

  private @Nullable Poly ofField(VariableElement field, String symbol) {
    Val value = Val.NULL;
    if (field.getModifiers().contains(Modifier.STATIC)) {
      value = in.statics.read(field, path, frame);
    } else if (frame.self instanceof Instance object) {
      value = in.variables.field(object, field, path, frame);
    }
    Poly size = Symbolics.poly(value);
    if (size == null || (size.isConstant() && size.constant() <= 0)) {
      open.add(symbol);
      return null;
    }
    return size;
  }

  /** An {@code int} field of that name, of the object's class or one it inherits from. */
  private @Nullable VariableElement field(String name) {
    TypeElement type = null;
    if (frame.self instanceof Instance object) {
      type = object.type();
    } else if (frame.owner != null && frame.owner.getEnclosingElement() instanceof TypeElement t) {
      type = t;
    }
    for (TypeElement c = type; c != null; c = in.declarations.superclass(c)) {
      for (VariableElement f : ElementFilter.fieldsIn(c.getEnclosedElements())) {
        boolean readable = frame.self != null || f.getModifiers().contains(Modifier.STATIC);
        if (readable
            && f.getSimpleName().contentEquals(name)
            && f.asType().getKind() == TypeKind.INT) {
          return f;
        }
      }
    }
    return null;
  }

  private RuntimeException unknown(String symbol) {
    Set<String> names = new TreeSet<>(in.signature.symbols());
    names.addAll(frame.symbols.keySet());
    if (in.signature.batch() != null) {
      names.add(in.signature.batch());
    }
    return Failures.at(
        path,
        frame,
        "shape-symbol",
        "@Shape names a dimension '"
            + symbol
            + "' that nothing here defines"
            + Suggestion.hint(symbol, names)
            + " Known are "
            + names
            + " and the int fields of the class");
  }
}
