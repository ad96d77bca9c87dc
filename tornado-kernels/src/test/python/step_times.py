"""Milliseconds a training step takes in PyTorch: step_times.py model batch steps; model is mlp or cnn."""
import sys
import time

import torch
from torch import nn

name, batch, steps = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
device = "cuda" if torch.cuda.is_available() else "cpu"
if name == "mlp":
    net = nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 512), nn.ReLU(), nn.Linear(512, 10))
    x = torch.randn(batch, 784)
else:
    net = nn.Sequential(
        nn.Conv2d(1, 32, 3), nn.ReLU(), nn.MaxPool2d(2), nn.Conv2d(32, 64, 3), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(1600, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))
    x = torch.randn(batch, 1, 28, 28)
torch.backends.cuda.matmul.allow_tf32 = False
torch.backends.cudnn.allow_tf32 = False
net, x = net.to(device), x.to(device)
y = torch.zeros(batch, dtype=torch.long, device=device)
adam = torch.optim.Adam(net.parameters())


def step():
    adam.zero_grad()
    loss = nn.functional.cross_entropy(net(x), y)
    loss.backward()
    adam.step()
    return loss.item()


for _ in range(10):
    step()
start = time.perf_counter()
for _ in range(steps):
    step()
print(device, 1000 * (time.perf_counter() - start) / steps)
