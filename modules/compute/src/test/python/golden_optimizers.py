#!/usr/bin/env python3
"""Trains resnet8 for a few masked steps with each of PyTorch's optimizers, as TorchOptimizersTest does.

Writes as JSON, by recipe, what must agree: losses and the norm of each parameter.
Usage: golden_optimizers.py OUTPUT. Runs in float64, so that the figures carry no rounding of their own.
"""
import json
import sys

import torch
from torch import nn

import golden_training as golden

STEPS = 5
BATCH = 4

# By name: the optimizer, the label smoothing, and the largest norm of the gradients.
RECIPES = {
    "sgd": (lambda p: torch.optim.SGD(p, lr=0.05, weight_decay=5e-4), 0, None),
    "nesterov": (lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, nesterov=True, weight_decay=5e-4), 0, None),
    "adam": (lambda p: torch.optim.Adam(p, lr=1e-3, weight_decay=1e-2), 0, None),
    "adamw": (lambda p: torch.optim.AdamW(p, lr=1e-3, betas=(0.8, 0.99), eps=1e-6, weight_decay=1e-1), 0, None),
    "smoothed": (lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9), 0.1, None),
    "clipped": (lambda p: torch.optim.SGD(p, lr=0.05, momentum=0.9, weight_decay=5e-4), 0, 0.7),
    "all": (lambda p: torch.optim.Adam(p, lr=1e-3), 0.2, 0.7),
}


def train(recipe):
    optimizer_of, smoothing, largest = recipe
    network = golden.Residual(1)
    masks = golden.fill(network)
    optimizer = optimizer_of(network.parameters())
    losses = []
    for step in range(STEPS):
        images, labels = golden.batch(10 + step)
        optimizer.zero_grad()
        loss = nn.functional.cross_entropy(network(images), labels, label_smoothing=smoothing)
        loss.backward()
        mask(network, masks, optimizer, True)
        if largest is not None:
            nn.utils.clip_grad_norm_(network.parameters(), largest)
        optimizer.step()
        mask(network, masks, optimizer, False)
        losses.append(loss.item())
    return {"losses": losses, "norms": {n: p.detach().norm().item() for n, p in network.named_parameters()}}


def mask(network, masks, optimizer, gradients):
    """Masks the gradients, or the weights and all moments."""
    with torch.no_grad():
        for name, parameter in network.named_parameters():
            if gradients:
                parameter.grad.mul_(masks[name])
                continue
            parameter.mul_(masks[name])
            for moment in ("momentum_buffer", "exp_avg", "exp_avg_sq"):
                if optimizer.state[parameter].get(moment) is not None:
                    optimizer.state[parameter][moment].mul_(masks[name])


def main(output):
    torch.set_default_dtype(torch.float64)
    golden.BATCH = BATCH
    figures = {name: train(recipe) for name, recipe in RECIPES.items()}
    with open(output, "w", encoding="utf-8") as file:
        json.dump({"batch": BATCH, "recipes": figures}, file, indent=1)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
