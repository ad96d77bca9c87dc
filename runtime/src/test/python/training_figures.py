"""Writes PyTorch's figures for optimizers and schedules, which the tests of dev.cortado.train compare with.

Run as `python3 training_figures.py > ../resources/dev/cortado/train/torch.json`. Made with PyTorch 1.13.1. Lion is
not part of PyTorch: its update is the one printed in the paper (Chen et al., 2023, algorithm 2), in tensors. NAdam of
1.13.1 multiplies one momentum in twice, which PyTorch 2.0 mended: the figures are of the mended one. PyTorch 2.13 gives
the same figures within 6e-8.
"""

import json
import math
import random

import torch

random.seed(1)
STEPS = 20
SHAPES = {"fc1.weight": [3, 2], "fc1.bias": [3], "fc2.weight": [2, 3], "fc2.bias": [2]}


def numbers(count, scale):
    return [round(random.uniform(-scale, scale), 4) for _ in range(count)]


START = {name: numbers(math.prod(shape), 1) for name, shape in SHAPES.items()}
GRADIENTS = [{name: numbers(math.prod(shape), 3) for name, shape in SHAPES.items()} for _ in range(STEPS)]


class Lion(torch.optim.Optimizer):
    def __init__(self, params, lr, betas=(0.9, 0.99), weight_decay=0.0):
        super().__init__(params, dict(lr=lr, betas=betas, weight_decay=weight_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            first, second = group["betas"]
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                p.mul_(1 - group["lr"] * group["weight_decay"])
                p.add_((m * first + p.grad * (1 - first)).sign(), alpha=-group["lr"])
                m.mul_(second).add_(p.grad, alpha=1 - second)


class NAdam(torch.optim.Optimizer):
    """torch.optim.NAdam of PyTorch 2.0."""

    def __init__(self, params, lr, betas=(0.9, 0.999), eps=1e-8, weight_decay=0.0, momentum_decay=4e-3):
        super().__init__(params, dict(lr=lr, betas=betas, eps=eps, decay=weight_decay, psi=momentum_decay))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            first, second = group["betas"]
            for p in group["params"]:
                s = self.state[p]
                s["step"] = step = s.get("step", 0) + 1
                m = s.setdefault("m", torch.zeros_like(p))
                v = s.setdefault("v", torch.zeros_like(p))
                grad = p.grad.add(p, alpha=group["decay"])
                mu = first * (1 - 0.5 * 0.96 ** (step * group["psi"]))
                mu_next = first * (1 - 0.5 * 0.96 ** ((step + 1) * group["psi"]))
                s["product"] = product = s.get("product", 1.0) * mu
                m.mul_(first).add_(grad, alpha=1 - first)
                v.mul_(second).addcmul_(grad, grad, value=1 - second)
                denom = v.div(1 - second ** step).sqrt().add_(group["eps"])
                p.addcdiv_(grad, denom, value=-group["lr"] * (1 - mu) / (1 - product))
                p.addcdiv_(m, denom, value=-group["lr"] * mu_next / (1 - product * mu_next))


def run(make, clip=None, frozen=()):
    params = {n: torch.nn.Parameter(torch.tensor(v).reshape(SHAPES[n])) for n, v in START.items()}
    learned = [p for n, p in params.items() if n not in frozen]
    optimizer = make({n: p for n, p in params.items() if n not in frozen})
    for gradients in GRADIENTS:
        for n, p in params.items():
            p.grad = None if n in frozen else torch.tensor(gradients[n]).reshape(SHAPES[n])
        if clip:
            clip(learned)
        optimizer.step()
    return [round(x, 9) for p in params.values() for x in p.detach().flatten().tolist()]


def optimizers():
    o = torch.optim
    all_of = lambda make: lambda params: make(params.values())
    grouped = lambda params: o.SGD(
        [
            {"params": [p for n, p in params.items() if n.endswith("bias")], "weight_decay": 0.0},
            {"params": [params["fc2.weight"]], "lr": 0.01},
            {"params": [params["fc1.weight"]]},
        ],
        lr=0.1, momentum=0.9, weight_decay=0.1)
    return {
        "sgd": run(all_of(lambda p: o.SGD(p, lr=0.1))),
        "sgd weight decay": run(all_of(lambda p: o.SGD(p, lr=0.1, weight_decay=0.1))),
        "sgd momentum": run(all_of(lambda p: o.SGD(p, lr=0.1, momentum=0.9))),
        "sgd dampening": run(all_of(lambda p: o.SGD(p, lr=0.1, momentum=0.9, dampening=0.3, weight_decay=0.1))),
        "sgd nesterov": run(all_of(lambda p: o.SGD(p, lr=0.1, momentum=0.9, nesterov=True, weight_decay=0.1))),
        "adam": run(all_of(lambda p: o.Adam(p, lr=0.01))),
        "adam options": run(all_of(lambda p: o.Adam(p, lr=0.01, betas=(0.8, 0.95), eps=1e-4, weight_decay=0.1))),
        "adam amsgrad": run(all_of(lambda p: o.Adam(p, lr=0.01, amsgrad=True))),
        "adamw": run(all_of(lambda p: o.AdamW(p, lr=0.01))),
        "adamw amsgrad": run(all_of(lambda p: o.AdamW(p, lr=0.01, weight_decay=0.2, amsgrad=True))),
        "adagrad": run(all_of(lambda p: o.Adagrad(p, lr=0.1))),
        "adagrad options": run(all_of(lambda p: o.Adagrad(
            p, lr=0.1, lr_decay=0.1, weight_decay=0.1, initial_accumulator_value=0.5, eps=1e-5))),
        "rmsprop": run(all_of(lambda p: o.RMSprop(p, lr=0.01))),
        "rmsprop options": run(all_of(lambda p: o.RMSprop(
            p, lr=0.01, alpha=0.9, eps=1e-5, weight_decay=0.1, momentum=0.8, centered=True))),
        "adadelta": run(all_of(lambda p: o.Adadelta(p))),
        "adadelta options": run(all_of(lambda p: o.Adadelta(p, lr=0.5, rho=0.8, eps=1e-3, weight_decay=0.1))),
        "nadam": run(all_of(lambda p: NAdam(p, lr=0.01))),
        "nadam options": run(all_of(lambda p: NAdam(
            p, lr=0.01, betas=(0.8, 0.95), eps=1e-5, weight_decay=0.1, momentum_decay=0.1))),
        "lion": run(all_of(lambda p: Lion(p, lr=0.01))),
        "lion options": run(all_of(lambda p: Lion(p, lr=0.01, betas=(0.8, 0.95), weight_decay=0.1))),
        "clip norm": run(all_of(lambda p: o.SGD(p, lr=0.1)), lambda p: torch.nn.utils.clip_grad_norm_(p, 2.0)),
        "clip value": run(all_of(lambda p: o.SGD(p, lr=0.1)), lambda p: torch.nn.utils.clip_grad_value_(p, 0.7)),
        "groups": run(grouped),
        "frozen": run(all_of(lambda p: o.SGD(p, lr=0.1)), lambda p: torch.nn.utils.clip_grad_norm_(p, 2.0),
                      frozen=("fc1.weight", "fc1.bias")),
    }


def rates(make, count, base=1.0):
    p = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([p], lr=base)
    schedule = make(optimizer)
    seen = []
    for _ in range(count):
        seen.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        schedule.step()
    return [round(x, 12) for x in seen]


PLATEAU = [5, 4, 3, 3, 3, 3, 2.9999, 3, 3, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1]


def plateau(**options):
    p = torch.nn.Parameter(torch.zeros(1))
    optimizer = torch.optim.SGD([p], lr=1.0)
    schedule = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, **options)
    seen = []
    for value in PLATEAU:
        seen.append(optimizer.param_groups[0]["lr"])
        schedule.step(value)
    return seen


def schedules():
    s = torch.optim.lr_scheduler
    return {
        "constant": rates(lambda o: s.LambdaLR(o, lambda e: 1.0), 5),
        "step": rates(lambda o: s.StepLR(o, 3, 0.5), 12),
        "multi-step": rates(lambda o: s.MultiStepLR(o, [2, 5, 6], 0.1), 10),
        "exponential": rates(lambda o: s.ExponentialLR(o, 0.9), 10),
        "cosine": rates(lambda o: s.CosineAnnealingLR(o, 10, 0.1), 11),
        "cosine restarts": rates(lambda o: s.CosineAnnealingWarmRestarts(o, 4, 1, 0.05), 14),
        "cosine restarts growing": rates(lambda o: s.CosineAnnealingWarmRestarts(o, 3, 2, 0.0), 25),
        "linear": rates(lambda o: s.LinearLR(o, 0.25, 0.75, 6), 10),
        "warm-up": rates(lambda o: s.LinearLR(o, 0.2, 1.0, 4), 8),
        "one cycle": rates(lambda o: s.OneCycleLR(o, 1.0, total_steps=20, cycle_momentum=False), 19),
        "one cycle options": rates(lambda o: s.OneCycleLR(
            o, 1.0, total_steps=20, pct_start=0.4, div_factor=10, final_div_factor=100, cycle_momentum=False), 19),
        "then": rates(lambda o: s.SequentialLR(
            o, [s.LinearLR(o, 0.1, 1.0, 5), s.ExponentialLR(o, 0.8)], [5]), 12),
        "times": rates(lambda o: s.ChainedScheduler([s.StepLR(o, 4, 0.5), s.ExponentialLR(o, 0.9)]), 10),
        "plateau": plateau(factor=0.5, patience=2),
        "plateau cooldown": plateau(factor=0.1, patience=1, cooldown=2, threshold=0.01),
    }


print(json.dumps({
    "start": [x for values in START.values() for x in values],
    "gradients": [[x for values in step.values() for x in values] for step in GRADIENTS],
    "optimizers": optimizers(),
    "plateau": PLATEAU,
    "schedules": schedules(),
}, indent=None, separators=(",", ":")))
