package dev.cortado.compiler.frontend.eval;

import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a layer object is called: the path of fields from the model to it. */
final class Names {
  private final FieldTree fields;
  private final Map<Instance, String> paths = new IdentityHashMap<>();
  private @Nullable Instance model;

  private boolean stale = true;

  Names(FieldTree fields) {
    this.fields = fields;
  }

  /** Something was stored that may hold layers. */
  void changed() {
    stale = true;
  }

  /** The complete model object; before it is complete, nothing has a path. */
  void model(Instance root) {
    model = root;
  }

  /**
   * {@code blocks.0.down}; empty for the model. A layer that no field holds is called by its class.
   */
  String of(Instance layer) {
    if (stale && !paths.containsKey(layer)) {
      refresh();
    }
    String path = paths.get(layer);
    return path != null ? path : plain(layer.type().getSimpleName().toString());
  }

  /** Layers may be created, and fields assigned, while the model runs. */
  private void refresh() {
    if (model == null) {
      return;
    }
    stale = false;
    fields.walk(
        "",
        model,
        new FieldTree.Visitor() {
          @Override
          public void layer(String path, Instance layer) {
            paths.put(layer, path);
          }

          @Override
          public void parameter(String path, TensorVal tensor) {}
        });
  }

  private static String plain(String className) {
    return className.isEmpty()
        ? "layer"
        : className.substring(0, 1).toLowerCase(Locale.ROOT) + className.substring(1);
  }
}
