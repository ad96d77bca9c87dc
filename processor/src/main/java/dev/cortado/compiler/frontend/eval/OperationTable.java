package dev.cortado.compiler.frontend.eval;

import dev.cortado.compiler.op.Operation;
import java.util.HashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** What the compiler knows to do with each method of {@code Ops}. */
final class OperationTable {
  private final Map<String, Operation.Rule> rules = new HashMap<>();

  private OperationTable(Iterable<Operation> operations) {
    for (Operation operation : operations) {
      for (Operation.Binding binding : operation.bindings()) {
        Operation.Rule other = rules.put(binding.method(), binding.rule());
        if (other != null) {
          throw new IllegalStateException("two operations are bound to Ops." + binding.method());
        }
      }
    }
  }

  /** All operations that stand beside this class. */
  static OperationTable load() {
    return new OperationTable(
        ServiceLoader.load(Operation.class, Operation.class.getClassLoader()));
  }

  Operation.@Nullable Rule rule(String method) {
    return rules.get(method);
  }
}
