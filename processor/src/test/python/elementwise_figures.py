"""Element-wise functions, reductions, movement and matrix products."""

import torch
import torch.nn.functional as F

from figures import N, case, distinct, values


def add_cases():
    arithmetic()
    functions()
    reductions()
    movement()
    matmuls()


def arithmetic():
    for op, symbol in [("add", torch.add), ("sub", torch.sub), ("mul", torch.mul)]:
        case(f"{op} of equal shapes", f"{op}(x, z)", lambda t, f=symbol: f(t["x"], t["z"]),
             {"x": values(N, 3, 5), "z": values(N, 3, 5)})
        case(f"{op} broadcast from both sides", f"{op}(x, z)", lambda t, f=symbol: f(t["x"], t["z"]),
             {"x": values(N, 3, 1), "z": values(N, 1, 4)})
        case(f"{op} of a parameter per channel", f"{op}(x, p)", lambda t, f=symbol: f(t["x"], t["p"]),
             {"x": values(N, 3, 2, 5)}, {"p": values(3, 1, 1)},
             fields=["@Param final Tensor p = zeros(3, 1, 1);"])
    case("div broadcast", "div(x, z)", lambda t: t["x"] / t["z"],
         {"x": values(N, 3, 5), "z": values(N, 1, 5, low=0.5)})
    case("pow with a tensor exponent", "pow(x, z)", lambda t: t["x"] ** t["z"],
         {"x": values(N, 7, low=0.3), "z": values(N, 7)})
    case("pow with a constant exponent", "pow(x, 3)", lambda t: t["x"] ** 3, {"x": values(N, 7)})
    case("scalars on either side", "div(sub(2, x), add(mul(x, x), 0.5))",
         lambda t: (2 - t["x"]) / (t["x"] * t["x"] + 0.5), {"x": values(N, 7)})
    case("maximum", "maximum(x, z)", lambda t: torch.maximum(t["x"], t["z"]),
         {"x": distinct(N, 3, 4), "z": distinct(N, 3, 4) + 0.017})
    case("minimum broadcast", "minimum(x, z)", lambda t: torch.minimum(t["x"], t["z"]),
         {"x": distinct(N, 3, 4), "z": distinct(N, 1, 4) + 0.017})
    case("where a mask holds", "where(greater(x, z), mul(x, 2), exp(z))",
         lambda t: torch.where(t["x"] > t["z"], t["x"] * 2, t["z"].exp()),
         {"x": distinct(N, 9) / 4, "z": (distinct(N, 9) + 0.017) / 4})
    case("masks as numbers", "add(mul(less(x, 0.3), x), mul(greaterEqual(x, 0.3), neg(x)))",
         lambda t: torch.where(t["x"] < 0.3, t["x"], -t["x"]), {"x": values(N, 9, away_from=[0.3])})


def functions():
    anywhere = {
        "neg": torch.neg, "exp": torch.exp, "silu": F.silu, "gelu": F.gelu,
        "sigmoid": torch.sigmoid, "softplus": F.softplus, "tanh": torch.tanh,
        "geluTanh": lambda x: F.gelu(x, approximate="tanh"),
    }
    for name, f in anywhere.items():
        case(name, f"{name}(x)", lambda t, f=f: f(t["x"]), {"x": values(N, 11, low=-4, high=4)})
    kinked = {"abs": torch.abs, "relu": F.relu, "leakyRelu": F.leaky_relu, "elu": F.elu, "selu": F.selu}
    for name, f in kinked.items():
        case(name, f"{name}(x)", lambda t, f=f: f(t["x"]), {"x": values(N, 11, away_from=[0])})
    positive = {"log": torch.log, "sqrt": torch.sqrt, "rsqrt": torch.rsqrt, "log1p": torch.log1p}
    for name, f in positive.items():
        case(name, f"{name}(x)", lambda t, f=f: f(t["x"]), {"x": values(N, 11, low=0.1, high=3)})
    for name, f in {"hardSigmoid": F.hardsigmoid, "hardSwish": F.hardswish}.items():
        case(name, f"{name}(x)", lambda t, f=f: f(t["x"]),
             {"x": values(N, 17, low=-5, high=5, away_from=[-3, 3])})
    case("leakyRelu with a slope", "leakyRelu(x, 0.2)", lambda t: F.leaky_relu(t["x"], 0.2),
         {"x": values(N, 11, away_from=[0])})
    case("elu with alpha", "elu(x, 1.5)", lambda t: F.elu(t["x"], 1.5), {"x": values(N, 11, away_from=[0])})
    case("clamp", "clamp(x, -0.5, 1.25)", lambda t: t["x"].clamp(-0.5, 1.25),
         {"x": values(N, 13, away_from=[-0.5, 1.25])})
    case("softplus of large numbers", "softplus(x)", lambda t: F.softplus(t["x"]),
         {"x": values(N, 9, low=-60, high=60)})
    case("a function of one's own", "map(v -> v * Math.tanh(Math.log1p(Math.exp(v))), x)",
         lambda t: F.mish(t["x"]), {"x": values(N, 11)})
    case("softmax", "softmax(x, 1)", lambda t: t["x"].softmax(1), {"x": values(N, 6, low=-4, high=4)})
    case("softmax along the middle", "softmax(x, 1)", lambda t: t["x"].softmax(1), {"x": values(N, 5, 3)})
    case("softmax of large numbers", "softmax(x, -1)", lambda t: t["x"].softmax(-1),
         {"x": values(N, 5, low=-2, high=2) + 300})
    case("logSoftmax", "logSoftmax(x, -1)", lambda t: t["x"].log_softmax(-1),
         {"x": values(N, 3, 5, low=-4, high=4)})


def reductions():
    x = {"x": (N, 3, 4, 5)}
    make = lambda: {k: distinct(*s) for k, s in x.items()}
    for name, f in {"sum": torch.sum, "mean": torch.mean, "max": torch.amax, "min": torch.amin}.items():
        case(f"{name} over one dimension", f"{name}(x, 2)", lambda t, f=f: f(t["x"], dim=2), make())
        case(f"{name} over two, kept", f"{name}(x, keepDims(1, 3))",
             lambda t, f=f: f(t["x"], dim=(1, 3), keepdim=True), make())
    case("max where two tie", "max(x, 1)", lambda t: t["x"].amax(1),
         {"x": torch.tensor([[1.0, 3, 2, 3], [0.5, -1, 0.5, 0]])})
    case("variance", "variance(x, 1)", lambda t: t["x"].var(1, unbiased=True), {"x": values(N, 7, 3)})
    case("variance over all but the first", "variance(x, keepDims(1, 2))",
         lambda t: t["x"].var((1, 2), unbiased=True, keepdim=True), {"x": values(N, 5, 3)})
    case("populationVariance", "populationVariance(x, -1)",
         lambda t: t["x"].var(-1, unbiased=False), {"x": values(N, 4, 5)})
    case("mean over everything", "mul(x, 1.5)", lambda t: t["x"] * 1.5, {"x": values(N, 4, 5)},
         loss="mean(mul(y, y))", torch_loss=lambda y, t: (y * y).mean())


def movement():
    shape = (N, 3, 4, 5)
    def moved(name, java, f, *s):
        case(name, java, lambda t: f(t["x"]), {"x": values(*(s or shape))})
    moved("reshape", "reshape(x, x.size(0), 6, -1)", lambda x: x.reshape(N, 6, -1))
    moved("flatten", "flatten(x)", lambda x: x.flatten(1))
    moved("transpose", "transpose(x, 1, -1)", lambda x: x.transpose(1, -1))
    moved("permute", "permute(x, 0, 2, 3, 1)", lambda x: x.permute(0, 2, 3, 1))
    moved("permute, then reshape", "reshape(permute(x, 0, 3, 1, 2), x.size(0), 15, 4)",
          lambda x: x.permute(0, 3, 1, 2).reshape(N, 15, 4))
    moved("expand", "expand(x, -1, 3, 4)", lambda x: x.expand(-1, 3, 4), N, 1, 4)
    moved("slice", "slice(x, 2, 1, 3)", lambda x: x[:, :, 1:3])
    moved("slice with a step from the end", "slice(x, 3, -4, 5, 2)", lambda x: x[:, :, :, -4:5:2])
    moved("select", "select(x, 1, -1)", lambda x: x[:, -1])
    moved("pad", "pad(pad(x, 2, 1, 2), 3, 0, 1, 0.5)",
          lambda x: F.pad(F.pad(x, (0, 0, 1, 2)), (0, 1), value=0.5))
    moved("unsqueeze and squeeze", "squeeze(mul(unsqueeze(x, 2), 2), 2)", lambda x: 2 * x)
    moved("split", "List<Tensor> parts = split(x, 2, 1, 3); return concat(2, parts.get(1), neg(parts.get(0)));",
          lambda x: torch.cat([x[:, :, 1:], -x[:, :, :1]], 2))
    case("concat", "concat(1, x, z, mul(x, 2))", lambda t: torch.cat([t["x"], t["z"], 2 * t["x"]], 1),
         {"x": values(N, 2, 3), "z": values(N, 1, 3)})
    case("stack", "stack(1, x, z)", lambda t: torch.stack([t["x"], t["z"]], 1),
         {"x": values(N, 4), "z": values(N, 4)})


def matmuls():
    case("matmul with a parameter", "matmul(x, p)", lambda t: t["x"] @ t["p"],
         {"x": values(N, 7)}, {"p": values(7, 5)}, fields=["@Param final Tensor p = zeros(7, 5);"])
    case("matmul with batches", "matmul(x, z)", lambda t: t["x"] @ t["z"],
         {"x": values(N, 3, 4, 5), "z": values(N, 3, 5, 2)})
    case("matmul with broadcast batches", "matmul(x, z)", lambda t: t["x"] @ t["z"],
         {"x": values(N, 3, 4, 5), "z": values(N, 1, 5, 3)})
    case("matmul with a transposed operand", "matmul(x, transpose(z, 1, 2))",
         lambda t: t["x"] @ t["z"].transpose(1, 2), {"x": values(N, 3, 5), "z": values(N, 4, 5)})
    case("matmul of a matrix with a vector", "matmul(x, p)", lambda t: t["x"] @ t["p"],
         {"x": values(N, 3, 5)}, {"p": values(5)}, fields=["@Param final Tensor p = zeros(5);"])
