"""Training steps of flows in PyTorch on the CPU with two threads, timed as src/contenders.ts asks for it.

    /usr/bin/python3 benchmarks/peers/flows.py '{"flow": "spline", "dim": 2, "layers": 4, "hidden": [64, 64], …}'

The argument is a case of src/flows/cases.ts; the steps are those of src/flows/plainSteps.ts.
"""

import json
import math
import sys
import time

import torch
from torch import nn
from torch.nn import functional

THREADS = 2
torch.set_num_threads(THREADS)
LEAST, SLOPES = 1e-3, 5.0


class Network(nn.Module):
    def __init__(self, widths, degrees=None):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(a, b) for a, b in zip(widths, widths[1:])])
        nn.init.zeros_(self.layers[-1].weight)
        nn.init.zeros_(self.layers[-1].bias)
        self.masks = [None] * len(self.layers)
        if degrees:
            last = len(self.layers) - 1
            for i, (below, above) in enumerate(zip(degrees, degrees[1:])):
                low, high = torch.tensor(below)[None, :], torch.tensor(above)[:, None]
                self.masks[i] = ((low < high) if i == last else (low <= high)).float()

    def forward(self, h):
        for i, (layer, mask) in enumerate(zip(self.layers, self.masks)):
            weight = layer.weight if mask is None else layer.weight * mask
            h = functional.linear(h, weight, layer.bias)
            if i < len(self.layers) - 1:
                h = torch.relu(h)
        return h


def affine_back(x, made):
    raw, t = made.chunk(2, 1)
    s = 2 * torch.tanh(raw / 2)
    return (x - t) * torch.exp(-s), -s.sum(1)


def spline_back(y, made, bins, bound):
    """Numbers [B, n] back through splines with parameters [B, 3K - 1, n]; Durkan et al., 2019."""
    raw = made.transpose(1, 2)  # [B, n, 3K - 1]
    inside = y.abs() < bound
    at = y.clamp(-bound, bound)

    def sizes(part):
        return 2 * bound * (LEAST + (1 - bins * LEAST) * torch.softmax(part, -1))

    widths, heights = sizes(raw[..., :bins]), sizes(raw[..., bins : 2 * bins])
    lefts, bottoms = widths.cumsum(-1) - widths - bound, heights.cumsum(-1) - heights - bound
    slopes = functional.pad(torch.exp(SLOPES * torch.tanh(raw[..., 2 * bins :] / SLOPES)), (1, 1), value=1.0)
    k = (at[..., None] >= bottoms[..., 1:]).sum(-1, keepdim=True)

    def pick(of):
        return of.gather(-1, k)[..., 0]

    left, width, bottom, height = pick(lefts), pick(widths), pick(bottoms), pick(heights)
    d0, d1 = pick(slopes[..., :-1]), pick(slopes[..., 1:])
    s, rise = height / width, at - bottom
    bend = d0 + d1 - 2 * s
    a, b, c = height * (s - d0) + rise * bend, height * d0 - rise * bend, -s * rise
    xi = 2 * c / (-b - torch.sqrt((b * b - 4 * a * c).clamp(min=0)))
    between = xi * (1 - xi)
    below = s + bend * between
    above = d1 * xi**2 + 2 * s * between + d0 * (1 - xi) ** 2
    log_slope = 2 * torch.log(s) + torch.log(above) - 2 * torch.log(below)
    return torch.where(inside, left + width * xi, y), -torch.where(inside, log_slope, torch.zeros(())).sum(1)


def step_of(flow, dim, layers, hidden, bins, bound, batchSize):
    def network(layer):
        if flow == "maf":
            order = [i + 1 if layer % 2 == 0 else dim - i for i in range(dim)]
            middle = [[1 + k % (dim - 1) for k in range(width)] for width in hidden]
            return Network([dim, *hidden, 2 * dim], [order, *middle, order * 2])
        half = dim // 2
        return Network([half, *hidden, (3 * bins - 1 if flow == "spline" else 2) * half])

    networks = nn.ModuleList([network(layer) for layer in range(layers)])
    optimizer = torch.optim.Adam(networks.parameters(), lr=1e-3)
    x = torch.randn(batchSize, dim)

    def back(z, layer):
        if flow == "maf":
            return affine_back(z, networks[layer](z))
        swap = layer % 2 == 1
        kept, changed = z.chunk(2, 1)[::-1] if swap else z.chunk(2, 1)
        made = networks[layer](kept)
        if flow == "spline":
            moved, change = spline_back(changed, made.view(batchSize, 3 * bins - 1, -1), bins, bound)
        else:
            moved, change = affine_back(changed, made)
        return torch.cat([moved, kept] if swap else [kept, moved], 1), change

    def step():
        optimizer.zero_grad()
        z, log_det = x, torch.zeros(batchSize)
        for layer in reversed(range(layers)):
            z, change = back(z, layer)
            log_det = log_det + change
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
