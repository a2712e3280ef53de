"""PyTorch's values and gradients of the losses, norms and activations that @tenonjs/runtime/ops fuses.

    /usr/bin/python3 tools/oracles/fusedOps.py > tools/oracles/fusedOps.json
"""

import json

import torch
import torch.nn.functional as F

torch.manual_seed(4)
torch.set_default_dtype(torch.float64)


def leaf(*shape, scale=2.0):
    return (torch.randn(*shape) * scale).float().double().requires_grad_()


def plain(tensor):
    return {"shape": list(tensor.shape), "values": tensor.detach().flatten().tolist()}


def case(op, inputs, output, options=None, after=None):
    """The output, and the gradients of Σ (1 + i / 10) output[i]."""
    weights = 1 + torch.arange(output.numel(), dtype=torch.float64).reshape(output.shape) / 10
    leaves = {name: tensor for name, tensor in inputs.items() if tensor.requires_grad}
    gradients = torch.autograd.grad((output * weights).sum(), list(leaves.values()))
    return {
        "op": op,
        "options": options or {},
        "inputs": {name: plain(tensor) for name, tensor in inputs.items()},
        "output": plain(output),
        "gradients": {name: plain(gradient) for name, gradient in zip(leaves, gradients)},
        "after": {name: plain(tensor) for name, tensor in (after or {}).items()},
    }


def activations():
    functions = {
        "relu": F.relu,
        "leakyRelu": F.leaky_relu,
        "elu": F.elu,
        "selu": F.selu,
        "gelu": F.gelu,
        "geluTanh": lambda x: F.gelu(x, approximate="tanh"),
        "silu": F.silu,
        "mish": F.mish,
        "tanh": torch.tanh,
        "sigmoid": torch.sigmoid,
        "softplus": F.softplus,
    }
    for name, function in functions.items():
        x, bias = leaf(4, 3), leaf(3)
        yield case("biasActivation", {"x": x, "bias": bias}, function(x + bias), {"activation": name})


def norms():
    x, gamma, beta = leaf(3, 5), leaf(5), leaf(5)
    both = {"x": x, "gamma": gamma, "beta": beta}
    yield case("layerNorm", both, F.layer_norm(x, [5], gamma, beta))
    x, gamma, beta = leaf(2, 2, 3, 4), leaf(4), leaf(4)
    both = {"x": x, "gamma": gamma, "beta": beta}
    first = x.permute(0, 3, 1, 2)
    yield case("groupNorm", both, F.group_norm(first, 2, gamma, beta).permute(0, 2, 3, 1), {"groups": 2})
    mean, variance = torch.randn(4).float().double(), torch.rand(4).float().double() + 0.5
    after = {"runningMean": mean.clone(), "runningVariance": variance.clone()}
    y = F.batch_norm(first, after["runningMean"], after["runningVariance"], gamma, beta, True, 0.1)
    inputs = {**both, "runningMean": mean, "runningVariance": variance}
    yield case("batchNorm", inputs, y.permute(0, 2, 3, 1), {}, after)
    y = F.batch_norm(first, mean, variance, gamma, beta, False)
    yield case("batchNorm", inputs, y.permute(0, 2, 3, 1), {"training": False})


def losses():
    logits, labels = leaf(6, 4), torch.tensor([0, 3, 1, 2, 1, 0])
    for reduction in ("mean", "sum", "none"):
        for smoothing in (0.0, 0.1):
            options = {"reduction": reduction, "labelSmoothing": smoothing}
            loss = F.cross_entropy(logits, labels, reduction=reduction, label_smoothing=smoothing)
            yield case("softmaxCrossEntropy", {"logits": logits, "labels": labels}, loss, options)
    loss = F.cross_entropy(logits, labels, ignore_index=1, label_smoothing=0.1)
    options = {"ignoredIndex": 1, "labelSmoothing": 0.1}
    yield case("softmaxCrossEntropy", {"logits": logits, "labels": labels}, loss, options)
    dense = torch.softmax(torch.randn(6, 4), 1).float().double().requires_grad_()
    loss = F.cross_entropy(logits, dense, label_smoothing=0.1)
    yield case("softmaxCrossEntropy", {"logits": logits, "labels": dense}, loss, {"labelSmoothing": 0.1})
    targets = torch.rand(6, 4).float().double()
    for reduction in ("mean", "sum", "none"):
        loss = F.binary_cross_entropy_with_logits(logits, targets, reduction=reduction)
        yield case("sigmoidCrossEntropy", {"logits": logits, "labels": targets}, loss, {"reduction": reduction})
    yield case("logSoftmax", {"x": logits}, torch.log_softmax(logits, 1))


cases = [*activations(), *norms(), *losses()]
print(json.dumps({"torch": torch.__version__, "cases": cases}))
