"""How one case of torch_figures.py is computed and written; see Cases there."""

import json

import torch

N = 2
CASES = []
torch.set_default_dtype(torch.float64)


def values(*shape, low=-2.0, high=2.0, away_from=(), gap=0.02):
    """Random numbers with three decimals, none closer than gap to a kink of the function under test."""
    t = low + (high - low) * torch.rand(*shape)
    for kink in away_from:
        t = torch.where((t - kink).abs() < gap, kink + gap * torch.sign(t - kink + 1e-9), t)
    return ((t * 1000).round() / 1000).float().double()


def distinct(*shape):
    """Numbers no two of which are equal or close: for maxima, whose gradient jumps where they tie."""
    count = int(torch.tensor(shape).prod())
    return (torch.randperm(count).double() * 0.05 - count * 0.025).reshape(*shape).float().double()


def labels(classes, *shape):
    return torch.randint(0, classes, shape)


def case(name, forward, torch_forward, inputs, parameters=None, fields=(), members=(),
         targets=None, loss=None, torch_loss=None):
    """Adds a case: the same computation in Cortado's Java and in PyTorch.

    forward and loss are Java expressions (or statements that return); torch_forward takes a dict of all
    tensors by name, torch_loss the output and that dict. Without a loss, the output is weighted with a
    random tensor g and summed, so that g is the gradient that comes from above.
    """
    parameters = dict(parameters or {})
    targets = dict(targets or {})
    for group in inputs, parameters, targets:
        # Single precision, which is what the networks compute in and what the file is read as.
        group.update({k: t.float().double() for k, t in group.items() if t.is_floating_point()})
    tensors = {**inputs, **targets, **parameters}
    learned = {k: t for k, t in tensors.items()
               if t.is_floating_point() and k not in targets}
    for t in learned.values():
        t.requires_grad_(True)
    output = torch_forward(tensors)
    if loss is None:
        targets["g"] = values(*output.shape)
        loss, value = "sum(mul(y, g))", (output * targets["g"]).sum()
    else:
        value = torch_loss(output, tensors)
    gradients = torch.autograd.grad(value, list(learned.values()), allow_unused=True)
    CASES.append({
        "name": name,
        "fields": list(fields),
        "members": list(members),
        "inputs": [port(k, t) for k, t in inputs.items()],
        "targets": [port(k, t) for k, t in targets.items()],
        "parameters": {k: tensor(t) for k, t in parameters.items()},
        "forward": forward,
        "loss": loss,
        "output": tensor(output),
        "lossValue": number(value.item()),
        "gradients": {k: tensor(torch.zeros_like(t) if g is None else g)
                      for (k, t), g in zip(learned.items(), gradients)},
    })


def port(name, t):
    if t.is_floating_point():
        kind = "Tensor"
    else:
        kind = "IntTensor" if name.startswith("tokens") else "Labels"
    return {"name": name, "type": kind, **tensor(t)}


def tensor(t):
    t = t.detach()
    flat = t.reshape(-1).tolist()
    return {"shape": list(t.shape),
            "values": [number(v) for v in flat] if t.is_floating_point() else flat}


def number(v):
    short = float(f"{v:.8g}")
    return int(short) if short == int(short) else short


def write(path):
    names = [c["name"] for c in CASES]
    assert len(set(names)) == len(names), "a name twice"
    with open(path, "w", encoding="utf-8") as out:
        out.write("[\n")
        out.write(",\n".join(json.dumps(c, separators=(",", ":")) for c in CASES))
        out.write("\n]\n")
    print(f"{len(CASES)} cases in {path}")
