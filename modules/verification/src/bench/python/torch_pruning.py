#!/usr/bin/env python3
"""How long PyTorch takes to remove four fifths of some weights by global magnitude: to select them, to make
the mask, and to set them to 0.

Usage: torch_pruning.py WAY WEIGHTS THREADS
WAY: 'kthvalue', on one flat tensor; 'global', torch.nn.utils.prune.global_unstructured on the layers that
they are in. Prints a JSON object: how often a second by the median of seven times.
"""
import json
import sys
import time

import torch
from torch import nn
from torch.nn.utils import prune

SPARSITY = 0.8
ROWS, COLUMNS = 512, 512 * 9  # of a usual layer
TIMES = 7


def kthvalue(count):
    original = torch.randn(count)
    weights = original.clone()

    def run():
        magnitudes = weights.abs()
        threshold = torch.kthvalue(magnitudes, int(SPARSITY * count)).values
        mask = (magnitudes > threshold).float()
        weights.mul_(mask)
        return mask

    return lambda: weights.copy_(original), run


def whole(count):
    layers = []
    for first in range(0, count, ROWS * COLUMNS):
        length = min(ROWS * COLUMNS, count - first)
        layers.append(nn.Linear(length, 1, bias=False))
    originals = [layer.weight.detach().clone() for layer in layers]

    def restore():
        for layer, original in zip(layers, originals):
            if prune.is_pruned(layer):
                prune.remove(layer, "weight")
            layer.weight.data.copy_(original)

    def run():
        parameters = [(layer, "weight") for layer in layers]
        prune.global_unstructured(parameters, pruning_method=prune.L1Unstructured, amount=SPARSITY)

    return restore, run


def main(way, count, threads):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    with torch.no_grad():
        restore, run = {"kthvalue": kthvalue, "global": whole}[way](count)
        times = []
        for _ in range(TIMES + 1):
            restore()
            begin = time.perf_counter()
            run()
            times.append(time.perf_counter() - begin)
    counted = sorted(times[1:])
    print(json.dumps({"perSecond": 1 / counted[len(counted) // 2]}))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
