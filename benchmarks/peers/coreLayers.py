"""The steps of src/coreLayers in PyTorch, timed as src/contenders.ts asks for them.

    /usr/bin/python3 benchmarks/peers/coreLayers.py resNet18|smallResNet
"""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F
from torchvision.models import resnet18

THREADS = 2
BATCH = 32
torch.set_num_threads(THREADS)
torch.manual_seed(1)


class Block(nn.Module):
    def __init__(self, into, out, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(into, out, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(out)
        self.conv2 = nn.Conv2d(out, out, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(out)
        same = into == out and stride == 1
        self.shortcut = (
            nn.Identity() if same else nn.Sequential(nn.Conv2d(into, out, 1, stride, bias=False), nn.BatchNorm2d(out))
        )

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        return F.relu(y + self.shortcut(x))


def small_resnet(width=16, classes=10):
    stem = [nn.Conv2d(1, width, 3, 1, 1, bias=False), nn.BatchNorm2d(width), nn.ReLU()]
    blocks = [Block(width, width, 1), Block(width, 2 * width, 2), Block(2 * width, 4 * width, 2)]
    return nn.Sequential(*stem, *blocks, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(4 * width, classes))


def forward():
    network = resnet18().eval()
    x = torch.randn(1, 3, 224, 224)

    def step():
        with torch.inference_mode():
            network(x)

    return step


def training():
    network = small_resnet().train()
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-3)
    x = torch.randn(BATCH, 1, 28, 28)
    labels = 7 * torch.arange(BATCH) % 10

    def step():
        optimizer.zero_grad(set_to_none=True)
        F.cross_entropy(network(x), labels).backward()
        optimizer.step()

    return step


step = {"resNet18": forward, "smallResNet": training}[sys.argv[1]]()
for _ in range(3):
    step()
print(json.dumps({"device": f"PyTorch {torch.__version__}, {THREADS} threads", "dispatches": None}), flush=True)
for _ in sys.stdin:
    began = time.perf_counter()
    step()
    print(json.dumps(1000 * (time.perf_counter() - began)), flush=True)
