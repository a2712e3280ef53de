"""The steps of src/runtime in PyTorch, with the same numbers, timed as src/contenders.ts asks for them.

    /usr/bin/python3 benchmarks/peers/runtime.py mlp|cnn|matMul512 [cpu|cuda] [float32|float16]
"""

import json
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

THREADS = 2
torch.set_num_threads(THREADS)
CLASSES, BATCHES = 10, 4


def numbers(count, salt, scale=1.0):
    """numbers of src/runtime/problems.ts."""
    mask = np.uint64(0xFFFFFFFF)
    once = (np.arange(1, count + 1, dtype=np.uint64) + np.uint64(1_000_003 * salt)) * np.uint64(2654435761) & mask
    twice = (once ^ once >> np.uint64(15)) * np.uint64(2246822519) & mask
    return torch.tensor(scale * ((twice ^ twice >> np.uint64(13)).astype(np.float64) / 2**31 - 1), dtype=torch.float32)


def fill(layer, weight, salt, scale):
    values = numbers(weight.numel(), salt, scale)
    with torch.no_grad():
        layer.bias.zero_()
        if weight.dim() == 4:  # [H, W, I, O] there, [O, I, H, W] here
            out, into, high, wide = weight.shape
            weight.copy_(values.reshape(high, wide, into, out).permute(3, 2, 0, 1))
        else:
            weight.copy_(values.reshape(weight.shape[1], weight.shape[0]).T)
    return layer


def dense(into, out, salt):
    layer = nn.Linear(into, out)
    return fill(layer, layer.weight, salt, (3 / into) ** 0.5)


def convolution(into, out, salt):
    layer = nn.Conv2d(into, out, 3, padding=1)
    return [fill(layer, layer.weight, salt, (6 / (9 * into)) ** 0.5), nn.BatchNorm2d(out), nn.ReLU(), nn.MaxPool2d(2)]


def mlp():
    layers = [dense(32, 64, 0), nn.ReLU(), dense(64, 64, 1), nn.ReLU(), dense(64, CLASSES, 2)]
    return nn.Sequential(*layers), 64, (32,)


def cnn():
    last = dense(7 * 7 * 32, CLASSES, 12)
    with torch.no_grad():  # features are [H, W, C] there, [C, H, W] here
        last.weight.copy_(last.weight.reshape(CLASSES, 7, 7, 32).permute(0, 3, 1, 2).reshape(CLASSES, -1))
    return nn.Sequential(*convolution(1, 16, 10), *convolution(16, 32, 11), nn.Flatten(), last), 32, (1, 28, 28)


def training(network, rows, shape, device):
    network.to(device).train()
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    features = int(np.prod(shape))
    batches = [
        (
            numbers(rows * features, 100 + i).reshape(rows, *shape).to(device),
            ((7 * torch.arange(rows) + 3 * i) % CLASSES).to(device),
        )
        for i in range(BATCHES)
    ]
    count = 0

    def step():
        nonlocal count
        x, labels = batches[count % BATCHES]
        count += 1
        optimizer.zero_grad(set_to_none=True)
        loss = F.cross_entropy(network(x), labels)
        loss.backward()
        optimizer.step()
        return loss

    return step


def product(edge, device, dtype):
    a, b = (numbers(edge * edge, salt).reshape(edge, edge).to(device, dtype) for salt in (1, 2))
    return lambda: (a @ b)[0, 0]


name, device, dtype = (sys.argv[1:] + [None] * 2)[:3]
device, dtype = device or "cpu", dtype or "float32"
if device == "cuda" and not torch.cuda.is_available():
    sys.exit("RuntimeError: this PyTorch has no GPU")
if name.startswith("matMul"):
    step = product(int(name[len("matMul") :]), device, getattr(torch, dtype))
else:
    step = training(*{"mlp": mlp, "cnn": cnn}[name](), device)


def timed(count):
    began = time.perf_counter()
    for _ in range(count):
        step()
    if device == "cuda":
        torch.cuda.synchronize()
    return 1000 * (time.perf_counter() - began) / count


values = [step().item() for _ in range(3)]
who = torch.cuda.get_device_name() if device == "cuda" else f"{THREADS} threads"
print(json.dumps({"device": f"PyTorch {torch.__version__}, {who}", "dispatches": None, "values": values}), flush=True)
for line in sys.stdin:  # "step", or "step 20": so many, waited for together
    print(json.dumps(timed(int((line.split() + [1])[1]))), flush=True)
