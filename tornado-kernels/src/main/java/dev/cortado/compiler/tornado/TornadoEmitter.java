package dev.cortado.compiler.tornado;

import com.google.auto.service.AutoService;
import dev.cortado.compiler.emit.Emitter;
import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.plan.Plan;
import dev.cortado.compiler.plan.Target;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@code XTornadoNetwork}: the model on a device of TornadoVM. Runs when TornadoVM's API is on the
 * class path; {@code -Acortado.tornado=true} or {@code false} decides otherwise.
 */
@AutoService(Emitter.class)
public final class TornadoEmitter implements Emitter {
  /** The option that decides whether this emitter runs. */
  public static final String OPTION = "cortado.tornado";

  /** The option that lets products go to NVIDIA's libraries, whose API then must be there. */
  public static final String LIBRARIES = "cortado.tornado.libraries";

  private static final String CUBLAS = "uk.ac.manchester.tornado.cublas.CuBlas";

  private static final String API = "uk.ac.manchester.tornado.api.TaskGraph";

  /** Bias and activation in the products' kernels; everything else as loops over plain tensors. */
  @Override
  public Target target() {
    return new Target(true, false, false, false);
  }

  @Override
  public boolean appliesTo(Environment environment) {
    String option = environment.option(OPTION);
    return option == null ? environment.isPresent(API) : Boolean.parseBoolean(option);
  }

  @Override
  public Optional<Complaint> complaint(Environment environment) {
    if (Boolean.parseBoolean(environment.option(LIBRARIES)) && !environment.isPresent(CUBLAS)) {
      return Optional.of(
          new Complaint(
              "tornado-version",
              "-A"
                  + LIBRARIES
                  + "=true asks for cuBLAS, but TornadoVM's API for it is not on the class path;"
                  + " expected that of an SDK "
                  + ApiVersion.EXPECTED
                  + " for the CUDA backend"));
    }
    return environment.isPresent(API)
        ? ApiVersion.complaint(environment)
        : Optional.of(
            new Complaint(
                "tornado-version",
                "-A"
                    + OPTION
                    + "=true asks for a network for TornadoVM "
                    + ApiVersion.EXPECTED
                    + ", but its API is not on the class path; add $TORNADOVM_HOME/share/java/tornado/*"));
  }

  @Override
  public Optional<Complaint> inspect(String binaryName, byte[] classFile) {
    boolean kernels = binaryName.contains("TornadoNetwork$Kernels");
    return kernels && !hasLocals(classFile)
        ? Optional.of(
            new Complaint(
                "tornado-debug",
                "the kernels of networks for TornadoVM were compiled without the names of local"
                    + " variables, which it needs to compile them for a device; compile with javac -g"
                    + " (in Maven: <debug>true</debug>, the default)"))
        : Optional.empty();
  }

  private static boolean hasLocals(byte[] classFile) {
    return ClassFile.of().parse(classFile).methods().stream()
        .filter(m -> m.methodName().stringValue().startsWith("task"))
        .flatMap(m -> m.code().stream())
        .allMatch(c -> c.findAttribute(Attributes.localVariableTable()).isPresent());
  }

  @Override
  public List<Source> emit(Signature signature, @Nullable Plan plan, Environment environment) {
    boolean libraries = Boolean.parseBoolean(environment.option(LIBRARIES));
    String name = TornadoWriter.className(signature);
    String qualified =
        signature.packageName().isEmpty() ? name : signature.packageName() + "." + name;
    return List.of(new Source(qualified, new TornadoWriter(signature, plan, libraries).text()));
  }
}
