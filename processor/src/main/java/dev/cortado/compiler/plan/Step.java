package dev.cortado.compiler.plan;

import dev.cortado.compiler.expr.LoopVar;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.graph.Lowering.Call;
import dev.cortado.compiler.graph.Origin;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.kernel.Activation;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One thing a program does, after another. */
public sealed interface Step {
  /** Where in the user's source it comes from. */
  Origin origin();

  /**
   * True when only gradients of inputs need it, so that it is skipped unless they are asked for.
   */
  boolean forInputGradients();

  /**
   * Generated loops.
   *
   * @param name what is computed: {@code conv1}, {@code relu}
   * @param title the result and its shape, for a comment
   * @param body statements over {@link Buffer}s
   * @param inPlace a buffer read that may share its memory with the one written, because each
   *     element is read only to compute the one that replaces it; empty for none
   */
  record Kernel(
      String name,
      String title,
      List<Stmt> body,
      List<Buffer> inPlace,
      Origin origin,
      boolean forInputGradients)
      implements Step {
    public Kernel {
      body = List.copyOf(body);
      inPlace = List.copyOf(inPlace);
    }
  }

  /**
   * A hand-written kernel. Batch elements of operands lie one after the other.
   *
   * @param second another result of the kernel's, null for none: the winners of pooling
   * @param epilogue what is done to each element of the result before it is stored
   */
  record Library(
      String name,
      String title,
      Call call,
      List<Buffer> inputs,
      Buffer output,
      @Nullable Buffer second,
      Epilogue epilogue,
      Origin origin,
      boolean forInputGradients)
      implements Step {
    public Library {
      inputs = List.copyOf(inputs);
    }
  }

  /**
   * {@code activation(result + bias)}.
   *
   * @param bias one number for each column of a matrix product, for each channel of a convolution;
   *     null for none
   * @param pooled whether of the result, a convolution's, only the largest of each two by two is
   *     stored
   */
  record Epilogue(@Nullable Buffer bias, Activation activation, boolean pooled) {
    static final Epilogue NONE = new Epilogue(null, Activation.NONE, false);
  }

  /**
   * The steps of a recurrence, repeated for {@code var} in {@code [0, length)}.
   *
   * @param reverse from the last to the first
   * @param locals buffers that hold nothing from one iteration to the next
   */
  record Loop(
      String name,
      LoopVar var,
      Poly length,
      boolean reverse,
      List<Step> body,
      Set<Buffer> locals,
      Origin origin,
      boolean forInputGradients)
      implements Step {
    public Loop {
      body = List.copyOf(body);
      locals = Set.copyOf(locals);
    }
  }
}
