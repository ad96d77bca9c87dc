"""Writes PyTorch's figures that Cortado is checked against: run `python3 torch_figures.py`.

Each case is one small model, in Cortado's Java and in PyTorch, with its inputs, parameters and targets, and
PyTorch's float64 output, loss and gradients. The figures committed were made with PyTorch 1.13.
"""

import pathlib

import torch

import elementwise_figures
import figures
import layer_figures
import loss_figures

torch.manual_seed(20)
elementwise_figures.add_cases()
layer_figures.add_cases()
loss_figures.add_cases()
figures.write(pathlib.Path(__file__).parent / "../resources/dev/cortado/conformance/torch.json")
