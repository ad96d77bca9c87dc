package dev.cortado.compiler.frontend.eval;

import com.sun.source.tree.Tree;
import com.sun.source.util.TreePath;
import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.shape.Poly;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.lang.model.element.Element;
import org.jspecify.annotations.Nullable;

/** One method, constructor, initializer or lambda being evaluated. */
final class Frame {
  /**
   * {@code if (cond) return value;} on elements: the rest of the body goes on where it is false.
   */
  record Early(Expr.Cond cond, Val value) {}

  final @Nullable Frame caller;

  /** The expression in the caller that is being evaluated. */
  final @Nullable TreePath site;

  final @Nullable Val self;

  /** What is being run: a method or constructor, or null. */
  final @Nullable Element owner;

  final int depth;

  Map<Element, Val> locals = new HashMap<>();
  final List<Early> early = new ArrayList<>();

  /** How many conditions on elements enclose the statement being evaluated. */
  int conditions;

  /** What symbols of {@code @Shape} stand for in this activation. */
  final Map<String, Poly> symbols = new HashMap<>();

  /** The expression whose value was returned last. */
  @Nullable TreePath returned;

  /** The layer object whose application this is, on this frame or one that called it. */
  final @Nullable Instance layer;

  Frame(
      @Nullable Frame caller,
      @Nullable TreePath site,
      @Nullable Val self,
      @Nullable Element owner,
      @Nullable Instance layer) {
    this.caller = caller;
    this.site = site;
    this.self = self;
    this.owner = owner;
    this.layer = layer;
    this.depth = caller == null ? 0 : caller.depth + 1;
  }

  /** Where a model is created and run from: no expression of the user's. */
  static Frame outside() {
    return new Frame(null, null, null, null, null);
  }

  boolean isOutside() {
    return caller == null;
  }

  /** {@code here} and then the calls that led to it, innermost first, each once. */
  List<TreePath> trace(TreePath here) {
    Map<Tree, TreePath> paths = new LinkedHashMap<>();
    paths.put(here.getLeaf(), here);
    for (Frame f = this; f != null; f = f.caller) {
      if (f.site != null) {
        paths.putIfAbsent(f.site.getLeaf(), f.site);
      }
    }
    return List.copyOf(paths.values());
  }

  /** True while any frame on the way here evaluates a branch that depends on elements. */
  boolean isConditional() {
    for (Frame f = this; f != null; f = f.caller) {
      if (f.conditions > 0) {
        return true;
      }
    }
    return false;
  }
}
