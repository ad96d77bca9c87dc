package dev.cortado.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeSpec;
import dev.cortado.TrainingSession;
import dev.cortado.compiled.CompiledNetwork;
import dev.cortado.compiled.CompiledPredictor;
import dev.cortado.compiler.emit.Frame.Kind;
import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.plan.Plan;
import dev.cortado.compiler.plan.Program;
import dev.cortado.kernel.ConvShape;
import dev.cortado.kernel.Erf;
import dev.cortado.kernel.PoolShape;
import dev.cortado.kernel.RandomNumbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Prints the class of a network: its API, its programs and their kernels. */
final class NetworkWriter {
  private final Signature signature;
  private final @Nullable Plan plan;
  private final Api api;
  private final TypeSpec.Builder type;

  private NetworkWriter(Signature signature, @Nullable Plan plan) {
    this.signature = signature;
    this.plan = plan;
    this.api = new Api(signature, plan);
    this.type = TypeSpec.classBuilder(signature.networkName());
  }

  static String write(Signature signature, @Nullable Plan plan) {
    return new NetworkWriter(signature, plan).text();
  }

  private String text() {
    type.addModifiers(Modifier.FINAL).superclass(CompiledNetwork.class);
    if (signature.isPublic()) {
      type.addModifiers(Modifier.PUBLIC);
    }
    type.addJavadoc("$L", documentation());
    type.addField(Tables.parameters(plan));
    Kernels kernels = new Kernels();
    LibraryPrinter library = new LibraryPrinter();
    WeightMatrices matrices = new WeightMatrices();
    List<TypeSpec> programs = new ArrayList<>();
    programs()
        .forEach(
            (kind, program) ->
                programs.add(
                    ProgramWriter.write(
                        className(kind),
                        program,
                        new Frame(kind, signature),
                        kernels,
                        library,
                        matrices)));
    library.constants().forEach((geometry, name) -> type.addField(shape(name, geometry)));
    type.addMethod(constructor());
    api.creation().forEach(type::addMethod);
    api.predictions().forEach(type::addMethod);
    if (signature.isReachable()) {
      type.addMethod(eager());
    }
    type.addMethod(newModel()).addMethod(hasLoss());
    type.addMethod(newPredictor()).addMethod(session());
    type.addMethod(api.elements()).addMethod(workspace());
    if (!matrices.isEmpty()) {
      type.addMethod(matrices.method());
    }
    api.requirements().ifPresent(type::addMethod);
    api.outputRecord().ifPresent(type::addType);
    type.addType(api.predictor());
    type.addType(SessionWriter.write(signature, plan));
    programs.forEach(type::addType);
    kernels.classes().forEach(type::addType);
    JavaFile.Builder file =
        JavaFile.builder(signature.packageName(), type.build())
            .skipJavaLangImports(true)
            .indent("  ");
    if (kernels.usesErf()) {
      file.addStaticImport(Erf.class, "erf");
    }
    if (kernels.usesRandom()) {
      file.addStaticImport(RandomNumbers.class, "uniform");
    }
    return file.build().toString();
  }

  private Map<Kind, Program> programs() {
    Map<Kind, Program> programs = new LinkedHashMap<>();
    if (plan == null) {
      return programs;
    }
    programs.put(Kind.PREDICT, plan.predict());
    if (plan.evaluate() != null) {
      programs.put(Kind.EVALUATE, plan.evaluate());
    }
    if (plan.train() != null) {
      programs.put(Kind.TRAIN, plan.train());
    }
    programs.put(Kind.BACKWARD, plan.backward());
    return programs;
  }

  static String className(Kind kind) {
    return switch (kind) {
      case PREDICT -> "PredictProgram";
      case EVALUATE -> "EvaluateProgram";
      case TRAIN -> "TrainProgram";
      case BACKWARD -> "BackwardProgram";
    };
  }

  private String documentation() {
    StringBuilder text = new StringBuilder();
    text.append("The network of {@code ")
        .append(signature.modelReference())
        .append("}, generated.\n");
    if (plan == null) {
      return text.append("\n<p>The model did not compile; only the API is here.\n").toString();
    }
    text.append("\n<p>Parameters: ").append(plan.parameters().count()).append(".\n");
    text.append("\n<p>Workspace in floats; in brackets what its buffers would take one by one:\n");
    text.append("<ul>\n");
    programs()
        .forEach(
            (kind, program) ->
                text.append("  <li>")
                    .append(program.name())
                    .append(": {@code ")
                    .append(program.arena().size())
                    .append("} ({@code ")
                    .append(program.arena().separately())
                    .append("})\n"));
    return text.append("</ul>\n").toString();
  }

  private static FieldSpec shape(String name, String geometry) {
    Class<?> type = geometry.startsWith("new ConvShape(") ? ConvShape.class : PoolShape.class;
    return FieldSpec.builder(type, name, Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
        .initializer(RuntimeNames.code(geometry))
        .build();
  }

  private MethodSpec constructor() {
    MethodSpec.Builder constructor =
        MethodSpec.constructorBuilder()
            .addModifiers(Modifier.PRIVATE)
            .addParameter(long.class, "seed");
    List<String> maxima = api.maxima();
    maxima.forEach(m -> constructor.addParameter(int.class, m));
    String rest = maxima.stream().map(m -> ", " + m).collect(Collectors.joining());
    return constructor
        .addCode("super(\n")
        .addCode("    $S,\n", signature.modelName())
        .addCode("    $L,\n", Tables.ports(signature, plan))
        .addCode("    PARAMETERS,\n")
        .addCode("    $L,\n", Tables.text(plan == null ? "" : plan.summary()))
        .addCode("    seed$L);\n", rest)
        .build();
  }

  private MethodSpec eager() {
    return MethodSpec.methodBuilder("eager")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(modelType())
        .addStatement("return ($T) super.eager()", modelType())
        .build();
  }

  private MethodSpec newModel() {
    return MethodSpec.methodBuilder("newModel")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED)
        .returns(Object.class)
        .addCode(plan == null ? api.notCompiled() : CodeBlock.of("return new $T();\n", modelType()))
        .build();
  }

  private ClassName modelType() {
    List<String> names = List.of(signature.modelReference().split("\\."));
    return ClassName.get(
        signature.packageName(),
        names.getFirst(),
        names.subList(1, names.size()).toArray(String[]::new));
  }

  private MethodSpec hasLoss() {
    return MethodSpec.methodBuilder("hasLoss")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(boolean.class)
        .addStatement("return $L", signature.hasLoss())
        .build();
  }

  private MethodSpec newPredictor() {
    return MethodSpec.methodBuilder("newPredictor")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PROTECTED)
        .returns(CompiledPredictor.class)
        .addParameter(int.class, "maxBatch")
        .addStatement("return new Predictor(this, maxBatch)")
        .build();
  }

  private MethodSpec session() {
    return MethodSpec.methodBuilder("session")
        .addAnnotation(Override.class)
        .addModifiers(Modifier.PUBLIC)
        .returns(ClassName.get(TrainingSession.class))
        .addParameter(int.class, "maxBatch")
        .addCode(
            plan == null
                ? api.notCompiled()
                : CodeBlock.of("return new Session(this, maxBatch);\n"))
        .build();
  }

  private MethodSpec workspace() {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("workspace")
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PROTECTED)
            .returns(long.class)
            .addParameter(ClassName.get("", "Purpose"), "purpose")
            .addParameter(int.class, "batch")
            .addParameter(int[].class, "sizes");
    if (plan == null) {
      return method.addStatement("return 0").build();
    }
    CodeBlock.Builder cases = CodeBlock.builder().beginControlFlow("return switch (purpose)");
    Map<Kind, Program> programs = programs();
    for (Kind kind : Kind.values()) {
      Program program = programs.get(kind);
      cases.addStatement(
          "case $L -> $L",
          kind.name(),
          program == null ? "0" : api.longs().print(program.arena().size()));
    }
    return method
        .addCode(api.unpackSizes(true))
        .addCode(cases.unindent().add("};\n").build())
        .build();
  }
}
