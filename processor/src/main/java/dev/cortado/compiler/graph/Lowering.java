package dev.cortado.compiler.graph;

import dev.cortado.compiler.expr.Expr;
import dev.cortado.compiler.expr.Operand;
import dev.cortado.compiler.expr.Stmt;
import dev.cortado.compiler.shape.Poly;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an operation becomes code. */
public sealed interface Lowering {
  /**
   * A value that is there before the program runs (input, parameter) or a structure the planner
   * knows.
   */
  record Leaf() implements Lowering {}

  /** The one result is the first input's elements in the same row-major order: no code at all. */
  record Alias() implements Lowering {}

  /**
   * Each element of the one result is an expression of elements of the inputs. Fusion composes
   * these.
   *
   * @param cheap true where computing an element again costs no more than loading it (a copy, a
   *     constant, an index): such a node is always inlined into its readers
   * @param call what does the same; with an emitter that has a kernel for it nothing is composed
   */
  record Pointwise(ElementRule rule, boolean cheap, @Nullable Call call) implements Lowering {
    public Pointwise(ElementRule rule, boolean cheap) {
      this(rule, cheap, null);
    }
  }

  /** The body of a {@link Pointwise}. */
  interface ElementRule {
    Expr at(Inputs inputs, List<Poly> index);
  }

  /** What a rule may read: the inputs by multi-dimensional index. */
  interface Inputs {
    /** The element of float input {@code i} at {@code index}, which has one entry per dimension. */
    Expr at(int i, List<Poly> index);

    /** The element of integer input {@code i}, as an index. */
    Poly intAt(int i, List<Poly> index);
  }

  /**
   * Statements over whole operands, for what is more than one expression per element.
   *
   * @param call what does the same; an emitter that has a kernel for it need not print the
   *     statements
   */
  record Loops(LoopRule rule, @Nullable Call call) implements Lowering {
    public Loops(LoopRule rule) {
      this(rule, null);
    }
  }

  interface LoopRule {
    List<Stmt> body(List<Operand> inputs, List<Operand> outputs);
  }

  /** A hand-written kernel of the emitter's runtime. */
  record Library(Contraction call) implements Lowering {}

  /** A hand-written kernel. Operands are the node's inputs, then its output. */
  sealed interface Call {}

  /**
   * Max-pooling of {@code x [batch, channels, height, width]} to {@code [batch, channels,
   * outHeight, outWidth]}; or its gradient, of {@code x} and the gradient of the result: each
   * window's goes to its first largest element.
   */
  record MaxPool(
      boolean gradient,
      Poly batch,
      Poly channels,
      Poly height,
      Poly width,
      Poly outHeight,
      Poly outWidth,
      int kernelH,
      int kernelW,
      int strideH,
      int strideW,
      int padTop,
      int padLeft)
      implements Call {}

  /**
   * The gradient of max-pooling by two by two from that of its result and from the winners, which
   * say where in each window its largest element was: (winners, gradient of the result) to gradient
   * of {@code x}.
   */
  record Spread(MaxPool pool) implements Call {}

  /** The contractions every emitter has a kernel for. */
  sealed interface Contraction extends Call {
    /**
     * {@code out[b] = op(A[b]) op(B[b])} with row-major operands: {@code A} is {@code [batch, m,
     * k]} ({@code [batch, k, m]} if {@code transposeA}), {@code B} {@code [batch, k, n]} ({@code
     * [batch, n, k]}), {@code out} {@code [batch, m, n]}. An operand that is the same for every
     * batch has its flag unset and no batch dimension.
     */
    record MatMul(
        Poly batch,
        Poly m,
        Poly n,
        Poly k,
        boolean batchedA,
        boolean batchedB,
        boolean transposeA,
        boolean transposeB)
        implements Contraction {}

    /**
     * A 2-d convolution (cross-correlation, as in PyTorch) or one of its two gradients. {@code x}
     * is {@code [batch, inChannels, height, width]}, {@code weight} {@code [outChannels,
     * inChannels/groups, kernelH, kernelW]}, {@code y} {@code [batch, outChannels, outHeight,
     * outWidth]}. FORWARD: (x, weight) to y. INPUT_GRADIENT: (y gradient, weight) to x gradient.
     * WEIGHT_GRADIENT: (x, y gradient) to weight gradient.
     */
    record Conv2d(
        Direction direction,
        Poly batch,
        Poly inChannels,
        Poly height,
        Poly width,
        Poly outChannels,
        Poly outHeight,
        Poly outWidth,
        int kernelH,
        int kernelW,
        int strideH,
        int strideW,
        int padTop,
        int padLeft,
        int dilationH,
        int dilationW,
        int groups)
        implements Contraction {}

    enum Direction {
      FORWARD,
      INPUT_GRADIENT,
      WEIGHT_GRADIENT
    }
  }
}
