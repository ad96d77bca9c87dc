package dev.cortado.compiler.frontend.report;

import java.util.Locale;

/**
 * Every message of the frontend's shell: what a model class, its signatures and its build may get
 * wrong. Messages about bodies come from the evaluator and the operations with keys of their own;
 * {@code docs/errors.md} lists them all.
 */
public enum Message {
  NOT_JAVAC(
      "not-javac",
      "Cortado reads method bodies through javac's tree API, which this compiler (%s) does not"
          + " have; compile with javac"),
  MODEL_NOT_A_CLASS("model-not-a-class", "@Model %s is %s; a model must be a class"),
  MODEL_PRIVATE(
      "model-private",
      "@Model %s cannot be reached by %s, which is generated beside it, because %s is private;"
          + " remove 'private'"),
  MODEL_ABSTRACT(
      "model-abstract",
      "@Model %s is abstract, so %s could not create one; remove 'abstract' or put @Model on a"
          + " subclass"),
  MODEL_INNER("model-inner", "@Model %s needs an instance of %s around it; declare it 'static'"),
  MODEL_GENERIC(
      "model-generic",
      "@Model %s has type parameters; a model is one network, so its types must be known"),
  MODEL_CONSTRUCTOR(
      "model-constructor",
      "@Model %s has no constructor without parameters that its package can call; add '%s() {...}'"
          + " (a @Layer may take parameters, a @Model may not)"),
  MODEL_CONSTRUCTOR_THROWS(
      "model-constructor-throws",
      "the constructor of @Model %s throws %s, which the generated network cannot pass on; handle"
          + " it in the constructor"),
  MODEL_NAME_CLASH(
      "model-name-clash",
      "@Model %s generates %s, but there is a class of that name already; rename one of the two"),
  FORWARD_MISSING("forward-missing", "@Model %s has no method 'forward'%s"),
  FORWARD_AMBIGUOUS(
      "forward-ambiguous",
      "@Model %s has %d methods 'forward', but a model computes one thing; rename the others"),
  FORWARD_GENERIC("forward-generic", "'%s' of @Model %s must not have type parameters"),
  FORWARD_NO_INPUT(
      "forward-no-input",
      "'forward' of @Model %s takes no input; it takes the tensors that a prediction starts from"),
  INPUT_TYPE(
      "input-type",
      "input '%s' of 'forward' is %s; expected Tensor, or IntTensor for integers such as tokens%s"),
  FORWARD_RESULT(
      "forward-result",
      "'forward' of @Model %s returns %s; expected Tensor, or a record of Tensors for several"
          + " outputs"),
  OUTPUT_COMPONENT(
      "output-component",
      "component '%s' of record %s, the result of 'forward', is %s; every component must be a"
          + " Tensor"),
  LOSS_AMBIGUOUS(
      "loss-ambiguous",
      "@Model %s has %d methods 'loss', but a model is trained on one; rename the others"),
  LOSS_RESULT(
      "loss-result", "'loss' of @Model %s returns %s; expected Tensor, a scalar such as mean(...)"),
  LOSS_FIRST_PARAMETER(
      "loss-first-parameter",
      "'loss' of @Model %s takes %s first, but 'forward' returns %s; its parameters are the result"
          + " of 'forward' and then the targets"),
  TARGET_TYPE(
      "target-type",
      "target '%s' of 'loss' is %s; expected Labels for classes or Tensor for real values"),
  SHAPE_MISSING(
      "shape-missing",
      "%s '%s' of '%s' has no @Shape, so its dimensions are unknown; write for example"
          + " '@Shape(\"%s\") %s %s'"),
  SHAPE_SYNTAX("shape-syntax", "@Shape(\"%s\"): %s, after \"%s\""),
  SHAPE_OPEN(
      "shape-open",
      "@Shape(\"%s\"): '...' stands for any leading dimensions, but the dimensions of a model's %s"
          + " must all be given; name the batch, \"%s\""),
  SHAPE_SIZE("shape-size", "@Shape(\"%s\"): dimension '%s' must be at least 1"),
  SHAPE_FIELD(
      "shape-field",
      "@Shape(\"%s\"): '%s' names a field whose value javac does not know here; make it 'static"
          + " final int %s = <constant>', or rename the dimension"),
  BATCH_POSITION(
      "batch-position",
      "@Shape(\"%s\"): '%s' is the batch, so it can only be a first dimension, on its own"),
  LAYER_NOT_A_CLASS("layer-not-a-class", "@Layer %s is %s; a layer must be a class or a record"),
  PARAM_TYPE(
      "param-type",
      "@Param field '%s' is %s; a parameter is a Tensor, such as 'Tensor %s = zeros(64)'"),
  PARAM_STATIC(
      "param-static",
      "@Param field '%s' is static, but each network has parameters of its own; remove 'static'"),
  PARAM_UNREACHED(
      "param-unreached",
      "no gradient reaches parameter '%s', so training leaves it as it starts: the loss does not"
          + " depend on it, or only through steps such as greater(...); use it in 'forward', or"
          + " remove it"),
  UNREADABLE(
      "unreadable",
      "Cortado could not read @Model %s, because this failed in its own analysis although javac"
          + " accepts it:%n%s%nPlease report this with the class"),
  INTERNAL(
      "internal",
      "Cortado itself failed on %s (%s). This is a mistake in Cortado, not in your program: please"
          + " report it with this class and the lines below");

  private final String key;
  private final String format;

  Message(String key, String format) {
    this.key = key;
    this.format = format;
  }

  /** Stable, as in {@code docs/errors.md}. */
  public String key() {
    return key;
  }

  /** The text with its blanks filled. */
  public String text(Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }
}
