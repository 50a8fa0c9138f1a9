#!/usr/bin/env python3
"""How many images a second PyTorch trains and evaluates a network on, channels last; bf16 by autocast.

Usage: torch_speed.py NETWORK BATCH SIZE THREADS PRECISION SECONDS OUTPUT
OUTPUT: 'run' prints a JSON object with the median of each; else the file to write the network to as
TorchScript, without running anything.
"""
import contextlib
import json
import pathlib
import resource
import sys
import time

import torch
import torch.fx
from torch import nn

sys.path.insert(0, str(pathlib.Path(__file__).parents[4] / "compute/src/test/python"))
import networks  # noqa: E402

CLASSES = 10


def median_time(work, seconds):
    times = []
    begin = time.perf_counter()
    while len(times) < 5 or time.perf_counter() - begin < seconds:
        before = time.perf_counter()
        work()
        times.append(time.perf_counter() - before)
    counted = sorted(times[3:])
    return counted[len(counted) // 2]


def measure(network, batch, size, precision, seconds):
    network.to(memory_format=torch.channels_last)
    images = torch.randn(batch, 3, size, size).to(memory_format=torch.channels_last)
    labels = torch.randint(0, CLASSES, (batch,))
    optimizer = torch.optim.SGD(network.parameters(), lr=1e-3, momentum=0.9, weight_decay=1e-4)

    def cast():
        bf16 = precision == "bf16"
        return torch.autocast("cpu", dtype=torch.bfloat16) if bf16 else contextlib.nullcontext()

    def train():
        optimizer.zero_grad(set_to_none=True)
        with cast():
            loss = nn.functional.cross_entropy(network(images), labels)
        loss.backward()
        optimizer.step()

    def evaluate():
        with torch.inference_mode(), cast():
            network(images)

    network.train()
    training = batch / median_time(train, seconds * 3 / 4)
    network.eval()
    evaluation = batch / median_time(evaluate, seconds / 4)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"training": training, "evaluation": evaluation, "memory": memory}


def main(name, batch, size, threads, precision, seconds, output):
    torch.set_num_threads(int(threads))
    torch.manual_seed(1)
    network = networks.network(name, rows=int(size), classes=CLASSES)
    if output == "run":
        print(json.dumps(measure(network, int(batch), int(size), precision, float(seconds))))
    else:
        torch.jit.script(torch.fx.symbolic_trace(network)).save(output)
        print("{}")


if __name__ == "__main__":
    main(*sys.argv[1:])
