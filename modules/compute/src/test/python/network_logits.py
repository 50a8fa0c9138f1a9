#!/usr/bin/env python3
"""What a network gives in PyTorch for weights of ours: network_logits.py NAME ROWS CHANNELS WEIGHTS [MODULE].

Loads the safetensors file by load_state_dict(strict=True), evaluates two images of the tests' formula, and prints the
logits, one a line; or of a module's output the mean of each channel over all places.
"""
import json
import struct
import sys
from pathlib import Path

import numpy as np
import torch

from golden_training import CLASSES, formula
from networks import network

BATCH = 2
SEED = 3


def state(path):
    """The float32 tensors of a safetensors file."""
    raw = Path(path).read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    header.pop("__metadata__", None)
    tensors = {}
    for name, entry in header.items():
        begin, end = (8 + length + offset for offset in entry["data_offsets"])
        tensors[name] = torch.from_numpy(np.frombuffer(raw[begin:end], np.float32).reshape(entry["shape"]).copy())
    return tensors


def read(model, module, images):
    """What a module of a model gives, pooled."""
    given = []
    model.get_submodule(module).register_forward_hook(lambda _, inputs, output: given.append(output.clone()))
    model(images)
    return given[0].mean((2, 3)) if given[0].dim() == 4 else given[0]


def main(name, rows, channels, weights, module=None):
    model = network(name, rows, channels, CLASSES)
    model.load_state_dict(state(weights), strict=True)
    model.eval()
    values = (1.5 * formula(SEED, BATCH * rows * rows * channels)).astype(np.float32)
    images = torch.from_numpy(values).reshape(BATCH, rows, rows, channels).permute(0, 3, 1, 2)
    with torch.no_grad():
        values = read(model, module, images) if module else model(images)
        for value in values.flatten().tolist():
            print(repr(value))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), *sys.argv[4:])
