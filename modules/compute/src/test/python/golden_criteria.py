#!/usr/bin/env python3
"""Scores the weights of a small network with batch norm in PyTorch, as CriteriaInTorchTest does.

Usage: golden_criteria.py FOLDER OUTPUT. FOLDER holds, as float32: weights.bin, statistics.bin (each flat, in the
network's order) and images.bin (batch, image, row, column, channel); and answers.json, a list of answers a batch.
Writes as JSON, for every convolution weight, what it is worth by each criterion. Runs in float64.
"""
import json
import pathlib
import sys

import numpy as np
import torch
from torch import nn

CLASSES = 10
SIZE = 32


def network():
    return nn.Sequential(
        nn.Conv2d(3, 4, 3, 2, 1, bias=False), nn.BatchNorm2d(4), nn.ReLU(),
        nn.Conv2d(4, 4, 3, 1, 1, bias=False), nn.BatchNorm2d(4), nn.ReLU(),
        nn.Conv2d(4, 6, 3, 2, 1, bias=False), nn.BatchNorm2d(6), nn.ReLU(),
        nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(6, CLASSES),
    )


def read(file):
    return torch.from_numpy(np.fromfile(file, "<f4").astype(np.float64))


def filled(folder):
    net = network()
    weights, statistics = read(folder / "weights.bin"), read(folder / "statistics.bin")
    fill(net.parameters(), weights)
    fill([b for name, b in net.named_buffers() if "running" in name], statistics)
    return net


def fill(tensors, flat):
    at = 0
    for tensor in tensors:
        tensor.data.copy_(flat[at:at + tensor.numel()].reshape(tensor.shape))
        at += tensor.numel()
    assert at == len(flat)


def convolutions(net):
    return [layer.weight for layer in net if isinstance(layer, nn.Conv2d)]


def flat(tensors):
    return torch.cat([tensor.detach().flatten() for tensor in tensors])


def of_batches(folder):
    """The gradient of each batch's loss, and its product with the second derivatives."""
    answers = json.loads((folder / "answers.json").read_text())
    images = read(folder / "images.bin").reshape(len(answers), -1, SIZE, SIZE, 3).permute(0, 1, 4, 2, 3)
    gradients, products = [], []
    for batch, labels in zip(images, answers):
        net = filled(folder).train()
        weights = convolutions(net)
        loss = nn.functional.cross_entropy(net(batch), torch.tensor(labels))
        first = torch.autograd.grad(loss, weights, create_graph=True)
        gradients.append(flat(first))
        along = sum((g.detach() * g).sum() for g in first)
        products.append(flat(torch.autograd.grad(along, weights)))
    return torch.stack(gradients), torch.stack(products)


def synflow(folder):
    net = filled(folder).eval()
    with torch.no_grad():
        for value in net.state_dict().values():
            value.abs_()
    whole = net(torch.ones(1, 3, SIZE, SIZE)).sum()
    weights = convolutions(net)
    return flat([w * g for w, g in zip(weights, torch.autograd.grad(whole, weights))]) / whole.detach()


def main(folder, output):
    torch.set_default_dtype(torch.float64)
    w = flat(convolutions(filled(folder)))
    gradients, products = of_batches(folder)
    worth = {
        "snip": (w * gradients.mean(0)).abs(),
        "taylor": (w * gradients).abs().mean(0),
        "fisher": w * w * (gradients * gradients).mean(0) / 2,
        "grasp": w * products.mean(0),
        "synflow": synflow(folder),
    }
    text = {name: [float(f"{value:.9g}") for value in values.tolist()] for name, values in worth.items()}
    with open(output, "w", encoding="utf-8") as file:
        json.dump(text, file, indent=0)
        file.write("\n")


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]), sys.argv[2])
