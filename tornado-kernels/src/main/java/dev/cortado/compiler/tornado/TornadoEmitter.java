package dev.cortado.compiler.tornado;

import com.google.auto.service.AutoService;
import dev.cortado.compiler.emit.Emitter;
import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.plan.Plan;
import dev.cortado.compiler.plan.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code XTornadoNetwork}: the model on a device of TornadoVM. Runs when TornadoVM's API is on the
 * class path; {@code -Acortado.tornado=true} or {@code false} decides otherwise.
 */
@AutoService(Emitter.class)
public final class TornadoEmitter implements Emitter {
  /** The option that decides whether this emitter runs. */
  public static final String OPTION = "cortado.tornado";

  private static final String API = "uk.ac.manchester.tornado.api.TaskGraph";

  /** Bias and activation in the products' kernels; everything else as loops over plain tensors. */
  @Override
  public Target target() {
    return new Target(true, false, false);
  }

  @Override
  public boolean appliesTo(Environment environment) {
    String option = environment.option(OPTION);
    return option == null ? environment.isPresent(API) : Boolean.parseBoolean(option);
  }

  @Override
  public List<Source> emit(Signature signature, @Nullable Plan plan) {
    String name = TornadoWriter.className(signature);
    String qualified =
        signature.packageName().isEmpty() ? name : signature.packageName() + "." + name;
    return List.of(new Source(qualified, new TornadoWriter(signature, plan).text()));
  }
}
