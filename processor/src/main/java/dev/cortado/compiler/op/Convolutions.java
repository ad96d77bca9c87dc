package dev.cortado.compiler.op;

import com.google.auto.service.AutoService;
import dev.cortado.compiler.graph.Lowering.Contraction.Direction;
import dev.cortado.compiler.graph.OpError;
import dev.cortado.compiler.graph.Value;
import dev.cortado.compiler.shape.Poly;
import dev.cortado.compiler.shape.Shape;
import java.util.List;

/**
 * {@code conv1d}, {@code conv2d} and {@code convTranspose2d} as {@link Conv2d}: the first is one of
 * height 1, the last is a convolution's gradient by its input.
 */
@AutoService(Operation.class)
public final class Convolutions implements Operation {
  @Override
  public List<Binding> bindings() {
    return List.of(
        new Binding("conv1d", Convolutions::conv1d),
        new Binding("conv2d", Convolutions::conv2d),
        new Binding("convTranspose2d", Convolutions::convTranspose2d));
  }

  /** Two directions of each option, and the padding of all four sides. */
  private record Options(
      int strideH,
      int strideW,
      int top,
      int bottom,
      int left,
      int right,
      int dilationH,
      int dilationW,
      int groups) {}

  private static Argument conv2d(Call call) {
    Value x = ranked(call, 0, 4, "[N, C, H, W]");
    Value weight = ranked(call, 1, 4, "[out, C / groups, kh, kw]");
    List<Integer> stride = both(call, 3, 1);
    List<Integer> padding = sides(call);
    List<Integer> dilation = both(call, 5, 1);
    Options options =
        new Options(
            stride.get(0),
            stride.get(1),
            padding.get(0),
            padding.get(1),
            padding.get(2),
            padding.get(3),
            dilation.get(0),
            dilation.get(1),
            call.arity() > 6 ? call.integer(6) : 1);
    return new Argument.Tensor(convolve(call, x, weight, options));
  }

  /** Top, bottom, left, right: given so, or vertical and horizontal, or one number. */
  private static List<Integer> sides(Call call) {
    if (call.arity() > 4
        && call.arguments().get(4) instanceof Argument.Many(List<Argument> given)
        && given.size() != 2) {
      return Windows.numbers(call, 4, 4);
    }
    List<Integer> padding = both(call, 4, 0);
    return List.of(padding.get(0), padding.get(0), padding.get(1), padding.get(1));
  }

  private static Argument conv1d(Call call) {
    Value x = ranked(call, 0, 3, "[N, C, L]");
    Value weight = ranked(call, 1, 3, "[out, C / groups, k]");
    List<Integer> padding = both(call, 4, 0);
    Options options =
        new Options(
            1,
            both(call, 3, 1).getFirst(),
            0,
            0,
            padding.get(0),
            padding.get(1),
            1,
            both(call, 5, 1).getFirst(),
            call.arity() > 6 ? call.integer(6) : 1);
    Value y = convolve(call, flat(call, x), flat(call, weight), options);
    Shape shape = y.shape();
    return new Argument.Tensor(
        Reshape.to(call.graph(), y, Shape.of(shape.dim(0), shape.dim(1), shape.dim(3))));
  }

  /** {@code [a, b, l]} as {@code [a, b, 1, l]}. */
  private static Value flat(Call call, Value x) {
    Shape s = x.shape();
    return Reshape.to(call.graph(), x, Shape.of(s.dim(0), s.dim(1), Poly.ONE, s.dim(2)));
  }

  private static Value convolve(Call call, Value x, Value weight, Options o) {
    Shape in = x.shape();
    Shape w = weight.shape();
    requireOptions(call, o);
    requireGroups(call, o.groups, in.dim(1), w.dim(0));
    requireChannels(call, in.dim(1), w.dim(1).times(o.groups), x, weight);
    int kernelH = kernel(call, w.dim(2));
    int kernelW = kernel(call, w.dim(3));
    Conv2d.Geometry geometry =
        new Conv2d.Geometry(
            in.dim(1),
            in.dim(2),
            in.dim(3),
            w.dim(0),
            Windows.places(call, in, 2, o.top + o.bottom, kernelH, o.dilationH, o.strideH),
            Windows.places(call, in, 3, o.left + o.right, kernelW, o.dilationW, o.strideW),
            kernelH,
            kernelW,
            o.strideH,
            o.strideW,
            o.top,
            o.left,
            o.dilationH,
            o.dilationW,
            o.groups);
    Value y = call.graph().apply(new Conv2d(Direction.FORWARD, geometry), x, weight);
    return biased(call, y);
  }

  private static Argument convTranspose2d(Call call) {
    Value x = ranked(call, 0, 4, "[N, C, H, W]");
    Value weight = ranked(call, 1, 4, "[C, out / groups, kh, kw]");
    boolean full = call.arity() > 5;
    List<Integer> stride = both(call, 3, 1);
    List<Integer> padding = both(call, 4, 0);
    List<Integer> extra = both(call, 5, 0);
    List<Integer> dilation = both(call, 6, 1);
    int groups = full ? call.integer(7) : 1;
    Options options =
        new Options(
            stride.get(0),
            stride.get(1),
            padding.get(0),
            padding.get(0),
            padding.get(1),
            padding.get(1),
            dilation.get(0),
            dilation.get(1),
            groups);
    Shape in = x.shape();
    Shape w = weight.shape();
    requireOptions(call, options);
    requireGroups(call, groups, in.dim(1), w.dim(1).times(groups));
    requireChannels(call, in.dim(1), w.dim(0), x, weight);
    int kernelH = kernel(call, w.dim(2));
    int kernelW = kernel(call, w.dim(3));
    Conv2d.Geometry geometry =
        new Conv2d.Geometry(
            w.dim(1).times(groups),
            grown(
                call,
                in,
                2,
                options.strideH,
                options.top,
                extra.get(0),
                options.dilationH,
                kernelH),
            grown(
                call,
                in,
                3,
                options.strideW,
                options.left,
                extra.get(1),
                options.dilationW,
                kernelW),
            in.dim(1),
            in.dim(2),
            in.dim(3),
            kernelH,
            kernelW,
            options.strideH,
            options.strideW,
            options.top,
            options.left,
            options.dilationH,
            options.dilationW,
            groups);
    Value y = call.graph().apply(new Conv2d(Direction.INPUT_GRADIENT, geometry), x, weight);
    return new Argument.Tensor(biased(call, y));
  }

  /** The size of a transposed convolution's result. */
  private static Poly grown(
      Call call, Shape in, int dim, int stride, int padding, int extra, int dilation, int kernel) {
    if (extra < 0 || extra >= Math.max(stride, dilation)) {
      throw new OpError(
          "output-padding",
          call.method()
              + ": the output padding must be at least 0 and less than stride or dilation, "
              + Math.max(stride, dilation)
              + ", but is "
              + extra);
    }
    Poly size =
        in.dim(dim)
            .minus(1)
            .times(stride)
            .plus((long) dilation * (kernel - 1) + extra + 1 - 2L * padding);
    if (size.isConstant() && size.constant() < 1) {
      throw new OpError(
          "window-size",
          call.method()
              + ": dimension "
              + dim
              + " of "
              + in
              + " would become "
              + size
              + "; use less padding or a larger kernel");
    }
    return size;
  }

  private static Value biased(Call call, Value y) {
    if (!call.isTensor(2)) {
      return y;
    }
    Value bias = call.tensor(2);
    Poly out = y.shape().dim(1);
    if (!bias.shape().equals(Shape.of(out))) {
      throw new OpError(
          "conv-bias", call.method() + ": the bias must be [" + out + "], but is " + bias.shape());
    }
    Value perChannel = Reshape.to(call.graph(), bias, Shape.of(out, Poly.ONE, Poly.ONE));
    return Arithmetic.add(call.graph(), y, perChannel);
  }

  private static Value ranked(Call call, int i, int rank, String expected) {
    Value value = call.tensor(i);
    if (value.shape().rank() != rank) {
      throw new OpError(
          "rank",
          call.method()
              + ": "
              + call.text(i)
              + " must be "
              + expected
              + ", but is "
              + value.shape());
    }
    return value;
  }

  /** An option for both directions: one number for both, or one each, or the default. */
  private static List<Integer> both(Call call, int i, int otherwise) {
    if (i >= call.arity()) {
      return List.of(otherwise, otherwise);
    }
    return Windows.both(call, i);
  }

  private static int kernel(Call call, Poly size) {
    if (!size.isConstant() || size.constant() < 1) {
      throw new OpError(
          "not-constant",
          call.method() + ": the kernel's size must be a number of at least 1, but is " + size);
    }
    return size.intConstant();
  }

  private static void requireOptions(Call call, Options o) {
    Windows.atLeast(call, "stride", 1, o.strideH, o.strideW);
    Windows.atLeast(call, "padding", 0, o.top, o.bottom, o.left, o.right);
    Windows.atLeast(call, "dilation", 1, o.dilationH, o.dilationW);
  }

  private static void requireGroups(Call call, int groups, Poly in, Poly out) {
    if (groups < 1
        || in.dividedBy(Poly.of(groups)) == null
        || out.dividedBy(Poly.of(groups)) == null) {
      throw new OpError(
          "conv-groups",
          call.method()
              + ": groups must divide the "
              + in
              + " in-channels and the "
              + out
              + " out-channels, but are "
              + groups);
    }
  }

  private static void requireChannels(Call call, Poly came, Poly expected, Value x, Value weight) {
    if (!came.equals(expected)) {
      throw new OpError(
          "conv-channels",
          call.method()
              + ": the weight "
              + weight.shape()
              + " expects "
              + expected
              + " channels, but "
              + call.text(0)
              + " "
              + x.shape()
              + " has "
              + came);
    }
  }
}
