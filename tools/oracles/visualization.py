"""Attributions of a small network with a residual block and pooling, by PyTorch with hooks, in float64.

    python3 tools/oracles/visualization.py     (python3-torch)

Weights, images and maps are stored channels last, rounded to what float32 holds.
"""

import json
import pathlib

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(7)
torch.set_default_dtype(torch.float64)

CLASSES = 3
TARGETS = [2, 0]


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 4, 3, padding=1)
        self.conv2 = nn.Conv2d(4, 4, 3, padding=1)
        self.conv3 = nn.Conv2d(4, 4, 3, padding=1)
        self.relu1, self.relu2, self.relu3 = nn.ReLU(), nn.ReLU(), nn.ReLU()
        self.pool = nn.MaxPool2d(2)
        self.dense = nn.Linear(64, CLASSES)

    def forward(self, x):
        x = self.pool(self.relu1(self.conv1(x)))
        self.maps = self.relu3(self.conv3(self.relu2(self.conv2(x))) + x)
        return self.dense(self.maps.permute(0, 2, 3, 1).flatten(1))


net = Net()
image = torch.rand(2, 3, 8, 8)
with torch.no_grad():
    for parameter in net.parameters():
        parameter.copy_(torch.randn_like(parameter) * 0.4)
        parameter.copy_(parameter.float().double())
    image.copy_(image.float().double())


def score_of(x):
    return net(x)[torch.arange(len(x)), TARGETS]


def gradient(x):
    x = x.clone().requires_grad_()
    return torch.autograd.grad(score_of(x).sum(), x)[0]


def hooked(hook):
    """The gradient with something done to what each ReLU sends back."""
    handles = [
        relu.register_full_backward_hook(lambda module, sent, came: (hook(sent[0], came[0]),))
        for relu in (net.relu1, net.relu2, net.relu3)
    ]
    result = gradient(image)
    for handle in handles:
        handle.remove()
    return result


def integrated(steps=50):
    points, weights = np.polynomial.legendre.leggauss(steps)
    total = torch.zeros_like(image)
    for point, weight in zip((points + 1) / 2, weights / 2):
        total += weight * gradient(point * image)
    return total * image


def maps_and_gradient():
    score = score_of(image).sum()
    return net.maps, torch.autograd.grad(score, net.maps)[0]


def grad_cam():
    maps, slope = maps_and_gradient()
    return F.relu((slope.mean((2, 3), keepdim=True) * maps).sum(1))


def grad_cam_plus_plus():
    maps, slope = maps_and_gradient()
    below = 2 * slope**2 + maps.sum((2, 3), keepdim=True) * slope**3
    alpha = torch.where(below == 0, torch.zeros(()), slope**2 / torch.where(below == 0, torch.ones(()), below))
    return F.relu(((alpha * F.relu(slope)).sum((2, 3), keepdim=True) * maps).sum(1))


def numbers(tensor):
    return [float(f"{v:.7g}") for v in tensor.detach().contiguous().flatten().tolist()]


def last(tensor):
    return numbers(tensor.permute(0, 2, 3, 1))


def conv(layer):
    return {"kernel": numbers(layer.weight.permute(2, 3, 1, 0)), "bias": numbers(layer.bias)}


result = {
    "targets": TARGETS,
    "image": last(image),
    "weights": {
        "conv1": conv(net.conv1),
        "conv2": conv(net.conv2),
        "conv3": conv(net.conv3),
        "dense": {"kernel": numbers(net.dense.weight.T), "bias": numbers(net.dense.bias)},
    },
    "logits": numbers(net(image)),
    "gradient": last(gradient(image)),
    # The plain ReLU has sent back 0 already where it was not positive.
    "guidedBackprop": last(hooked(lambda sent, came: F.relu(sent))),
    "deconvnet": last(hooked(lambda sent, came: F.relu(came))),
    "integratedGradients": last(integrated()),
    "gradCam": numbers(grad_cam()),
    "gradCamPlusPlus": numbers(grad_cam_plus_plus()),
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result) + "\n")
