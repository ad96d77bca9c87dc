package dev.cortado.compiler.emit;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.cortado.compiled.CompiledPredictor;
import dev.cortado.compiler.graph.ElementType;
import dev.cortado.compiler.graph.Requirement;
import dev.cortado.compiler.model.Signature;
import dev.cortado.compiler.plan.Plan;
import dev.cortado.compiler.shape.Atom;
import dev.cortado.compiler.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** The part of a network that its users call, derived from the model's signatures alone. */
final class Api {
  private final Signature signature;
  private final @Nullable Plan plan;
  private final ClassName network;
  private final List<String> sizes;
  private final List<String> inputs = new ArrayList<>();
  private final List<String> outputs = new ArrayList<>();
  private final String n;

  Api(Signature signature, @Nullable Plan plan) {
    this.signature = signature;
    this.plan = plan;
    this.network = ClassName.get(signature.packageName(), signature.networkName());
    this.sizes = Frame.sizes(signature);
    this.n = sizes.getFirst();
    Names names = new Names().reserve(sizes).reserve("predictor", "network", "shapes", "from");
    signature.inputs().forEach(p -> inputs.add(names.unique(p.name(), "At")));
    signature.outputs().forEach(o -> outputs.add(names.unique(o, "At")));
  }

  /** Sizes besides the batch, as their maxima at creation. */
  List<String> maxima() {
    return signature.symbols().stream()
        .map(s -> "max" + Character.toUpperCase(s.charAt(0)) + s.substring(1))
        .toList();
  }

  private List<String> symbols() {
    return sizes.subList(1, sizes.size());
  }

  CodeBlock notCompiled() {
    return CodeBlock.of(
        "throw new $T($S);\n",
        IllegalStateException.class,
        signature.modelName() + " did not compile: see the errors of the compilation");
  }

  /** The body, or an exception when the model did not compile. */
  private CodeBlock body(CodeBlock code) {
    return plan == null ? notCompiled() : code;
  }

  /** Prints sizes as {@code long} expressions of {@code n} and the symbols. */
  Integers longs() {
    return new Integers(
        a ->
            a instanceof Atom.Symbol s
                ? s.name().equals(signature.batch()) ? "batch" : Names.identifier(s.name())
                : String.valueOf(a),
        a -> true,
        "L");
  }

  CodeBlock unpackSizes(boolean used) {
    CodeBlock.Builder code = CodeBlock.builder();
    for (int i = 0; i < symbols().size(); i++) {
      code.addStatement("int $L = sizes[$L]", symbols().get(i), i);
    }
    return code.build();
  }

  List<MethodSpec> creation() {
    MethodSpec.Builder create =
        MethodSpec.methodBuilder("create")
            .addModifiers(visible(Modifier.STATIC))
            .returns(network)
            .addJavadoc(
                "A network with fresh parameters.\n\n@param seed equal seeds give equal"
                    + " parameters\n")
            .addParameter(long.class, "seed");
    maxima().forEach(m -> create.addParameter(int.class, m));
    String rest = maxima().stream().map(m -> ", " + m).collect(Collectors.joining());
    MethodSpec.Builder predictor =
        MethodSpec.methodBuilder("predictor")
            .addModifiers(visible())
            .returns(ClassName.get("", "Predictor"))
            .addJavadoc(
                "A workspace for one thread, whose predictions allocate nothing.\n\n@param maxBatch"
                    + " the most samples at once\n")
            .addParameter(int.class, "maxBatch")
            .addCode(body(CodeBlock.of("return new Predictor(this, maxBatch);\n")));
    return List.of(
        create.addCode(body(CodeBlock.of("return new $T(seed$L);\n", network, rest))).build(),
        predictor.build());
  }

  private Modifier[] visible(Modifier... more) {
    List<Modifier> all = new ArrayList<>();
    all.add(Modifier.PUBLIC);
    all.addAll(List.of(more));
    return all.toArray(Modifier[]::new);
  }

  private TypeName resultType() {
    return signature.outputRecord() == null
        ? TypeName.get(float[].class)
        : ClassName.get("", outputName());
  }

  private static String outputName() {
    return "Output";
  }

  Optional<TypeSpec> outputRecord() {
    if (signature.outputRecord() == null) {
      return Optional.empty();
    }
    MethodSpec.Builder components = MethodSpec.constructorBuilder();
    outputs.forEach(o -> components.addParameter(float[].class, o));
    return Optional.of(
        TypeSpec.recordBuilder(outputName())
            .addModifiers(Modifier.PUBLIC)
            .addJavadoc("The elements of the outputs, row-major.\n")
            .recordConstructor(components.build())
            .build());
  }

  /** {@code predict} for one sample and {@code predictBatch}, with and without explicit sizes. */
  List<MethodSpec> predictions() {
    List<MethodSpec> methods = new ArrayList<>();
    Optional<CodeBlock> single = Inference.of(signature, inputs, symbols(), "1");
    if (!symbols().isEmpty()) {
      methods.add(prediction(false, CodeBlock.of(""), true));
    }
    single.ifPresent(code -> methods.add(prediction(false, code, false)));
    if (signature.batch() != null) {
      if (!symbols().isEmpty()) {
        methods.add(prediction(true, CodeBlock.of(""), true));
      }
      Inference.of(signature, inputs, symbols(), n)
          .ifPresent(code -> methods.add(prediction(true, code, false)));
    }
    return methods;
  }

  private MethodSpec prediction(boolean batch, CodeBlock inference, boolean explicitSizes) {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder(batch ? "predictBatch" : "predict")
            .addModifiers(visible())
            .returns(resultType())
            .addJavadoc(
                "$L",
                batch
                    ? "Predicts {@code " + n + "} samples, from any thread.\n"
                    : "Predicts one sample, from any thread.\n");
    addInputs(method);
    if (batch) {
      method.addParameter(int.class, n);
    }
    if (explicitSizes) {
      symbols().forEach(s -> method.addParameter(int.class, s));
    }
    CodeBlock.Builder code = CodeBlock.builder();
    if (!batch) {
      code.addStatement("int $L = 1", n);
    }
    code.add(inference);
    code.addStatement(
        "$T predictor = ($T) borrow($L)",
        ClassName.get("", "Predictor"),
        ClassName.get("", "Predictor"),
        batch ? "CHUNK" : "1");
    code.beginControlFlow("try");
    code.addStatement("return predictor.all($L)", arguments(sizes, inputs));
    code.nextControlFlow("finally").addStatement("giveBack(predictor)").endControlFlow();
    return method.addCode(body(code.build())).build();
  }

  private static String arguments(List<String> first, List<String> second) {
    return Stream.concat(first.stream(), second.stream()).collect(Collectors.joining(", "));
  }

  private void addInputs(MethodSpec.Builder method) {
    for (int i = 0; i < inputs.size(); i++) {
      boolean floats = signature.inputs().get(i).element() == ElementType.FLOAT;
      method.addParameter(floats ? float[].class : int[].class, inputs.get(i));
    }
  }

  private void addOutputs(MethodSpec.Builder method) {
    outputs.forEach(o -> method.addParameter(float[].class, o));
  }

  /** {@code elements(port, batch, sizes)}. */
  MethodSpec elements() {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("elements")
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PROTECTED)
            .returns(long.class)
            .addParameter(int.class, "port")
            .addParameter(int.class, "batch")
            .addParameter(int[].class, "sizes");
    if (plan == null) {
      return method.addStatement("return 0").build();
    }
    List<Shape> shapes = new ArrayList<>();
    signature.inputs().forEach(p -> shapes.add(p.shape()));
    signature.targets().forEach(p -> shapes.add(p.shape()));
    shapes.addAll(plan.outputs());
    CodeBlock.Builder code = CodeBlock.builder().add(unpackSizes(true));
    code.beginControlFlow("return switch (port)");
    for (int i = 0; i < shapes.size(); i++) {
      code.addStatement("case $L -> $L", i, longs().print(shapes.get(i).count()));
    }
    code.addStatement("default -> throw new $T(port)", IndexOutOfBoundsException.class);
    return method.addCode(code.unindent().add("};\n").build()).build();
  }

  /** {@code unmet(batch, sizes)}, when not every size will do. */
  Optional<MethodSpec> requirements() {
    if (plan == null || plan.requirements().isEmpty()) {
      return Optional.empty();
    }
    CodeBlock.Builder code = CodeBlock.builder().add(unpackSizes(true));
    for (Requirement r : plan.requirements()) {
      code.beginControlFlow("if ($L < 0)", longs().print(r.size()))
          .addStatement(
              "return $S", r.node().op().name() + " needs " + r.size() + " to be at least 0")
          .endControlFlow();
    }
    return Optional.of(
        MethodSpec.methodBuilder("unmet")
            .addAnnotation(Override.class)
            .addModifiers(Modifier.PROTECTED)
            .returns(String.class)
            .addParameter(int.class, "batch")
            .addParameter(int[].class, "sizes")
            .addCode(code.addStatement("return $S", "").build())
            .build());
  }

  TypeSpec predictor() {
    TypeSpec.Builder type =
        TypeSpec.classBuilder("Predictor")
            .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
            .superclass(CompiledPredictor.class)
            .addJavadoc("Predicts into arrays of the caller, for one thread at a time.\n")
            .addField(network, "network", Modifier.PRIVATE, Modifier.FINAL)
            .addField(SessionWriter.shapes())
            .addFields(
                plan == null ? List.of() : List.of(SessionWriter.program(Frame.Kind.PREDICT)))
            .addMethod(
                MethodSpec.constructorBuilder()
                    .addModifiers(Modifier.PRIVATE)
                    .addParameter(network, "network")
                    .addParameter(int.class, "maxBatch")
                    .addStatement("super(network, maxBatch)")
                    .addStatement("this.network = network")
                    .build());
    type.addMethod(predictInferred()).addMethod(predictSized());
    if (plan != null) {
      type.addMethod(all()).addMethod(run());
    } else {
      type.addMethod(allSignature().addCode(notCompiled()).build());
    }
    return type.build();
  }

  private MethodSpec predictInferred() {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("predict")
            .addModifiers(visible())
            .addJavadoc(
                signature.symbols().isEmpty()
                    ? "Predicts as many samples as the first input holds.\n"
                    : "Predicts as many samples as the first input holds, with the other sizes at"
                        + " their maxima.\n");
    addInputs(method);
    addOutputs(method);
    CodeBlock.Builder code = CodeBlock.builder();
    if (signature.batch() == null) {
      code.addStatement("samples(0, $L.length)", inputs.isEmpty() ? "0" : inputs.getFirst());
      code.addStatement("int $L = 1", n);
    } else {
      int first = firstBatched();
      code.addStatement("int $L = samples($L, $L.length)", n, first, inputs.get(first));
    }
    for (int i = 0; i < inputs.size(); i++) {
      code.addStatement("checkExactly($L, $L.length, $L)", i, inputs.get(i), n);
    }
    code.addStatement("run($L)", runArguments("0"));
    return method.addCode(body(code.build())).build();
  }

  private int firstBatched() {
    for (int i = 0; i < inputs.size(); i++) {
      boolean batched =
          signature.inputs().get(i).shape().count().atoms().stream()
              .anyMatch(a -> a.toString().equals(signature.batch()));
      if (batched) {
        return i;
      }
    }
    return 0;
  }

  private String runArguments(String at) {
    List<String> arguments = new ArrayList<>();
    arguments.add(n);
    inputs.forEach(i -> arguments.addAll(List.of(i, at)));
    outputs.forEach(o -> arguments.addAll(List.of(o, at)));
    return String.join(", ", arguments);
  }

  private MethodSpec predictSized() {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("predict")
            .addModifiers(visible())
            .addJavadoc("Predicts the first $L samples of arrays that may hold more.\n", n);
    sizes.forEach(s -> method.addParameter(int.class, s));
    addInputs(method);
    addOutputs(method);
    return method
        .addCode(
            body(
                CodeBlock.builder()
                    .add(packSizes())
                    .addStatement("run($L)", runArguments("0"))
                    .build()))
        .build();
  }

  private CodeBlock packSizes() {
    CodeBlock.Builder code = CodeBlock.builder();
    for (int i = 0; i < symbols().size(); i++) {
      code.addStatement("sizes[$L] = $L", i, symbols().get(i));
    }
    return code.build();
  }

  private MethodSpec.Builder allSignature() {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("all").addModifiers(Modifier.PRIVATE).returns(resultType());
    sizes.forEach(s -> method.addParameter(int.class, s));
    addInputs(method);
    return method;
  }

  /** Any number of samples into fresh arrays, a workspace full at a time. */
  private MethodSpec all() {
    int first = inputs.size() + signature.targets().size();
    CodeBlock.Builder code = CodeBlock.builder().add(packSizes());
    for (int i = 0; i < inputs.size(); i++) {
      code.addStatement("checkExactly($L, $L.length, $L)", i, inputs.get(i), n);
    }
    for (int i = 0; i < outputs.size(); i++) {
      code.addStatement("float[] $L = new float[elements($L, $L)]", outputs.get(i), first + i, n);
    }
    code.beginControlFlow("for (int from = 0; from < $L; from += maxBatch())", n);
    List<String> arguments = new ArrayList<>();
    arguments.add("Math.min(maxBatch(), " + n + " - from)");
    IntStream.range(0, inputs.size())
        .forEach(
            i ->
                arguments.addAll(List.of(inputs.get(i), at(i, signature.inputs().get(i).shape()))));
    IntStream.range(0, outputs.size())
        .forEach(i -> arguments.addAll(List.of(outputs.get(i), at(first + i, outputShape(i)))));
    code.add(ProgramWriter.call("run", arguments)).endControlFlow();
    code.addStatement(
        "return $L",
        signature.outputRecord() == null
            ? outputs.getFirst()
            : "new " + outputName() + "(" + String.join(", ", outputs) + ")");
    return allSignature().addCode(code.build()).build();
  }

  private Shape outputShape(int i) {
    return plan == null ? Shape.SCALAR : plan.outputs().get(i);
  }

  private String at(int port, Shape shape) {
    boolean batched =
        shape.count().atoms().stream().anyMatch(a -> a.toString().equals(signature.batch()));
    return batched ? "elements(" + port + ", from)" : "0";
  }

  private MethodSpec run() {
    MethodSpec.Builder method =
        MethodSpec.methodBuilder("run").addModifiers(Modifier.PRIVATE).addParameter(int.class, n);
    int first = inputs.size() + signature.targets().size();
    CodeBlock.Builder code = CodeBlock.builder().addStatement("checkBatch($L)", n);
    for (int i = 0; i < inputs.size(); i++) {
      boolean floats = signature.inputs().get(i).element() == ElementType.FLOAT;
      method.addParameter(floats ? float[].class : int[].class, inputs.get(i));
      method.addParameter(int.class, inputs.get(i) + "At");
      code.addStatement("checkInput($1L, $2L, $2LAt, $3L)", i, inputs.get(i), n);
    }
    for (int i = 0; i < outputs.size(); i++) {
      method.addParameter(float[].class, outputs.get(i));
      method.addParameter(int.class, outputs.get(i) + "At");
      code.addStatement("checkOutput($1L, $2L, $2LAt, $3L)", first + i, outputs.get(i), n);
    }
    List<String> arguments = new ArrayList<>();
    arguments.add(n);
    IntStream.range(0, symbols().size()).forEach(i -> arguments.add("sizes[" + i + "]"));
    arguments.addAll(List.of("network.readWeights()", "packed()", "arena()", "shapes"));
    inputs.forEach(i -> arguments.addAll(List.of(i, i + "At")));
    outputs.forEach(o -> arguments.addAll(List.of(o, o + "At")));
    code.beginControlFlow("if ($L > 0)", n)
        .add(ProgramWriter.call("predictProgram.run", arguments))
        .endControlFlow();
    return method.addCode(code.build()).build();
  }
}
