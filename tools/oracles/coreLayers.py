"""PyTorch's values and gradients of the ops of @tenonjs/core-layers, its initializers, and torchvision's blocks counted.

    /usr/bin/python3 tools/oracles/coreLayers.py > tools/oracles/coreLayers.json
"""

import importlib
import json

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(6)
torch.set_default_dtype(torch.float64)


def leaf(*shape):
    return torch.randn(*shape).float().double().requires_grad_()


def plain(tensor):
    values = [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]
    return {"shape": list(tensor.shape), "values": values}


def case(op, inputs, output, options=None):
    """The output, and the gradients of Σ (1 + i / 10) output[i]."""
    weights = 1 + torch.arange(output.numel(), dtype=torch.float64).reshape(output.shape) / 10
    gradients = torch.autograd.grad((output * weights).sum(), list(inputs.values()))
    return {
        "op": op,
        "options": options or {},
        "inputs": {name: plain(tensor) for name, tensor in inputs.items()},
        "output": plain(output),
        "gradients": {name: plain(gradient) for name, gradient in zip(inputs, gradients)},
    }


def first(x):
    return x.permute(0, 3, 1, 2)


def last(x):
    return x.permute(0, 2, 3, 1)


def norms():
    for options in ({"size": 3, "alpha": 0.5, "beta": 0.75, "k": 1.5}, {"size": 4, "alpha": 0.2, "beta": 0.5, "k": 1.0}):
        x = leaf(2, 2, 1, 6)
        yield case("localResponseNorm", {"x": x}, last(F.local_response_norm(first(x), **options)), options)
    x, gamma, beta = leaf(2, 2, 3, 3), leaf(3), leaf(3)
    y = last(F.instance_norm(first(x), weight=gamma, bias=beta))
    yield case("instanceNorm", {"x": x, "gamma": gamma, "beta": beta}, y)
    direction, length = leaf(4, 3), leaf(3)
    y = torch._weight_norm(direction.t(), length[:, None], 0).t()
    yield case("weightNorm", {"direction": direction, "length": length}, y)


def pools():
    windows = [(2, 2, 0, False), (3, 2, 1, False), (3, 2, 0, True), (3, 2, 1, True), (2, 3, 1, True), (3, 1, 1, False)]
    for size, strides, padding, ceil in windows:
        options = {"poolSize": size, "strides": strides, "padding": padding, "ceilMode": ceil}
        x = leaf(1, 6, 7, 2)
        y = F.max_pool2d(first(x), size, strides, padding, ceil_mode=ceil)
        yield case("maxPool2d", {"x": x}, last(y), options)
        for include in (True, False):
            y = F.avg_pool2d(first(x), size, strides, padding, ceil_mode=ceil, count_include_pad=include)
            yield case("averagePool2d", {"x": x}, last(y), {**options, "countIncludePad": include})


def transposed():
    for strides, padding, extra, dilation in [(1, 0, 0, 1), (2, 1, 1, 1), (3, 0, 2, 1), (2, 2, 1, 2), (1, 1, 0, 3)]:
        x, kernel, bias = leaf(2, 4, 2), leaf(3, 3, 2), leaf(3)
        weight = kernel.permute(2, 1, 0)
        y = F.conv_transpose1d(x.transpose(1, 2), weight, bias, strides, padding, extra, 1, dilation).transpose(1, 2)
        options = {"strides": strides, "padding": padding, "outputPadding": extra, "dilation": dilation}
        yield case("convTranspose1d", {"x": x, "kernel": kernel, "bias": bias}, y, options)


def initializers():
    """Standard deviation and largest number of draws for a convolution, and of PyTorch's own for its bias."""
    init = nn.init
    draws = {
        "heNormal": lambda w: init.kaiming_normal_(w, nonlinearity="relu"),
        "heUniform": lambda w: init.kaiming_uniform_(w, nonlinearity="relu"),
        "heNormal fanOut": lambda w: init.kaiming_normal_(w, mode="fan_out", nonlinearity="relu"),
        "glorotNormal": init.xavier_normal_,
        "glorotUniform": init.xavier_uniform_,
        "leCunNormal": lambda w: init.kaiming_normal_(w, nonlinearity="linear"),
        "leCunUniform": lambda w: init.kaiming_uniform_(w, nonlinearity="linear"),
        "torchUniform": lambda w: init.kaiming_uniform_(w, a=5**0.5),
    }
    for name, draw in draws.items():
        weight = draw(torch.empty(256, 24, 5, 3))
        yield {"name": name, "std": weight.std().item(), "largest": weight.abs().max().item()}
    conv = nn.Conv2d(24, 4096, (5, 3))
    yield {"name": "torchUniform of a bias", "std": conv.bias.std().item(), "largest": conv.bias.abs().max().item()}


def blocks():
    """Numbers that are learnt."""
    models = {name: importlib.import_module(f"torchvision.models.{name}") for name in ("googlenet", "inception", "resnet")}

    def shortcut(channels, filters, strides):
        return nn.Sequential(nn.Conv2d(channels, filters, 1, strides, bias=False), nn.BatchNorm2d(filters))

    inception, resnet = models["inception"], models["resnet"]
    made = {
        "inception": models["googlenet"].Inception(192, 64, 96, 128, 16, 32, 32),
        "inception A": inception.InceptionA(192, 32),
        "inception B": inception.InceptionB(288),
        "inception C": inception.InceptionC(768, 128),
        "inception D": inception.InceptionD(768),
        "inception E": inception.InceptionE(1280),
        "residual": resnet.BasicBlock(64, 64),
        "residual, smaller": resnet.BasicBlock(64, 128, 2, shortcut(64, 128, 2)),
        "bottleneck": resnet.Bottleneck(64, 64, 1, shortcut(64, 256, 1)),
    }
    return {name: sum(p.numel() for p in block.parameters()) for name, block in made.items()}


def spectral():
    kernel = leaf(3, 4, 5)
    values = torch.linalg.svdvals(kernel.reshape(12, 5))
    return {"kernel": plain(kernel), "largest": values[0].item()}


result = {
    "torch": torch.__version__,
    "cases": [*norms(), *pools(), *transposed()],
    "initializers": list(initializers()),
    "blocks": blocks(),
    "spectral": spectral(),
}
print(json.dumps(result))
