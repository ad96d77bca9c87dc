package dev.cortado.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.cortado.Batch;
import dev.cortado.Network;
import dev.cortado.compiled.CompiledSession;
import dev.cortado.compiled.ConvShapes;
import dev.cortado.compiler.emit.Frame.Kind;
import dev.cortado.compiler.graph.ElementType;
import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Prints the class {@code Session}: it hands the arrays of a batch to the programs. */
final class SessionWriter {
  private SessionWriter() {}

  static TypeSpec write(Signature signature, @Nullable Plan plan) {
    ClassName network = ClassName.get(signature.packageName(), signature.networkName());
    return TypeSpec.classBuilder("Session")
        .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .superclass(CompiledSession.class)
        .addField(network, "network", Modifier.PRIVATE, Modifier.FINAL)
        .addField(shapes())
        .addFields(programs(plan))
        .addMethod(
            MethodSpec.constructorBuilder()
                .addParameter(network, "network")
                .addParameter(int.class, "maxBatch")
                .addStatement("super(network, maxBatch)")
                .addStatement("this.network = network")
                .build())
        .addMethod(
            MethodSpec.methodBuilder("network")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(Network.class)
                .addStatement("return network")
                .build())
        .addMethod(run("runTrain", Kind.TRAIN, signature, plan != null && plan.train() != null))
        .addMethod(
            run("runEvaluate", Kind.EVALUATE, signature, plan != null && plan.evaluate() != null))
        .addMethod(run("runPredict", Kind.PREDICT, signature, plan != null))
        .addMethod(run("runBackward", Kind.BACKWARD, signature, plan != null))
        .build();
  }

  static com.palantir.javapoet.FieldSpec shapes() {
    return com.palantir.javapoet.FieldSpec.builder(
            ConvShapes.class, "shapes", Modifier.PRIVATE, Modifier.FINAL)
        .initializer("new $T()", ConvShapes.class)
        .build();
  }

  private static List<FieldSpec> programs(@Nullable Plan plan) {
    List<FieldSpec> fields = new ArrayList<>();
    if (plan != null) {
      if (plan.train() != null) {
        fields.add(program(Kind.TRAIN));
      }
      if (plan.evaluate() != null) {
        fields.add(program(Kind.EVALUATE));
      }
      fields.add(program(Kind.PREDICT));
      fields.add(program(Kind.BACKWARD));
    }
    return fields;
  }

  /** The program of a purpose, which holds what it works on: one for each session or predictor. */
  static FieldSpec program(Kind kind) {
    ClassName type = ClassName.get("", NetworkWriter.className(kind));
    return FieldSpec.builder(type, fieldName(kind), Modifier.PRIVATE, Modifier.FINAL)
        .initializer("new $T()", type)
        .build();
  }

  private static String fieldName(Kind kind) {
    return Names.identifier(NetworkWriter.className(kind));
  }

  private static MethodSpec run(String name, Kind kind, Signature signature, boolean present) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(name)
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PROTECTED)
            .addParameter(Batch.class, "batch");
    if (kind == Kind.BACKWARD) {
      method.addParameter(float[][].class, "outputGradients");
    }
    if (kind.hasGradients()) {
      method.addParameter(long.class, "seed").addParameter(long.class, "step");
    }
    if (!present) {
      return method
          .addStatement(
              "throw new $T($S)",
              UnsupportedOperationException.class,
              signature.modelName() + " has no loss")
          .build();
    }
    return method
        .addCode(
            CodeBlock.of(
                "$L",
                new Lines()
                    .add(
                        fieldName(kind)
                            + ".run("
                            + String.join(", ", arguments(kind, signature))
                            + ");")
                    .text()))
        .build();
  }

  private static List<String> arguments(Kind kind, Signature signature) {
    List<String> arguments = new ArrayList<>();
    arguments.add("batch.size()");
    for (int i = 0; i < signature.symbols().size(); i++) {
      arguments.add("sizes[" + i + "]");
    }
    if (kind.hasGradients()) {
      arguments.addAll(List.of("seed", "step", "wantsInputGradients"));
    }
    arguments.add("network.readWeights()");
    if (kind == Kind.PREDICT) {
      arguments.add("packed()");
    }
    if (kind.hasGradients()) {
      arguments.add("gradients");
    }
    arguments.addAll(List.of("arena", "shapes"));
    given(arguments, "batch.inputs()", signature.inputs(), kind);
    if (kind.hasTargets()) {
      given(arguments, "batch.targets()", signature.targets(), kind);
    }
    if (kind == Kind.BACKWARD) {
      indexed(arguments, "outputGradients", signature.outputs().size(), kind);
    }
    indexed(arguments, "outputs", signature.outputs().size(), kind);
    if (kind.hasGradients()) {
      for (int i = 0; i < signature.inputs().size(); i++) {
        if (signature.inputs().get(i).element() == ElementType.FLOAT) {
          arguments.add("inputGradients[" + i + "]");
        }
      }
    }
    if (kind.hasTargets()) {
      arguments.add("loss");
    }
    return arguments;
  }

  private static void given(
      List<String> arguments, String from, List<Signature.Port> ports, Kind kind) {
    for (int i = 0; i < ports.size(); i++) {
      boolean floats = ports.get(i).element() == ElementType.FLOAT;
      arguments.add((floats ? "(float[]) " : "(int[]) ") + from + ".get(" + i + ")");
      if (kind == Kind.PREDICT) {
        arguments.add("0");
      }
    }
  }

  private static void indexed(List<String> arguments, String from, int count, Kind kind) {
    for (int i = 0; i < count; i++) {
      arguments.add(from + "[" + i + "]");
      if (kind == Kind.PREDICT) {
        arguments.add("0");
      }
    }
  }
}
