package dev.cortado.compiler.emit;

import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.plan.Plan;
import dev.cortado.compiler.plan.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Plain Java for the CPU: {@code XNetwork}. */
public final class CpuEmitter implements Emitter {
  @Override
  public Target target() {
    return Target.CPU;
  }

  @Override
  public boolean appliesTo(Environment environment) {
    return true;
  }

  @Override
  public List<Source> emit(Signature signature, @Nullable Plan plan, Environment environment) {
    String name = signature.networkName();
    String qualified =
        signature.packageName().isEmpty() ? name : signature.packageName() + "." + name;
    return List.of(new Source(qualified, NetworkWriter.write(signature, plan)));
  }
}
