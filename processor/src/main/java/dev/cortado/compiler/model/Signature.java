package dev.cortado.compiler.model;

import dev.cortado.compiler.graph.ElementType;
import dev.cortado.compiler.shape.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be read off a {@code @Model} class without looking into a body: enough to generate the
 * network's API, so that code which uses it compiles even while a body is wrong.
 *
 * @param packageName empty for the unnamed package
 * @param modelName the simple name, {@code MnistCnn}; nested classes are joined with {@code _}
 * @param modelReference how source refers to the class, {@code Outer.MnistCnn}
 * @param isPublic the generated class has the model's visibility
 * @param isReachable false for a private class, which the generated one cannot name
 * @param batch the symbol of the batch dimension, null when no input has one
 * @param symbols the other symbols, in order of appearance; each gets its maximum at creation
 * @param inputs parameters of {@code forward}
 * @param targets parameters of {@code loss} after the outputs; empty without a loss
 * @param outputs one for a tensor result, else the components of the record
 * @param outputRecord simple name of the record that {@code forward} returns, null for a single
 *     tensor
 */
public record Signature(
    String packageName,
    String modelName,
    String modelReference,
    boolean isPublic,
    boolean isReachable,
    @Nullable String batch,
    List<String> symbols,
    List<Port> inputs,
    List<Port> targets,
    List<String> outputs,
    @Nullable String outputRecord,
    boolean hasLoss) {

  /** A tensor that goes in: its Java name, what it holds, its declared shape. */
  public record Port(String name, ElementType element, Shape shape) {}

  public String networkName() {
    return modelName + "Network";
  }
}
