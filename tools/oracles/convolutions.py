"""PyTorch's convolutions with all that follows them, and their gradients: what @tenonjs/runtime/ops' conv2d is to be.

    /usr/bin/python3 tools/oracles/convolutions.py > tools/oracles/convolutions.json
"""

import json

import torch
import torch.nn.functional as F

torch.manual_seed(6)
torch.set_default_dtype(torch.float64)

ACTIVATIONS = {"linear": lambda z: z, "relu": F.relu, "silu": F.silu}


def leaf(*shape, scale=1.0):
    return (torch.randn(*shape) * scale).float().double().requires_grad_()


def plain(tensor):
    return {"shape": list(tensor.shape), "values": [float(f"{value:.9g}") for value in tensor.detach().flatten().tolist()]}


def last(images):
    """[B, C, H, W] → [B, H, W, C]."""
    return images.permute(0, 2, 3, 1)


def case(shape, kernel, groups=1, stride=1, padding=0, dilation=1, activation="linear", bias=False, norm=None, residual=False):
    """x of `shape` [B, H, W, C] and a kernel [kh, kw, F]; the gradients are those of Σ (1 + i / 10) output[i]."""
    batch, height, width, channels = shape
    high, wide, filters = kernel
    inputs = {"x": leaf(*shape), "kernel": leaf(high, wide, channels // groups, filters, scale=0.5)}
    if bias:
        inputs["bias"] = leaf(filters)
    x, weight = inputs["x"].permute(0, 3, 1, 2), inputs["kernel"].permute(3, 2, 0, 1)
    y = F.conv2d(x, weight, inputs.get("bias"), stride, padding, dilation, groups)
    after = {}
    if norm:
        inputs |= {"gamma": leaf(filters), "beta": leaf(filters)}
        inputs |= {"runningMean": torch.randn(filters).float().double(), "runningVariance": torch.rand(filters).float().double() + 0.5}
        after = {name: inputs[name].clone() for name in ("runningMean", "runningVariance")}
        y = F.batch_norm(y, *after.values(), inputs["gamma"], inputs["beta"], norm == "training", 0.1)
    if residual:
        inputs["residual"] = leaf(*last(y).shape)
        y = y + inputs["residual"].permute(0, 3, 1, 2)
    output = last(ACTIVATIONS[activation](y))
    weights = 1 + torch.arange(output.numel(), dtype=torch.float64).reshape(output.shape) / 10
    leaves = {name: tensor for name, tensor in inputs.items() if tensor.requires_grad}
    gradients = torch.autograd.grad((output * weights).sum(), list(leaves.values()))
    options = {"strides": stride, "padding": padding, "dilations": dilation, "groups": groups, "activation": activation}
    return {
        "op": "conv2d",
        "options": {**options, "training": norm == "training"},
        "inputs": {name: plain(tensor) for name, tensor in inputs.items()},
        "output": plain(output),
        "gradients": {name: plain(gradient) for name, gradient in zip(leaves, gradients)},
        "after": {name: plain(tensor) for name, tensor in after.items()},
    }


cases = [
    case((2, 5, 4, 3), (3, 3, 4), padding=1, bias=True, activation="relu"),
    case((1, 9, 9, 2), (7, 7, 3), stride=2, padding=3),
    case((1, 7, 6, 4), (3, 2, 6), groups=2, stride=(2, 1), padding=(1, 2), dilation=(1, 2), activation="silu"),
    case((1, 5, 5, 3), (3, 3, 6), groups=3, padding=2, dilation=2),
    case((2, 4, 4, 3), (1, 1, 5), stride=2, norm="inference", activation="relu"),
    case((2, 3, 4, 4), (3, 3, 4), padding=1, bias=True, norm="inference", residual=True, activation="silu"),
    case((2, 4, 3, 3), (3, 3, 4), padding=1, norm="training", residual=True, activation="relu"),
    case((2, 6, 6, 3), (3, 3, 4), stride=2, padding=1, norm="training"),
]
for one in cases:  # PyTorch's pairs are of [height, width]; a padding of each side is written out
    padding = one["options"]["padding"]
    if isinstance(padding, tuple):
        one["options"]["padding"] = [[n, n] for n in padding]
print(json.dumps({"torch": torch.__version__, "cases": cases}))
