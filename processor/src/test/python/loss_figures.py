"""Losses with their options, over the output of a model that only scales its input."""

import torch
import torch.nn.functional as F

from figures import N, case, labels, values


def add_cases():
    labelled()
    probabilities()
    differences()


def loss(name, java, f, x, targets, forward="mul(x, p)", parameters=None, field="ones()"):
    case(name, forward, lambda t: t["x"] * t["p"], {"x": x},
         parameters or {"p": torch.tensor(1.25)}, [f"@Param final Tensor p = {field};"],
         targets=targets, loss=java, torch_loss=f)


def labelled():
    rare = torch.tensor([0.5, 2.0, 1.0, 0.25])
    java_rare = "stack(0, full(0.5), full(2), ones(), full(0.25))"
    def ce(name, java, **options):
        loss("softmaxCrossEntropy " + name, java, lambda y, t: F.cross_entropy(y, t["t"], **options),
             values(N + 3, 4), {"t": torch.tensor([3, 0, 1, 1, 2])})
    ce("of labels", "softmaxCrossEntropy(y, t)")
    ce("with label smoothing", "softmaxCrossEntropy(y, t, 0.1)", label_smoothing=0.1)
    ce("with class weights", f"softmaxCrossEntropy(y, t, 0, {java_rare})", weight=rare)
    ce("with an ignored label", "softmaxCrossEntropy(y, t, 0, null, 1)", ignore_index=1)
    ce("with all of it", f"softmaxCrossEntropy(y, t, 0.2, {java_rare}, 1)",
       weight=rare, label_smoothing=0.2, ignore_index=1)
    loss("softmaxCrossEntropy at every position", "softmaxCrossEntropy(y, t)",
         lambda y, t: F.cross_entropy(y.transpose(1, 2), t["t"]), values(N, 3, 5), {"t": labels(5, N, 3)})
    loss("softmaxCrossEntropy of large logits", "softmaxCrossEntropy(y, t)",
         lambda y, t: F.cross_entropy(y, t["t"]), values(N, 5, low=-90, high=90), {"t": labels(5, N)})

    def nll(name, java, **options):
        loss("nll " + name, java, lambda y, t: F.nll_loss(y.log_softmax(1), t["t"], **options),
             values(N + 2, 4), {"t": torch.tensor([1, 0, 3, 2])})
    nll("of labels", "nll(logSoftmax(y, 1), t)")
    nll("with class weights", f"nll(logSoftmax(y, 1), t, {java_rare})", weight=rare)
    nll("with an ignored label", "nll(logSoftmax(y, 1), t, null, 3)", ignore_index=3)


def probabilities():
    rare = torch.tensor([0.5, 2.0, 1.0, 0.25])
    java_rare = "stack(0, full(0.5), full(2), ones(), full(0.25))"
    q = lambda *s: ((values(*s) * 2).softmax(-1) * 1000).round().div(1000).float().double()
    def ce(name, java, **options):
        loss("softmaxCrossEntropy of probabilities" + name, java,
             lambda y, t: F.cross_entropy(y, t["q"], **options), values(N, 4), {"q": q(N, 4)})
    ce("", "softmaxCrossEntropy(y, q)")
    ce(" with label smoothing", "softmaxCrossEntropy(y, q, 0.1)", label_smoothing=0.1)
    ce(" with class weights", f"softmaxCrossEntropy(y, q, 0, {java_rare})", weight=rare)
    loss("klDivergence", "klDivergence(logSoftmax(y, 1), q)",
         lambda y, t: F.kl_div(y.log_softmax(1), t["q"]), values(N, 5), {"q": q(N, 5)})
    zero = torch.tensor([[0.0, 0.25, 0.75], [1.0, 0, 0]])
    loss("klDivergence where the target is 0", "klDivergence(logSoftmax(y, 1), q)",
         lambda y, t: F.kl_div(y.log_softmax(1), t["q"]), values(N, 3), {"q": zero})
    loss("binaryCrossEntropyWithLogits", "binaryCrossEntropyWithLogits(y, q)",
         lambda y, t: F.binary_cross_entropy_with_logits(y, t["q"]), values(N, 5, low=-5, high=5),
         {"q": values(N, 5, low=0, high=1)})
    loss("binaryCrossEntropyWithLogits of large logits", "binaryCrossEntropyWithLogits(y, q)",
         lambda y, t: F.binary_cross_entropy_with_logits(y, t["q"]), values(N, 5, low=-80, high=80),
         {"q": torch.randint(0, 2, (N, 5)).double()})


def differences():
    def pair(name, java, f, *shape):
        loss(name, java, lambda y, t: f(y, t["z"]), values(*shape), {"z": values(*shape)})
    pair("mse", "mse(y, z)", F.mse_loss, N, 5)
    pair("mse of images", "mse(y, z)", F.mse_loss, N, 2, 3, 4)
    pair("mae", "mae(y, z)", F.l1_loss, N, 5)
    pair("huber", "huber(y, z)", F.huber_loss, N, 9)
    pair("huber with delta", "huber(y, z, 0.4)", lambda y, z: F.huber_loss(y, z, delta=0.4), N, 9)
    pair("cosineSimilarity", "mean(sub(1, cosineSimilarity(y, z)))",
         lambda y, z: (1 - F.cosine_similarity(y, z)).mean(), N, 6)
    pair("cosineSimilarity along the last dimension", "mean(cosineSimilarity(y, z, -1))",
         lambda y, z: F.cosine_similarity(y, z, -1).mean(), N, 3, 4)
    sign = torch.tensor([[1.0, -1, 1], [-1, -1, 1]])
    loss("hinge", "hinge(y, z)", lambda y, t: F.relu(1 - y * t["z"]).mean(), values(N, 3), {"z": sign})
    loss("a weighted sum of two losses", "add(mse(y, z), mul(mae(y, z), 0.3))",
         lambda y, t: F.mse_loss(y, t["z"]) + 0.3 * F.l1_loss(y, t["z"]), values(N, 4), {"z": values(N, 4)})
