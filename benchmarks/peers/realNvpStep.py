"""The RealNVP training step in PyTorch on the CPU with two threads, timed as src/contenders.ts asks for it.

    /usr/bin/python3 benchmarks/peers/realNvpStep.py '{"dim": 2, "layers": 8, "hidden": [64, 64], "batchSize": 256}'
"""

import json
import math
import sys
import time

import torch
from torch import nn

THREADS = 2
torch.set_num_threads(THREADS)


def network(widths):
    layers = []
    for i, (a, b) in enumerate(zip(widths, widths[1:])):
        layers.append(nn.Linear(a, b))
        if i < len(widths) - 2:
            layers.append(nn.ReLU())
    nn.init.zeros_(layers[-1].weight)
    nn.init.zeros_(layers[-1].bias)
    return nn.Sequential(*layers)


def step_of(dim, layers, hidden, batchSize):
    half = dim // 2
    networks = nn.ModuleList([network([half, *hidden, 2 * half]) for _ in range(layers)])
    optimizer = torch.optim.Adam(networks.parameters(), lr=1e-3)
    x = torch.randn(batchSize, dim)

    def step():
        optimizer.zero_grad()
        z, log_det = x, torch.zeros(batchSize)
        for layer in reversed(range(layers)):
            swap = layer % 2 == 1
            kept, changed = z.chunk(2, 1)[::-1] if swap else z.chunk(2, 1)
            raw, t = networks[layer](kept).chunk(2, 1)
            s = 2 * torch.tanh(raw / 2)
            moved = (changed - t) * torch.exp(-s)
            log_det = log_det - s.sum(1)
            z = torch.cat([moved, kept] if swap else [kept, moved], 1)
        log_prob = (-0.5 * z**2 - 0.5 * math.log(2 * math.pi)).sum(1)
        loss = -(log_prob + log_det).mean()
        loss.backward()
        optimizer.step()
        return loss.item()

    return step


step = step_of(**json.loads(sys.argv[1]))
step()  # makes the optimizer's state
print(json.dumps({"device": f"PyTorch {torch.__version__}, {THREADS} threads", "dispatches": None}), flush=True)
for _ in sys.stdin:
    began = time.perf_counter()
    step()
    print(json.dumps(1000 * (time.perf_counter() - began)), flush=True)
