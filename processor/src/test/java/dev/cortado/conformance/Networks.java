package dev.cortado.conformance;

import dev.cortado.Network;
import java.lang.reflect.InvocationTargetException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes networks of cases. */
final class Networks {
  private Networks() {}

  /** All cases in one javac call. */
  static Compiled compile(List<ModelCase> cases) {
    Map<String, String> sources = new LinkedHashMap<>();
    cases.forEach(c -> sources.put(c.name(), c.source()));
    return Compiled.of(sources).succeeded();
  }

  /** The CPU network, with room for exactly the case's sizes. */
  static Network create(Compiled compiled, ModelCase c) {
    return create(compiled, c, "Network");
  }

  /** The network of the generated class whose name ends so. */
  static Network create(Compiled compiled, ModelCase c, String suffix) {
    Class<?> type = compiled.load(c.name() + suffix);
    int others = c.symbols().size() - 1;
    Class<?>[] types = new Class<?>[1 + others];
    Object[] arguments = new Object[1 + others];
    types[0] = long.class;
    arguments[0] = 42L;
    for (int i = 1; i <= others; i++) {
      types[i] = int.class;
      arguments[i] = c.symbols().get(i).size();
    }
    try {
      return (Network) type.getMethod("create", types).invoke(null, arguments);
    } catch (InvocationTargetException e) {
      throw new AssertionError("create failed", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
