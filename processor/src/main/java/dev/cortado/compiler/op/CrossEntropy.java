package dev.cortado.compiler.op;

import com.google.auto.service.AutoService;
import dev.cortado.compiler.expr.Formula;
import dev.cortado.compiler.graph.ElementType;
import dev.cortado.compiler.graph.GraphBuilder;
import dev.cortado.compiler.graph.OpError;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code softmaxCrossEntropy} and {@code nll}, PyTorch's {@code cross_entropy} and {@code nll_loss}
 * with mean reduction. Classes are the last dimension.
 */
@AutoService(Operation.class)
public final class CrossEntropy implements Operation {
  @Override
  public List<Binding> bindings() {
    return List.of(
        new Binding("softmaxCrossEntropy", CrossEntropy::softmaxCrossEntropy),
        new Binding("nll", CrossEntropy::nll));
  }

  private static Argument softmaxCrossEntropy(Call call) {
    GraphBuilder graph = call.graph();
    Value logits = call.tensor(0);
    classes(call, logits);
    double smoothing = call.arity() > 2 ? call.number(2) : 0;
    if (!(smoothing >= 0 && smoothing <= 1)) {
      throw new OpError(
          "label-smoothing",
          call.method() + ": label smoothing must be between 0 and 1, but is " + smoothing);
    }
    Value weights = weights(call, 3, logits);
    Value target = call.tensor(1);
    if (target.type().element() == ElementType.FLOAT) {
      Losses.sameShape(call, logits, target);
      Value logs = Softmax.logSoftmax(graph, logits, logits.shape().rank() - 1);
      return new Argument.Tensor(ofProbabilities(graph, logs, target, smoothing, weights));
    }
    labelsFit(call, logits, target);
    Value logs = Softmax.logSoftmax(graph, logits, logits.shape().rank() - 1);
    Integer ignored = call.arity() > 4 ? call.integer(4) : null;
    return new Argument.Tensor(ofLabels(graph, logs, target, smoothing, weights, ignored));
  }

  private static Argument nll(Call call) {
    Value logs = call.tensor(0);
    classes(call, logs);
    labelsFit(call, logs, call.tensor(1));
    Value weights = weights(call, 2, logs);
    Integer ignored = call.arity() > 3 ? call.integer(3) : null;
    return new Argument.Tensor(ofLabels(call.graph(), logs, call.tensor(1), 0, weights, ignored));
  }

  /** The mean of {@code -w log p} at the labels, divided by the sum of the weights there. */
  private static Value ofLabels(
      GraphBuilder graph,
      Value logs,
      Value labels,
      double smoothing,
      @Nullable Value weights,
      @Nullable Integer ignored) {
    Poly classes = logs.shape().dim(-1);
    Value picked = graph.apply(new Pick(ignored), logs, labels);
    Value counted = null;
    if (weights != null || ignored != null) {
      Value each = weights != null ? weights : graph.apply(new Fill(1, Shape.of(classes)));
      counted = graph.apply(new Pick(ignored), Expand.to(graph, each, logs.shape()), labels);
      picked = Arithmetic.mul(graph, picked, counted);
    }
    Value total = Arithmetic.scale(graph, sumAll(graph, picked), -(1 - smoothing));
    if (smoothing > 0) {
      Value spread = weights != null ? Arithmetic.mul(graph, logs, weights) : logs;
      Value rows = Reduce.sum(graph, spread, List.of(logs.shape().rank() - 1), false);
      if (ignored != null) {
        Value ones = graph.apply(new Fill(1, logs.shape()));
        rows = Arithmetic.mul(graph, rows, graph.apply(new Pick(ignored), ones, labels));
      }
      Value smooth = perClass(graph, sumAll(graph, rows), -smoothing, classes);
      total = Arithmetic.add(graph, total, smooth);
    }
    return counted == null
        ? over(graph, total, labels.shape().count())
        : Arithmetic.div(graph, total, sumAll(graph, counted));
  }

  /** The mean over samples, not weighted, of {@code -sum(w t log p)}. */
  private static Value ofProbabilities(
      GraphBuilder graph, Value logs, Value target, double smoothing, @Nullable Value weights) {
    Poly classes = logs.shape().dim(-1);
    Value smooth = target;
    if (smoothing > 0) {
      smooth =
          Elementwise.of(
              graph,
              "smooth",
              Formula.add(
                  Formula.mul(Formula.constant(1 - smoothing), Formula.arg(0)),
                  Formula.div(Formula.constant(smoothing), Formula.ofInt(classes))),
              target);
    }
    Value terms = Arithmetic.mul(graph, smooth, logs);
    if (weights != null) {
      terms = Arithmetic.mul(graph, terms, weights);
    }
    Value total = Arithmetic.scale(graph, sumAll(graph, terms), -1);
    return over(graph, total, logs.shape().count(0, logs.shape().rank() - 1));
  }

  private static Value sumAll(GraphBuilder graph, Value x) {
    return Reduce.sum(graph, x, Permute.identity(x.shape().rank()), false);
  }

  private static Value over(GraphBuilder graph, Value x, Poly count) {
    return Elementwise.of(graph, "mean", Formula.div(Formula.arg(0), Formula.ofInt(count)), x);
  }

  private static Value perClass(GraphBuilder graph, Value x, double factor, Poly classes) {
    return over(graph, Arithmetic.scale(graph, x, factor), classes);
  }

  private static void classes(Call call, Value logits) {
    if (logits.shape().rank() == 0) {
      throw new OpError(
          "loss-shape",
          call.method() + ": " + call.text(0) + " must be [..., classes], but is a scalar");
    }
  }

  private static void labelsFit(Call call, Value logits, Value labels) {
    Shape expected = logits.shape().slice(0, logits.shape().rank() - 1);
    if (!labels.shape().equals(expected)) {
      throw new OpError(
          "loss-shape",
          call.method()
              + ": "
              + call.text(0)
              + " "
              + logits.shape()
              + " needs labels "
              + expected
              + ", one for each row of classes, but "
              + call.text(1)
              + " is "
              + labels.shape());
    }
  }

  private static @Nullable Value weights(Call call, int i, Value logits) {
    if (!call.isTensor(i)) {
      return null;
    }
    Shape expected = Shape.of(logits.shape().dim(-1));
    if (!call.tensor(i).shape().equals(expected)) {
      throw new OpError(
          "class-weights",
          call.method()
              + ": class weights must be "
              + expected
              + ", one for each class, but "
              + call.text(i)
              + " is "
              + call.tensor(i).shape());
    }
    return call.tensor(i);
  }
}
