#!/usr/bin/env python3
"""Loads published masks into PyTorch as a user would: masks_in_torch.py NETWORK ROWS FILE...

Reads each safetensors file by the published format with NumPy alone, puts its masks on a network of
torchvision's parameter names by torch.nn.utils.prune, and prints what stays, "digest kept total".
"""
import json
import struct
import sys
from pathlib import Path

import numpy as np
import torch
from torch.nn.utils import prune

sys.path.append(str(Path(__file__).parents[5] / "modules/compute/src/test/python"))
from networks import network as named  # noqa: E402


def read(path):
    """The tensors and metadata of a safetensors file of U8."""
    raw = Path(path).read_bytes()
    (length,) = struct.unpack("<Q", raw[:8])
    header = json.loads(raw[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    data = raw[8 + length :]
    tensors = {}
    for name, entry in header.items():
        assert entry["dtype"] == "U8", f"{name} is {entry['dtype']}"
        begin, end = entry["data_offsets"]
        tensors[name] = np.frombuffer(data[begin:end], np.uint8).reshape(entry["shape"])
    return tensors, metadata


def main(name, rows, files):
    for file in files:
        network = named(name, rows).eval()
        masks, metadata = read(file)
        prunable = [name for name, p in network.named_parameters() if p.dim() > 1][:-1]
        assert masks.keys() == set(prunable), masks.keys() ^ set(prunable)
        modules = dict(network.named_modules())
        for name, mask in masks.items():
            module, parameter = name.rsplit(".", 1)
            prune.custom_from_mask(modules[module], parameter, torch.from_numpy(mask.copy()))
        images = torch.zeros(2, 3, rows, rows)
        assert network(images).shape == (2, 10)
        for name, mask in masks.items():
            module, parameter = name.rsplit(".", 1)
            zeros = getattr(modules[module], parameter) == 0
            assert bool((zeros[torch.from_numpy(mask.copy()) == 0]).all()), name
        kept = sum(int(mask.sum()) for mask in masks.values())
        print(metadata["digest"], kept, sum(mask.size for mask in masks.values()))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3:])
