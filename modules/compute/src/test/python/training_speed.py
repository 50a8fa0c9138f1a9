#!/usr/bin/env python3
"""How many images a second PyTorch trains a CIFAR ResNet on, channels last. Compare TrainingSpeed.java.

Usage: training_speed.py NETWORK BATCH THREADS SECONDS, NETWORK resnet8 or resnet20.
"""
import sys
import time

import torch
from torch import nn

from golden_training import CLASSES, Residual


def main(name, batch, threads, seconds):
    torch.set_num_threads(threads)
    torch.manual_seed(1)
    network = Residual({"resnet8": 1, "resnet20": 3}[name]).to(memory_format=torch.channels_last)
    images = torch.randn(batch, 3, 32, 32).to(memory_format=torch.channels_last)
    labels = torch.randint(0, CLASSES, (batch,))
    optimizer = torch.optim.SGD(network.parameters(), lr=0.05, momentum=0.9, weight_decay=1e-4)

    def step():
        optimizer.zero_grad(set_to_none=True)
        nn.functional.cross_entropy(network(images), labels).backward()
        optimizer.step()

    for _ in range(3):
        step()
    times = []
    begin = now = time.perf_counter()
    while now - begin < seconds:
        step()
        then = time.perf_counter()
        times.append(then - now)
        now = then
    times.sort()
    best, median = batch / times[0], batch / times[len(times) // 2]
    print(f"torch {name} batch {batch}, {threads} threads: best {best:.1f}, median {median:.1f} images/s")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]))
