#!/usr/bin/env python3
"""The networks that a study can name, in PyTorch, for tests and races: network(name, rows, channels, classes).

Parameters bear torchvision's names. Networks made for ImageNet have another form for pictures of at most
64 rows. As a program it prints every parameter: networks.py NAME [ROWS [CHANNELS [CLASSES]]].
"""
import math
import sys

import torch
from torch import nn
from torch.nn import functional

SMALL = 64


def conv(inner, outer, kernel, stride=1, groups=1, bias=False):
    return nn.Conv2d(inner, outer, kernel, stride, kernel // 2, groups=groups, bias=bias)


class Padding(nn.Module):
    """Every second row and column, between planes of zeros."""

    def __init__(self, more):
        super().__init__()
        self.before = more // 2

    def forward(self, x):
        return functional.pad(x[:, :, ::2, ::2], (0, 0, 0, 0, self.before, self.before))


class Basic(nn.Module):
    expansion = 1

    def __init__(self, inner, width, stride, shortcut):
        super().__init__()
        self.conv1, self.bn1 = conv(inner, width, 3, stride), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = conv(width, width, 3), nn.BatchNorm2d(width)
        self.downsample = shortcut

    def forward(self, x):
        y = functional.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        return functional.relu(y + (x if self.downsample is None else self.downsample(x)))


class Bottleneck(nn.Module):
    expansion = 4

    def __init__(self, inner, width, stride, shortcut):
        super().__init__()
        outer = width * self.expansion
        self.conv1, self.bn1 = conv(inner, width, 1), nn.BatchNorm2d(width)
        self.conv2, self.bn2 = conv(width, width, 3, stride), nn.BatchNorm2d(width)
        self.conv3, self.bn3 = conv(width, outer, 1), nn.BatchNorm2d(outer)
        self.downsample = shortcut

    def forward(self, x):
        y = functional.relu(self.bn1(self.conv1(x)))
        y = functional.relu(self.bn2(self.conv2(y)))
        y = self.bn3(self.conv3(y))
        return functional.relu(y + (x if self.downsample is None else self.downsample(x)))


class Residual(nn.Module):
    def __init__(self, block, blocks, widths, stem, classes, padding=False):
        super().__init__()
        self.conv1, self.bn1, self.pool = *stem[:2], stem[2]
        inner = widths[0]
        for stage, (count, width) in enumerate(zip(blocks, widths), 1):
            layers = []
            for index in range(count):
                stride = 2 if stage > 1 and index == 0 else 1
                outer = width * block.expansion
                shortcut = None
                if padding and stride > 1:
                    shortcut = Padding(outer - inner)
                elif stride > 1 or inner != outer:
                    shortcut = nn.Sequential(conv(inner, outer, 1, stride), nn.BatchNorm2d(outer))
                layers.append(block(inner, width, stride, shortcut))
                inner = outer
            setattr(self, f"layer{stage}", nn.Sequential(*layers))
        self.stages = len(blocks)
        self.fc = nn.Linear(inner, classes)

    def forward(self, x):
        x = self.pool(functional.relu(self.bn1(self.conv1(x))))
        for stage in range(1, self.stages + 1):
            x = getattr(self, f"layer{stage}")(x)
        return self.fc(x.mean((2, 3)))


def cifar_residual(depth, padding, channels, classes):
    stem = conv(channels, 16, 3), nn.BatchNorm2d(16), nn.Identity()
    return Residual(Basic, [(depth - 2) // 6] * 3, [16, 32, 64], stem, classes, padding)


def wide_residual(block, blocks, rows, channels, classes):
    if rows <= SMALL:
        stem = conv(channels, 64, 3), nn.BatchNorm2d(64), nn.Identity()
    else:
        stem = conv(channels, 64, 7, 2), nn.BatchNorm2d(64), nn.MaxPool2d(3, 2, 1)
    return Residual(block, blocks, [64, 128, 256, 512], stem, classes)


class Featured(nn.Module):
    def __init__(self, features, pool, classifier):
        super().__init__()
        self.features, self.pool, self.classifier = nn.Sequential(*features), pool, classifier

    def forward(self, x):
        return self.classifier(torch.flatten(self.pool(self.features(x)), 1))


def vgg(stages, rows, channels, classes):
    features = []
    inner = channels
    for outer, count in zip([64, 128, 256, 512, 512], stages):
        for _ in range(count):
            features += [conv(inner, outer, 3, bias=True), nn.BatchNorm2d(outer), nn.ReLU()]
            inner = outer
        features.append(nn.MaxPool2d(2))
    if rows <= SMALL:
        return Featured(features, nn.AdaptiveAvgPool2d(1), nn.Linear(512, classes))
    hidden = [nn.Linear(512 * 49, 4096), nn.ReLU(), nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU(), nn.Dropout()]
    return Featured(features, nn.AdaptiveAvgPool2d(7), nn.Sequential(*hidden, nn.Linear(4096, classes)))


def alexnet(channels, classes):
    features = [nn.Conv2d(channels, 64, 11, 4, 2), nn.ReLU(), nn.MaxPool2d(3, 2)]
    features += [conv(64, 192, 5, bias=True), nn.ReLU(), nn.MaxPool2d(3, 2)]
    features += [conv(192, 384, 3, bias=True), nn.ReLU(), conv(384, 256, 3, bias=True), nn.ReLU()]
    features += [conv(256, 256, 3, bias=True), nn.ReLU(), nn.MaxPool2d(3, 2)]
    classifier = [nn.Dropout(), nn.Linear(256 * 36, 4096), nn.ReLU()]
    classifier += [nn.Dropout(), nn.Linear(4096, 4096), nn.ReLU(), nn.Linear(4096, classes)]
    return Featured(features, nn.AdaptiveAvgPool2d(6), nn.Sequential(*classifier))


def normalised(inner, outer, kernel, stride=1, groups=1):
    return nn.Sequential(conv(inner, outer, kernel, stride, groups), nn.BatchNorm2d(outer), nn.ReLU6())


class Shortcut(nn.Module):
    """Layers whose input is added to what they give, where both are of one shape."""

    def __init__(self, layers, adds):
        super().__init__()
        self.conv, self.adds = nn.Sequential(*layers), adds

    def forward(self, x):
        return x + self.conv(x) if self.adds else self.conv(x)


def inverted(inner, outer, stride, factor):
    wide = inner * factor
    layers = [normalised(inner, wide, 1)] if factor > 1 else []
    layers += [normalised(wide, wide, 3, stride, wide), conv(wide, outer, 1), nn.BatchNorm2d(outer)]
    return Shortcut(layers, stride == 1 and inner == outer)


def sandglass(inner, outer, stride, factor, whole):
    narrow = inner // factor
    if narrow < outer / 6:
        narrow = int(math.ceil(outer / 6) + 8) // 16 * 16
    layers = list(normalised(inner, inner, 3, 1, inner)) if whole else []
    layers += [conv(inner, narrow, 1), nn.BatchNorm2d(narrow), *normalised(narrow, outer, 1)]
    if whole or stride > 1:
        layers += [conv(outer, outer, 3, stride, outer), nn.BatchNorm2d(outer)]
    return Shortcut(layers, stride == 1 and inner == outer)


def mobile(block, stages, last, rows, channels, classes):
    first = 1 if rows <= SMALL else 2
    features = [normalised(channels, 32, 3, first)]
    inner = 32
    for factor, outer, count, stride in stages:
        for index in range(count):
            features.append(block(inner, outer, (stride or first) if index == 0 else 1, factor, count))
            inner = outer
    features += [normalised(inner, outer, 1) for outer in last]
    inner = last[0] if last else inner
    return Featured(features, nn.AdaptiveAvgPool2d(1), nn.Sequential(nn.Dropout(0.2), nn.Linear(inner, classes)))


def mobilenet_v2(rows, channels, classes):
    stages = [(1, 16, 1, 1), (6, 24, 2, None), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)]
    return mobile(lambda i, o, s, f, _: inverted(i, o, s, f), stages, [1280], rows, channels, classes)


def mobilenext(rows, channels, classes):
    stages = [(2, 96, 1, None), (6, 144, 1, 1), (6, 192, 3, 2), (6, 288, 3, 2)]
    stages += [(6, 384, 4, 1), (6, 576, 4, 2), (6, 960, 3, 1), (6, 1280, 1, 1)]

    def block(inner, outer, stride, factor, count):
        return sandglass(inner, outer, stride, factor, inner == outer or count == 1)

    return mobile(block, stages, [], rows, channels, classes)


class Plain(nn.Module):
    def __init__(self, rows, channels, classes):
        super().__init__()
        self.conv1, self.conv2 = conv(channels, 32, 3, bias=True), conv(32, 64, 3, bias=True)
        self.fc1, self.fc2 = nn.Linear(64 * (rows // 4) ** 2, 128), nn.Linear(128, classes)

    def forward(self, x):
        x = functional.max_pool2d(functional.relu(self.conv1(x)), 2)
        x = functional.max_pool2d(functional.relu(self.conv2(x)), 2)
        return self.fc2(functional.relu(self.fc1(torch.flatten(x, 1))))


VGG = {"vgg11": [1, 1, 2, 2, 2], "vgg13": [2, 2, 2, 2, 2], "vgg16": [2, 2, 3, 3, 3], "vgg19": [2, 2, 4, 4, 4]}
WIDE = {"resnet18": (Basic, [2, 2, 2, 2]), "resnet34": (Basic, [3, 4, 6, 3]), "resnet50": (Bottleneck, [3, 4, 6, 3])}


def network(name, rows=32, channels=3, classes=10):
    """The network of this name for pictures of so many rows and channels."""
    if name in WIDE:
        return wide_residual(*WIDE[name], rows, channels, classes)
    if name in VGG:
        return vgg(VGG[name], rows, channels, classes)
    if name.startswith("resnet"):
        return cifar_residual(int(name[6:].removesuffix("-a")), name.endswith("-a"), channels, classes)
    if name == "alexnet":
        return alexnet(channels, classes)
    made = {"mobilenetv2": mobilenet_v2, "mobilenext": mobilenext, "cnn": Plain}
    return made[name](rows, channels, classes)


if __name__ == "__main__":
    for parameter, values in network(sys.argv[1], *map(int, sys.argv[2:])).named_parameters():
        print(parameter, *values.shape)
