#!/usr/bin/env python3
"""Trains resnet8 for a few masked steps in PyTorch, on numbers that TorchTest computes alike.

Writes as JSON what must agree: losses, logits, features, sums of each parameter, running statistics.
Usage: golden_training.py OUTPUT. Runs in float64, so that the figures carry no rounding of their own.
"""
import json
import math
import sys

import numpy as np
import torch
from torch import nn

STEPS = 5
BATCH = 16
CLASSES = 10
REMOVED = -0.4


def formula(seed, count):
    """Formula.at of the Java tests: SplitMix64 of seed and index, 24 bits of it, from -1 to 1."""
    with np.errstate(over="ignore"):
        z = np.uint64(seed << 32) + np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        z ^= z >> np.uint64(31)
    return (z >> np.uint64(40)).astype(np.float64) / (1 << 23) - 1


class Block(nn.Module):
    def __init__(self, inner, outer, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(inner, outer, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(outer)
        self.conv2 = nn.Conv2d(outer, outer, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(outer)
        self.downsample = None
        if stride != 1:
            self.downsample = nn.Sequential(nn.Conv2d(inner, outer, 1, stride, bias=False), nn.BatchNorm2d(outer))

    def forward(self, x):
        shortcut = x if self.downsample is None else self.downsample(x)
        x = torch.relu(self.bn1(self.conv1(x)))
        return torch.relu(self.bn2(self.conv2(x)) + shortcut)


class Residual(nn.Module):
    def __init__(self, blocks):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(16)
        inner = 16
        for stage in range(3):
            outer = 16 << stage
            layers = [Block(inner if i == 0 else outer, outer, 2 if stage > 0 and i == 0 else 1) for i in range(blocks)]
            setattr(self, f"layer{stage + 1}", nn.Sequential(*layers))
            inner = outer
        self.fc = nn.Linear(64, CLASSES)

    def features(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        return self.layer3(self.layer2(self.layer1(x))).mean((2, 3))

    def forward(self, x):
        return self.fc(self.features(x))


def fill(network):
    """Sets the weights as Formula.weights does; returns the masks of Formula.mask."""
    named = dict(network.named_parameters())
    count = sum(parameter.numel() for parameter in named.values())
    uniform, chosen = formula(1, count), formula(2, count)
    masks = {}
    at = 0
    for name, parameter in named.items():
        span = slice(at, at + parameter.numel())
        at += parameter.numel()
        u = uniform[span]
        if parameter.dim() > 1:
            values = u * math.sqrt(6 / (parameter.numel() / parameter.shape[0]))
        elif "bias" in name:
            values = 0.1 * u
        else:
            values = 1 + 0.1 * u
        prunable = parameter.dim() == 4
        mask = np.where(chosen[span] < REMOVED, 0.0, 1.0) if prunable else np.ones(parameter.numel())
        masks[name] = torch.from_numpy(mask).reshape(parameter.shape)
        rounded = torch.from_numpy(values.astype(np.float32).astype(np.float64))
        parameter.data.copy_(rounded.reshape(parameter.shape) * masks[name])
    return masks


def batch(seed):
    values = (1.5 * formula(seed, BATCH * 32 * 32 * 3)).astype(np.float32).astype(np.float64)
    images = torch.from_numpy(values).reshape(BATCH, 32, 32, 3).permute(0, 3, 1, 2)
    return images, torch.tensor([i * 7 % CLASSES for i in range(BATCH)])


def main(output):
    torch.set_default_dtype(torch.float64)
    network = Residual(1)
    masks = fill(network)
    optimizer = torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9, weight_decay=5e-4)
    losses = []
    for step in range(STEPS):
        images, labels = batch(10 + step)
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(network(images), labels)
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        with torch.no_grad():
            for name, parameter in network.named_parameters():
                parameter.mul_(masks[name])
                optimizer.state[parameter]["momentum_buffer"].mul_(masks[name])
    network.eval()
    with torch.no_grad():
        images, _ = batch(99)
        features = network.features(images)
        logits = network.fc(features)
    golden = {
        "steps": STEPS,
        "batch": BATCH,
        "losses": losses,
        "logits": logits[:2].flatten().tolist(),
        "features": features[:2].flatten().tolist(),
        "norms": {name: p.detach().norm().item() for name, p in network.named_parameters()},
        "statistics": {
            name: value.norm().item() for name, value in network.named_buffers() if "running" in name
        },
    }
    with open(output, "w", encoding="utf-8") as file:
        json.dump(golden, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
