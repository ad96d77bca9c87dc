package dev.cortado.compiler.emit;

import java.util.HashSet;
import java.util.Set;
import javax.lang.model.SourceVersion;

/** Unique Java identifiers that stay close to what the user wrote. */
public final class Names {
  private final Set<String> taken;

  public Names() {
    taken = new HashSet<>();
  }

  /** A copy: what is taken there is taken here, not the other way round. */
  public Names(Names outer) {
    taken = new HashSet<>(outer.taken);
  }

  /** Keeps a name for something that is not asked for here. */
  public Names reserve(String... more) {
    return reserve(java.util.List.of(more));
  }

  public Names reserve(java.util.Collection<String> names) {
    taken.addAll(names);
    return this;
  }

  /**
   * {@code blocks.0.down} becomes {@code blocks0Down}, or {@code blocks0Down2} when that is taken.
   */
  public String unique(String wish) {
    String base = identifier(wish);
    String name = base;
    for (int i = 2; taken.contains(name) || SourceVersion.isKeyword(name); i++) {
      name = base + (Character.isDigit(base.charAt(base.length() - 1)) ? "_" : "") + i;
    }
    taken.add(name);
    return name;
  }

  /** A name such that it and {@code name + suffix} are both free. */
  String unique(String wish, String suffix) {
    String name = unique(wish);
    while (!suffix.isEmpty() && taken.contains(name + suffix)) {
      name = unique(wish);
    }
    taken.add(name + suffix);
    return name;
  }

  /** In camel case, starting with a small letter. */
  public static String identifier(String wish) {
    StringBuilder name = new StringBuilder();
    boolean up = false;
    for (char c : wish.toCharArray()) {
      if (!Character.isJavaIdentifierPart(c) || c == '$' || Character.isIdentifierIgnorable(c)) {
        up = !name.isEmpty();
      } else if (name.isEmpty()) {
        if (!Character.isJavaIdentifierStart(c)) {
          name.append('x');
        }
        name.append(Character.toLowerCase(c));
      } else {
        name.append(up ? Character.toUpperCase(c) : c);
        up = false;
      }
    }
    return name.isEmpty() || name.toString().equals("_") ? "value" : name.toString();
  }
}
