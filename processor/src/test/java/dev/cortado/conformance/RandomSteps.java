package dev.cortado.conformance;

import dev.cortado.conformance.RandomProgram.Var;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The ways a {@link RandomProgram} grows: each declares at least one new local, or says it cannot.
 */
enum RandomSteps {
  UNARY {
    @Override
    boolean grow(RandomProgram p) {
      List<String> forms =
          List.of(
              "relu(#)",
              "tanh(#)",
              "sigmoid(#)",
              "gelu(#)",
              "silu(#)",
              "softplus(#)",
              "elu(#)",
              "mul(#, 0.7)",
              "add(#, 0.3)",
              "neg(#)",
              "abs(#)",
              "exp(mul(tanh(#), 0.8))",
              "sqrt(add(mul(#, #), 0.5))",
              "log(add(abs(#), 1.1))",
              "clamp(#, -0.8, 0.9)",
              "leakyRelu(#)",
              "hardSwish(#)",
              "sub(1, #)",
              "div(1, add(mul(#, #), 1))",
              "pow(add(abs(#), 0.2), 1.7)");
      return p.pick(v -> true)
          .map(x -> p.let(p.choose(forms).replace("#", x.name()), x.dims()))
          .isPresent();
    }
  },
  MAP_ONE {
    @Override
    boolean grow(RandomProgram p) {
      Optional<Var> x = p.pick(v -> true);
      String f =
          switch (p.random.nextInt(6)) {
            case 0 -> "v -> v * v * 0.5f + " + p.number() + "f";
            case 1 -> "v -> v > 0 ? v : " + p.number() + "f * v";
            case 2 -> "v -> Math.tanh(v) * Math.exp(-v * v)";
            case 3 -> "Math::sin";
            case 4 -> helper(p, "static ") + "";
            default -> "v -> { double s = Math.sqrt(v * v + 1); return s > 1.2 ? s : v / s; }";
          };
      p.let("map(" + f + ", " + x.orElseThrow().name() + ")", x.orElseThrow().dims());
      return true;
    }

    private String helper(RandomProgram p, String modifier) {
      String name = p.fresh("curve");
      p.members.add(
          modifier
              + "double "
              + name
              + "(float v) {\n    double s = Math.sin("
              + p.number()
              + " * v);\n    return s * s + "
              + p.number()
              + " * v;\n  }");
      return p.name + "::" + name;
    }
  },
  MAP_TWO {
    @Override
    boolean grow(RandomProgram p) {
      return pair(
          p,
          (x, y) -> {
            String f =
                p.choose(
                    List.of(
                        "(a, b) -> a > b ? a * 0.5f : 0.1f * b",
                        "(a, b) -> a * b + Math.atan2(a, b + 3)",
                        "(a, b) -> Math.max(a, b) - 0.3 * Math.min(a, 2 * b)",
                        "(a, b) -> a / (1 + b * b)"));
            return "map(" + f + ", " + x + ", " + y + ")";
          });
    }
  },
  BINARY {
    @Override
    boolean grow(RandomProgram p) {
      String form =
          p.choose(
              List.of(
                  "add(#, @)",
                  "sub(#, @)",
                  "mul(#, @)",
                  "maximum(#, @)",
                  "minimum(#, @)",
                  "div(#, add(abs(@), 1))",
                  "where(greater(#, 0.1), #, @)"));
      return pair(p, (x, y) -> form.replace("#", x).replace("@", y));
    }
  },
  SUMMARY_BROADCAST {
    @Override
    boolean grow(RandomProgram p) {
      Optional<Var> x = p.pick(v -> v.rank() >= 2);
      x.ifPresent(
          v -> {
            int d = p.between(1, v.rank() - 1);
            String n = v.name();
            p.let(
                p.choose(
                    List.of(
                        "sub(" + n + ", mean(" + n + ", keepDims(" + d + ")))",
                        "div(" + n + ", add(sum(abs(" + n + "), keepDims(" + d + ")), 1))",
                        "softmax(" + n + ", " + d + ")",
                        "logSoftmax(" + n + ", -1)",
                        "sub(" + n + ", max(" + n + ", keepDims(" + d + ")))")),
                v.dims());
          });
      return x.isPresent();
    }
  },
  REDUCE {
    @Override
    boolean grow(RandomProgram p) {
      Optional<Var> x = p.pick(v -> v.rank() >= 3);
      x.ifPresent(
          v -> {
            int d = p.between(1, v.rank() - 1);
            List<String> dims = new ArrayList<>(v.dims());
            dims.remove(d);
            p.let(
                p.choose(List.of("mean", "sum", "max", "min")) + "(" + v.name() + ", " + d + ")",
                dims);
          });
      return x.isPresent();
    }
  },
  DENSE {
    @Override
    boolean grow(RandomProgram p) {
      Optional<Var> x = p.pick(v -> v.rank() >= 2 && v.fixed(v.rank() - 1));
      x.ifPresent(
          v -> {
            int out = p.between(1, 6);
            String field = p.fresh("fc");
            p.members.add(
                "final Dense "
                    + field
                    + " = new Dense("
                    + (p.random.nextInt(3) == 0 ? "" : v.size(-1) + ", ")
                    + out
                    + ");");
            List<String> dims = new ArrayList<>(v.dims());
            dims.set(v.rank() - 1, "" + out);
            p.let(field + ".apply(" + v.name() + ")", dims);
          });
      return x.isPresent();
    }
  },
  SHARED_DENSE {
    @Override
    boolean grow(RandomProgram p) {
      Optional<Var> x = p.pick(v -> v.rank() >= 2 && v.fixed(v.rank() - 1));
      x.ifPresent(
          v -> {
            int k = v.size(-1);
            String field = p.fresh("shared");
            p.members.add("final Dense " + field + " = new Dense(" + k + ", " + k + ");");
            p.let(
                "add("
                    + field
                    + ".apply(tanh("
                    + field
                    + ".apply("
                    + v.name()
                    + "))), "
                    + v.name()
                    + ")",
                v.dims());
          });
      return x.isPresent();
    }
  },
  LIST_OF_LAYERS {
    @Override
    boolean grow(RandomProgram p) {
      Optional<Var> x = p.pick(v -> v.rank() >= 2 && v.fixed(v.rank() - 1));
      x.ifPresent(
          v -> {
            int k = v.size(-1);
            String block = p.fresh("Block");
            String field = p.fresh("blocks");
            p.members.add(
                "@Layer static final class "
                    + block
                    + " {\n    final Dense up;\n    final Dense down;\n    "
                    + block
                    + "(int width, int inner) {\n      up = new Dense(width, inner);\n"
                    + "      down = new Dense(inner, width);\n    }\n    Tensor apply(Tensor t) {\n"
                    + "      return add(t, down.apply(silu(up.apply(t))));\n    }\n  }");
            p.members.add("final List<" + block + "> " + field + " = new ArrayList<>();");
            p.members.add(
                "{\n    for (int i = 1; i <= 2; i++) {\n      "
                    + field
                    + ".add(new "
                    + block
                    + "("
                    + k
                    + ", i + 1));\n    }\n  }");
            Var h = p.let(v.name(), v.dims());
            p.body.add(
                "for ("
                    + block
                    + " b : "
                    + field
                    + ") {\n      "
                    + h.name()
                    + " = b.apply("
                    + h.name()
                    + ");\n    }");
          });
      return x.isPresent();
    }
  },
  LOOP {
    @Override
    boolean grow(RandomProgram p) {
      Optional<Var> x = p.pick(v -> true);
      Var h = p.let(x.orElseThrow().name(), x.orElseThrow().dims());
      String n = h.name();
      p.body.add(
          "for (int i = 0; i < "
              + p.between(1, 3)
              + "; i++) {\n      "
              + n
              + " = i % 2 == 0 ? tanh("
              + n
              + ") : mul("
              + n
              + ", 0.5 + i);\n    }");
      return true;
    }
  },
  HELPER {
    @Override
    boolean grow(RandomProgram p) {
      Optional<Var> x = p.pick(v -> true);
      String helper = p.fresh("mix");
      p.members.add(
          "private Tensor "
              + helper
              + "(Tensor a, double s) {\n    if (a.size(0) == 0 && s > 2) {\n"
                  .replace("a.size(0) == 0 && s > 2", "s > 0.75")
              + "      return sigmoid(a);\n    }\n    Tensor b = mul(a, s);\n    return add(b, tanh(b));\n  }");
      String n = x.orElseThrow().name();
      p.let(
          "sub(" + helper + "(" + n + ", 0.5), " + helper + "(" + n + ", 1.0))",
          x.orElseThrow().dims());
      return true;
    }
  },
  RESHAPE {
    @Override
    boolean grow(RandomProgram p) {
      Optional<Var> x = p.pick(v -> v.rank() >= 3 && v.allFixed());
      x.ifPresent(
          v -> {
            if (p.random.nextBoolean()) {
              p.let("flatten(" + v.name() + ")", List.of("N", "" + v.count()));
            } else {
              int last = v.size(-1);
              p.let(
                  "reshape("
                      + v.name()
                      + ", "
                      + v.name()
                      + ".size(0), "
                      + v.count() / last
                      + ", "
                      + last
                      + ")",
                  List.of("N", "" + v.count() / last, "" + last));
            }
          });
      return x.isPresent();
    }
  },
  TRANSPOSE {
    @Override
    boolean grow(RandomProgram p) {
      Optional<Var> x = p.pick(v -> v.rank() >= 3);
      x.ifPresent(
          v -> {
            int r = v.rank();
            List<String> dims = new ArrayList<>(v.dims());
            dims.set(r - 1, v.dims().get(r - 2));
            dims.set(r - 2, v.dims().get(r - 1));
            p.let("transpose(" + v.name() + ", -1, " + (r - 2) + ")", dims);
          });
      return x.isPresent();
    }
  },
  SLICE {
    @Override
    boolean grow(RandomProgram p) {
      Optional<Var> x = p.pick(v -> v.rank() >= 2 && v.fixed(v.rank() - 1) && v.size(-1) > 1);
      x.ifPresent(
          v -> {
            int size = v.size(-1);
            int from = p.between(0, size - 1);
            int to = p.between(from + 1, size);
            List<String> dims = new ArrayList<>(v.dims());
            dims.set(v.rank() - 1, "" + (to - from));
            p.let("slice(" + v.name() + ", -1, " + from + ", " + to + ")", dims);
          });
      return x.isPresent();
    }
  },
  CONCAT {
    @Override
    boolean grow(RandomProgram p) {
      Optional<Var> x = p.pick(v -> v.rank() >= 2 && v.fixed(v.rank() - 1) && v.count() < 200);
      x.ifPresent(
          v -> {
            int d = v.rank() - 1;
            Var w =
                p.pick(
                        o ->
                            o.rank() == v.rank()
                                && o.fixed(d)
                                && o.dims().subList(0, d).equals(v.dims().subList(0, d)))
                    .orElse(v);
            List<String> dims = new ArrayList<>(v.dims());
            dims.set(d, "" + (v.size(d) + w.size(d)));
            p.let("concat(" + d + ", " + v.name() + ", " + w.name() + ")", dims);
          });
      return x.isPresent();
    }
  },
  ATTEND {
    @Override
    boolean grow(RandomProgram p) {
      Optional<Var> x = p.pick(v -> v.rank() == 3);
      x.ifPresent(
          v -> {
            String n = v.name();
            p.let(
                "matmul(softmax(matmul(" + n + ", transpose(" + n + ", 1, 2)), -1), " + n + ")",
                v.dims());
          });
      return x.isPresent();
    }
  },
  PARAMETER {
    @Override
    boolean grow(RandomProgram p) {
      Optional<Var> x = p.pick(v -> v.rank() >= 2 && v.fixed(v.rank() - 1));
      x.ifPresent(
          v -> {
            String field = p.fresh("scale");
            boolean channel = v.rank() == 4 && v.fixed(1);
            String dims = channel ? v.size(1) + ", 1, 1" : "" + v.size(-1);
            p.members.add("@Param final Tensor " + field + " = uniform(-0.8, 0.8, " + dims + ");");
            p.let(
                p.choose(List.of("mul", "add", "maximum")) + "(" + v.name() + ", " + field + ")",
                v.dims());
          });
      return x.isPresent();
    }
  },
  CONVOLVE {
    @Override
    boolean grow(RandomProgram p) {
      Optional<Var> x =
          p.pick(v -> v.rank() == 4 && v.allFixed() && v.size(2) >= 3 && v.size(3) >= 3);
      x.ifPresent(
          v -> {
            int k = p.between(1, 3);
            int stride = p.between(1, 2);
            int pad = p.between(0, 1);
            int out = p.between(1, 4);
            String field = p.fresh("conv");
            p.members.add(
                "final Conv2d "
                    + field
                    + " = new Conv2d("
                    + v.size(1)
                    + ", "
                    + out
                    + ", "
                    + k
                    + ").stride("
                    + stride
                    + ").padding("
                    + pad
                    + ");");
            p.let(
                field + ".apply(" + v.name() + ")",
                List.of(
                    "N",
                    "" + out,
                    "" + ((v.size(2) + 2 * pad - k) / stride + 1),
                    "" + ((v.size(3) + 2 * pad - k) / stride + 1)));
          });
      return x.isPresent();
    }
  },
  POOL {
    @Override
    boolean grow(RandomProgram p) {
      Optional<Var> x =
          p.pick(v -> v.rank() == 4 && v.allFixed() && v.size(2) >= 2 && v.size(3) >= 2);
      x.ifPresent(
          v ->
              p.let(
                  p.choose(List.of("maxPool2d", "avgPool2d")) + "(" + v.name() + ", 2)",
                  List.of("N", v.dims().get(1), "" + v.size(2) / 2, "" + v.size(3) / 2)));
      return x.isPresent();
    }
  },
  SCAN {
    @Override
    boolean grow(RandomProgram p) {
      Optional<Var> x = p.pick(v -> v.rank() == 3 && v.fixed(2));
      x.ifPresent(
          v -> {
            int hidden = p.between(1, 4);
            String in = p.fresh("in");
            String back = p.fresh("back");
            p.members.add("final Dense " + in + " = new Dense(" + v.size(2) + ", " + hidden + ");");
            p.members.add("final Dense " + back + " = new Dense(" + hidden + ", " + hidden + ");");
            boolean all = p.random.nextBoolean();
            String n = v.name();
            List<String> dims =
                all ? List.of("N", v.dims().get(1), "" + hidden) : List.of("N", "" + hidden);
            p.let(
                (all ? "scanAll" : "scan")
                    + "((s, t) -> tanh(add("
                    + in
                    + ".apply(t), "
                    + back
                    + ".apply(s))), zeros("
                    + n
                    + ".size(0), "
                    + hidden
                    + "), "
                    + n
                    + ", 1)",
                dims);
          });
      return x.isPresent();
    }
  },
  SCAN_RECORD {
    @Override
    boolean grow(RandomProgram p) {
      Optional<Var> x = p.pick(v -> v.rank() == 3 && v.fixed(2));
      x.ifPresent(
          v -> {
            int f = v.size(2);
            String record = p.fresh("Pair");
            String gate = p.fresh("gate");
            String step = p.fresh("step");
            p.members.add("record " + record + "(Tensor h, Tensor c) {}");
            p.members.add("final Dense " + gate + " = new Dense(" + 2 * f + ", " + f + ");");
            p.members.add(
                record
                    + " "
                    + step
                    + "("
                    + record
                    + " s, Tensor t) {\n    Tensor g = sigmoid("
                    + gate
                    + ".apply(concat(1, s.h(), t)));\n    Tensor c = add(mul(g, s.c()), mul(sub(1, g), t));\n"
                    + "    return new "
                    + record
                    + "(tanh(c), c);\n  }");
            String n = v.name();
            String zero = "zeros(" + n + ".size(0), " + f + ")";
            String state = p.fresh("state");
            p.body.add(
                record
                    + " "
                    + state
                    + " = scan(this::"
                    + step
                    + ", new "
                    + record
                    + "("
                    + zero
                    + ", "
                    + zero
                    + "), "
                    + n
                    + ", 1);");
            p.let("add(" + state + ".h(), " + state + ".c())", List.of("N", "" + f));
          });
      return x.isPresent();
    }
  };

  static final List<RandomSteps> ALL = List.of(values());

  /** Adds to the program; false when no tensor in scope fits. */
  abstract boolean grow(RandomProgram p);

  /** Two tensors of one shape, or the second with some dimensions 1, combined by an expression. */
  private static boolean pair(
      RandomProgram p, java.util.function.BinaryOperator<String> expression) {
    Optional<Var> x = p.pick(v -> true);
    if (x.isEmpty()) {
      return false;
    }
    List<String> dims = x.get().dims();
    Optional<Var> y = p.pick(v -> !v.equals(x.get()) && broadcasts(v.dims(), dims));
    String second =
        y.map(Var::name)
            .orElseGet(
                () ->
                    dims.size() > 1
                        ? "mean(" + x.get().name() + ", keepDims(-1))"
                        : "tanh(" + x.get().name() + ")");
    p.let(expression.apply(x.get().name(), second), dims);
    return true;
  }

  private static boolean broadcasts(List<String> small, List<String> large) {
    if (small.size() != large.size()) {
      return false;
    }
    for (int i = 0; i < small.size(); i++) {
      if (!small.get(i).equals(large.get(i)) && !small.get(i).equals("1")) {
        return false;
      }
    }
    return true;
  }
}
