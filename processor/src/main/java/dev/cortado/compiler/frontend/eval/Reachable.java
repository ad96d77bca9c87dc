package dev.cortado.compiler.frontend.eval;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All objects, arrays and lists that a value leads to, itself included. */
final class Reachable {
  private final Set<Val> found = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Deque<Val> open = new ArrayDeque<>();

  private Reachable() {}

  static Set<Val> from(Val start) {
    Reachable reachable = new Reachable();
    reachable.add(start);
    while (!reachable.open.isEmpty()) {
      reachable.follow(reachable.open.pop());
    }
    return reachable.found;
  }

  private void follow(Val value) {
    switch (value) {
      case Instance object -> {
        add(object.outer());
        addAll(object.captured().values());
        addAll(object.values());
      }
      case Function(var type, var path, var locals, var self, var receiver) -> {
        add(self);
        add(receiver);
        addAll(locals.values());
      }
      case Val.Array array -> addAll(List.of(array.elements));
      case Val.Items list -> addAll(list.elements);
      default -> {}
    }
  }

  private void addAll(Collection<Val> values) {
    values.forEach(this::add);
  }

  private void add(@Nullable Val value) {
    if (value != null && found.add(value)) {
      open.push(value);
    }
  }
}
