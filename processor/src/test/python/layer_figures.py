"""Convolutions, pools, dense layers, and models composed of primitives."""

import torch
import torch.nn.functional as F
from torch import nn

from figures import N, case, distinct, labels, values


def add_cases():
    convolutions()
    transposed()
    pools()
    dense()
    recurrent()
    attention()


def weights(*shape, bias=None, prefix="conv."):
    made = {prefix + "weight": values(*shape, low=-1, high=1)}
    if bias:
        made[prefix + "bias"] = values(bias)
    return made


def convolutions():
    def conv2d(name, java, x, w, bias=True, **options):
        case("Conv2d " + name, "conv.apply(x)",
             lambda t: F.conv2d(t["x"], t["conv.weight"], t.get("conv.bias"), **options),
             {"x": values(*x)}, weights(*w, bias=bias and w[0]), fields=[f"final Conv2d conv = {java};"])
    conv2d("3×3", "new Conv2d(2, 3, 3)", (N, 2, 5, 7), (3, 2, 3, 3))
    conv2d("1×1", "new Conv2d(3, 4, 1)", (N, 3, 3, 5), (4, 3, 1, 1))
    conv2d("stride 2", "new Conv2d(2, 3, 3).stride(2)", (N, 2, 7, 8), (3, 2, 3, 3), stride=2)
    conv2d("padding 1", "new Conv2d(2, 3, 3).padding(1)", (N, 2, 4, 5), (3, 2, 3, 3), padding=1)
    conv2d("stride 3, padding 2", "new Conv2d(1, 2, 5).stride(3).padding(2)", (N, 1, 8, 9), (2, 1, 5, 5),
           stride=3, padding=2)
    conv2d("dilation 2", "new Conv2d(2, 2, 3).dilation(2)", (N, 2, 7, 6), (2, 2, 3, 3), dilation=2)
    conv2d("groups 2", "new Conv2d(4, 6, 3).groups(2).padding(1)", (N, 4, 5, 4), (6, 2, 3, 3),
           groups=2, padding=1)
    conv2d("depthwise", "new Conv2d(3, 3, 3).groups(3)", (N, 3, 5, 5), (3, 1, 3, 3), groups=3)
    conv2d("everything at once", "new Conv2d(4, 4, 3).stride(2).padding(3).dilation(2).groups(2)",
           (N, 4, 7, 9), (4, 2, 3, 3), stride=2, padding=3, dilation=2, groups=2)
    conv2d("same padding", "new Conv2d(2, 3, 3).same()", (N, 2, 4, 5), (3, 2, 3, 3), padding="same")
    conv2d("same padding of an even kernel", "new Conv2d(1, 2, 4).same()", (N, 1, 5, 6), (2, 1, 4, 4),
           padding="same")
    conv2d("without bias, channels from the shape", "new Conv2d(2).kernel(3).bias(false)", (N, 3, 4, 4),
           (2, 3, 3, 3), bias=False)
    case("conv2d with an oblong kernel",
         "conv2d(x, w, null, new int[] {1, 2}, new int[] {0, 1}, new int[] {1, 1}, 1)",
         lambda t: F.conv2d(t["x"], t["w"], stride=(1, 2), padding=(0, 1)),
         {"x": values(N, 2, 5, 7)}, {"w": values(3, 2, 2, 3)},
         fields=["@Param final Tensor w = zeros(3, 2, 2, 3);"])

    def conv1d(name, java, x, w, **options):
        case("Conv1d " + name, "conv.apply(x)",
             lambda t: F.conv1d(t["x"], t["conv.weight"], t["conv.bias"], **options),
             {"x": values(*x)}, weights(*w, bias=w[0]), fields=[f"final Conv1d conv = {java};"])
    conv1d("3", "new Conv1d(2, 3, 3)", (N, 2, 9), (3, 2, 3))
    conv1d("stride and padding", "new Conv1d(2, 3, 4).stride(2).padding(1)", (N, 2, 9), (3, 2, 4),
           stride=2, padding=1)
    conv1d("dilation and groups", "new Conv1d(4, 2, 3).dilation(2).groups(2)", (N, 4, 8), (2, 2, 3),
           dilation=2, groups=2)


def transposed():
    def up(name, java, x, w, out, **options):
        case("ConvTranspose2d " + name, "conv.apply(x)",
             lambda t: F.conv_transpose2d(t["x"], t["conv.weight"], t["conv.bias"], **options),
             {"x": values(*x)}, weights(*w, bias=out), fields=[f"final ConvTranspose2d conv = {java};"])
    up("2×2, stride 2", "new ConvTranspose2d(3, 2, 2).stride(2)", (N, 3, 3, 4), (3, 2, 2, 2), 2, stride=2)
    up("3×3, padding 1", "new ConvTranspose2d(2, 3, 3).padding(1)", (N, 2, 4, 5), (2, 3, 3, 3), 3, padding=1)
    up("output padding", "new ConvTranspose2d(2, 2, 3).stride(2).padding(1).outputPadding(1)",
       (N, 2, 3, 4), (2, 2, 3, 3), 2, stride=2, padding=1, output_padding=1)
    case("convTranspose2d with dilation and groups",
         "convTranspose2d(x, w, null, new int[] {1, 2}, new int[] {1, 0}, new int[] {0, 1}, "
         "new int[] {2, 1}, 2)",
         lambda t: F.conv_transpose2d(t["x"], t["w"], stride=(1, 2), padding=(1, 0),
                                      output_padding=(0, 1), dilation=(2, 1), groups=2),
         {"x": values(N, 4, 3, 3)}, {"w": values(4, 1, 3, 2)},
         fields=["@Param final Tensor w = zeros(4, 1, 3, 2);"])


def pools():
    def pool(name, java, f, *shape):
        case(name, java, lambda t: f(t["x"]), {"x": distinct(*shape)})
    pool("maxPool2d", "maxPool2d(x, 2)", lambda x: F.max_pool2d(x, 2), N, 2, 4, 6)
    pool("maxPool2d of odd sizes", "maxPool2d(x, 2)", lambda x: F.max_pool2d(x, 2), N, 2, 5, 7)
    pool("maxPool2d overlapping, padded", "maxPool2d(x, 3, 2, 1)", lambda x: F.max_pool2d(x, 3, 2, 1), N, 2, 5, 8)
    pool("maxPool2d oblong", "maxPool2d(x, new int[] {2, 3}, new int[] {1, 2}, new int[] {0, 1})",
         lambda x: F.max_pool2d(x, (2, 3), (1, 2), (0, 1)), N, 1, 4, 6)
    pool("avgPool2d", "avgPool2d(x, 2)", lambda x: F.avg_pool2d(x, 2), N, 2, 4, 7)
    pool("avgPool2d overlapping, padded", "avgPool2d(x, 3, 2, 1)", lambda x: F.avg_pool2d(x, 3, 2, 1), N, 2, 5, 8)
    pool("adaptiveAvgPool2d", "adaptiveAvgPool2d(x, 3, 2)", lambda x: F.adaptive_avg_pool2d(x, (3, 2)), N, 2, 5, 7)
    pool("adaptiveAvgPool2d to more than there are", "adaptiveAvgPool2d(x, 4, 5)",
         lambda x: F.adaptive_avg_pool2d(x, (4, 5)), N, 1, 3, 3)
    pool("globalAvgPool2d", "globalAvgPool2d(x)", lambda x: x.mean((2, 3)), N, 3, 3, 5)
    case("MaxPool2d and AvgPool2d layers", "average.apply(largest.apply(x))",
         lambda t: F.avg_pool2d(F.max_pool2d(t["x"], 3, 1), 2), {"x": distinct(N, 2, 7, 6)},
         fields=["final MaxPool2d largest = new MaxPool2d(3).stride(1);",
                 "final AvgPool2d average = new AvgPool2d(2);"])


def dense():
    def linear(name, java, x, w, bias=True):
        case("Dense " + name, "fc.apply(x)",
             lambda t: F.linear(t["x"], t["fc.weight"], t.get("fc.bias")), {"x": values(*x)},
             weights(*w, bias=bias and w[0], prefix="fc."), fields=[f"final Dense fc = {java};"])
    linear("of vectors", "new Dense(5, 3)", (N, 5), (3, 5))
    linear("along the last dimension", "new Dense(5, 3)", (N, 4, 5), (3, 5))
    linear("with its in-features from the shape", "new Dense(4)", (N, 6), (4, 6))
    case("a field applied twice", "fc.apply(tanh(fc.apply(x)))",
         lambda t: F.linear(F.linear(t["x"], t["fc.weight"], t["fc.bias"]).tanh(), t["fc.weight"], t["fc.bias"]),
         {"x": values(N, 4)}, weights(4, 4, bias=4, prefix="fc."), fields=["final Dense fc = new Dense(4, 4);"])
    case("a small CNN with its loss",
         "fc.apply(flatten(maxPool2d(relu(conv.apply(x)), 2)))",
         lambda t: F.linear(F.max_pool2d(F.relu(F.conv2d(t["x"], t["conv.weight"], t["conv.bias"])), 2).flatten(1),
                            t["fc.weight"], t["fc.bias"]),
         {"x": values(N, 1, 8, 8)},
         {**weights(4, 1, 3, 3, bias=4), **weights(3, 36, bias=3, prefix="fc.")},
         fields=["final Conv2d conv = new Conv2d(1, 4, 3);", "final Dense fc = new Dense(4 * 3 * 3, 3);"],
         targets={"t": labels(3, N)}, loss="softmaxCrossEntropy(y, t)",
         torch_loss=lambda y, t: F.cross_entropy(y, t["t"]))
    case("embedding", "embedding(table, tokens)", lambda t: F.embedding(t["tokens"], t["table"]),
         {"tokens": torch.tensor([[0, 3, 3], [4, 1, 3]])}, {"table": values(5, 4)},
         fields=["@Param final Tensor table = zeros(5, 4);"])
    case("Sequential", "stack.apply(x)",
         lambda t: F.linear(F.silu(F.conv2d(t["x"], t["stack.0.weight"], t["stack.0.bias"])).flatten(1),
                            t["stack.3.weight"], t["stack.3.bias"]),
         {"x": values(N, 1, 4, 5)},
         {**weights(2, 1, 2, 2, bias=2, prefix="stack.0."), **weights(3, 24, bias=3, prefix="stack.3.")},
         fields=["final Sequential stack = new Sequential("
                 "new Conv2d(1, 2, 2), new Silu(), new Flatten(), new Dense(3));"])
    case("Embedding, summed up", "sum(words.apply(tokens), 1)",
         lambda t: F.embedding(t["tokens"], t["words.weight"]).sum(1),
         {"tokens": torch.tensor([[2, 0, 2, 5], [1, 1, 3, 0]])}, {"words.weight": values(6, 3)},
         fields=["final Embedding words = new Embedding(6, 3);"])
    case("LayerNorm", "norm.apply(x)",
         lambda t: F.layer_norm(t["x"], (5,), t["norm.weight"], t["norm.bias"]),
         {"x": values(N, 3, 5)}, {"norm.weight": values(5), "norm.bias": values(5)},
         fields=["final LayerNorm norm = new LayerNorm(5);"])
    case("layer norm of primitives",
         "Tensor centred = sub(x, mean(x, keepDims(-1)));"
         " Tensor scaled = mul(centred, rsqrt(add(populationVariance(x, keepDims(-1)), 1e-5)));"
         " return add(mul(scaled, gain), shift);",
         lambda t: F.layer_norm(t["x"], (6,), t["gain"], t["shift"]),
         {"x": values(N, 3, 6)}, {"gain": values(6), "shift": values(6)},
         fields=["@Param final Tensor gain = ones(6);", "@Param final Tensor shift = zeros(6);"])


LSTM = [
    "record State(Tensor h, Tensor c) {}",
    "State step(State s, Tensor x) {"
    " Tensor z = add(add(matmul(x, transpose(wx, 0, 1)), matmul(s.h(), transpose(wh, 0, 1))), b);"
    " Tensor i = sigmoid(slice(z, 1, 0, 3)); Tensor f = sigmoid(slice(z, 1, 3, 6));"
    " Tensor g = tanh(slice(z, 1, 6, 9)); Tensor o = sigmoid(slice(z, 1, 9, 12));"
    " Tensor c = add(mul(f, s.c()), mul(i, g)); return new State(mul(o, tanh(c)), c); }",
]


def lstm(t, steps):
    cell = (torch.zeros(N, 3), torch.zeros(N, 3))
    module = nn.LSTMCell(4, 3)
    states = []
    for x in steps:
        cell = torch.nn.utils.stateless.functional_call(
            module, {"weight_ih": t["wx"], "weight_hh": t["wh"], "bias_ih": t["b"],
                     "bias_hh": torch.zeros(12)}, (x, cell))
        states.append(cell[0])
    return states


def recurrent():
    fields = ["@Param final Tensor wx = zeros(12, 4);", "@Param final Tensor wh = zeros(12, 3);",
              "@Param final Tensor b = zeros(12);"]
    parameters = lambda: {"wx": values(12, 4, low=-1, high=1), "wh": values(12, 3, low=-1, high=1),
                          "b": values(12)}
    start = "new State(zeros(x.size(0), 3), zeros(x.size(0), 3))"
    case("one step of an LSTM", f"step({start}, x).h()", lambda t: lstm(t, [t["x"]])[-1],
         {"x": values(N, 4)}, parameters(), fields, LSTM)
    case("the last state of an LSTM", f"scan(this::step, {start}, x, 1).h()",
         lambda t: lstm(t, t["x"].unbind(1))[-1], {"x": values(N, 5, 4)}, parameters(), fields, LSTM)
    case("all states of an LSTM", f"scanAll(this::step, {start}, x, 1).h()",
         lambda t: torch.stack(lstm(t, t["x"].unbind(1)), 1), {"x": values(N, 5, 4)}, parameters(),
         fields, LSTM)
    case("a running sum of one's own", "scanAll((s, v) -> tanh(add(mul(s, p), v)), zeros(x.size(0), 3), x, 1)",
         lambda t: running(t["x"], t["p"]), {"x": values(N, 6, 3)}, {"p": values(3)},
         ["@Param final Tensor p = ones(3);"])


def running(x, p):
    s, states = torch.zeros(N, 3), []
    for v in x.unbind(1):
        s = torch.tanh(s * p + v)
        states.append(s)
    return torch.stack(states, 1)


HEADS = [
    "Tensor heads(Tensor v) {"
    " return permute(reshape(v, v.size(0), v.size(1), 2, 4), 0, 2, 1, 3); }",
    "Tensor attend(Tensor x) {"
    " Tensor qkv = inProjection.apply(x);"
    " Tensor q = heads(slice(qkv, 2, 0, 8)); Tensor k = heads(slice(qkv, 2, 8, 16));"
    " Tensor v = heads(slice(qkv, 2, 16, 24));"
    " Tensor weights = softmax(div(matmul(q, transpose(k, 2, 3)), Math.sqrt(4)), -1);"
    " Tensor joined = permute(matmul(weights, v), 0, 2, 1, 3);"
    " return outProjection.apply(reshape(joined, x.size(0), x.size(1), 8)); }",
]
NORM = [
    "static Tensor norm(Tensor x, Tensor gain, Tensor shift) {"
    " Tensor centred = sub(x, mean(x, keepDims(-1)));"
    " Tensor variance = mean(mul(centred, centred), keepDims(-1));"
    " return add(mul(div(centred, sqrt(add(variance, 1e-5))), gain), shift); }",
]


def attention():
    fields = ["final Dense inProjection = new Dense(8, 24);", "final Dense outProjection = new Dense(8, 8);"]
    parameters = lambda: {**weights(24, 8, bias=24, prefix="inProjection."),
                          **weights(8, 8, bias=8, prefix="outProjection.")}
    case("multi-head attention of primitives", "attend(x)",
         lambda t: nn.functional.multi_head_attention_forward(
             *[t["x"].transpose(0, 1)] * 3, 8, 2, t["inProjection.weight"], t["inProjection.bias"],
             None, None, False, 0.0, t["outProjection.weight"], t["outProjection.bias"],
             need_weights=False)[0].transpose(0, 1),
         {"x": values(N, 5, 8)}, parameters(), fields, HEADS)
    more = {**parameters(), "gain1": values(8), "shift1": values(8), "gain2": values(8), "shift2": values(8),
            **weights(12, 8, bias=12, prefix="up."), **weights(8, 12, bias=8, prefix="down.")}
    case("a pre-norm encoder block",
         "Tensor h = add(x, attend(norm(x, gain1, shift1)));"
         " return add(h, down.apply(gelu(up.apply(norm(h, gain2, shift2)))));",
         encoder_block, {"x": values(N, 4, 8)}, more,
         fields + ["@Param final Tensor gain1 = ones(8);", "@Param final Tensor shift1 = zeros(8);",
                   "@Param final Tensor gain2 = ones(8);", "@Param final Tensor shift2 = zeros(8);",
                   "final Dense up = new Dense(8, 12);", "final Dense down = new Dense(12, 8);"],
         HEADS + NORM)


def encoder_block(t):
    block = nn.TransformerEncoderLayer(8, 2, 12, 0.0, "gelu", batch_first=True, norm_first=True).train()
    names = {"self_attn.in_proj_weight": "inProjection.weight", "self_attn.in_proj_bias": "inProjection.bias",
             "self_attn.out_proj.weight": "outProjection.weight", "self_attn.out_proj.bias": "outProjection.bias",
             "linear1.weight": "up.weight", "linear1.bias": "up.bias", "linear2.weight": "down.weight",
             "linear2.bias": "down.bias", "norm1.weight": "gain1", "norm1.bias": "shift1",
             "norm2.weight": "gain2", "norm2.bias": "shift2"}
    return torch.nn.utils.stateless.functional_call(block, {k: t[v] for k, v in names.items()}, (t["x"],))
