"""The training steps of mlp.ts and cnn.ts in PyTorch, on the CPU with two threads: milliseconds a step, as JSON."""

import json
import sys
import time

import torch
from torch import nn

torch.set_num_threads(2)


def mlp():
    net = nn.Sequential(nn.Linear(32, 64), nn.ReLU(), nn.Linear(64, 64), nn.ReLU(), nn.Linear(64, 10))
    return net, torch.randn(64, 32), torch.arange(64) % 10


def cnn():
    def block(inputs, outputs):
        return [nn.Conv2d(inputs, outputs, 3, padding=1), nn.BatchNorm2d(outputs), nn.ReLU(), nn.MaxPool2d(2)]

    net = nn.Sequential(*block(1, 16), *block(16, 32), nn.Flatten(), nn.Linear(7 * 7 * 32, 10))
    return net, torch.randn(32, 1, 28, 28), torch.arange(32) % 10


def milliseconds(make, rounds=7, seconds=0.3):
    """The median of several rounds, after a warm-up."""
    net, x, labels = make()
    optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
    loss_of = nn.CrossEntropyLoss()

    def step():
        optimizer.zero_grad()
        loss_of(net(x), labels).backward()
        optimizer.step()

    times = []
    for _ in range(rounds + 1):
        start, steps = time.perf_counter(), 0
        while time.perf_counter() - start < seconds:
            step()
            steps += 1
        times.append((time.perf_counter() - start) / steps * 1e3)
    return sorted(times[1:])[rounds // 2]


if __name__ == "__main__":
    torch.manual_seed(0)
    names = sys.argv[1:] or ["mlp", "cnn"]
    print(json.dumps({name: milliseconds({"mlp": mlp, "cnn": cnn}[name]) for name in names}))
