"""PyTorch's values and gradients of the losses of @tenonjs/core-layers; of what PyTorch lacks, the paper's formula.

    /usr/bin/python3 tools/oracles/losses.py > tools/oracles/losses.json
"""

import json

import torch
import torch.nn.functional as F
from torchvision.ops import sigmoid_focal_loss

torch.manual_seed(8)
torch.set_default_dtype(torch.float64)


def leaf(*shape, scale=2.0):
    return (torch.randn(*shape) * scale).float().double().requires_grad_()


def exact(values):
    """As float32 holds them."""
    return torch.as_tensor(values).float().double()


def plain(tensor):
    kind = "float32" if tensor.is_floating_point() else "int32"
    return {"shape": list(tensor.shape), "dtype": kind, "values": [float(f"{v:.9g}") for v in tensor.detach().flatten().tolist()]}


def case(loss, inputs, output, options=None):
    """The output, and the gradients of Σ (1 + i / 10) output[i]."""
    weights = 1 + torch.arange(output.numel(), dtype=torch.float64).reshape(output.shape) / 10
    leaves = {name: tensor for name, tensor in inputs.items() if tensor.requires_grad}
    gradients = torch.autograd.grad((output * weights).sum(), list(leaves.values()), retain_graph=True)
    return {
        "loss": loss,
        "options": options or {},
        "inputs": {name: plain(tensor) for name, tensor in inputs.items()},
        "output": plain(output),
        "gradients": {name: plain(gradient) for name, gradient in zip(leaves, gradients)},
    }


def ways(loss, inputs, each, options=None, counts=None):
    """One loss in all its reductions, and with weights; `each` are its losses one by one, `counts` which there are."""
    options = options or {}
    counts = torch.ones_like(each) if counts is None else counts.double()
    there = each * counts
    yield case(loss, inputs, there, {**options, "reduction": "none"})
    yield case(loss, inputs, there.sum(), {**options, "reduction": "sum"})
    yield case(loss, inputs, there.sum() / counts.sum(), options)
    weight = exact(torch.rand(each.shape[0]) + 0.5)
    spread = weight.reshape([-1] + [1] * (each.dim() - 1)) * counts
    weighed = {**inputs, "sampleWeight": weight}
    yield case(loss, weighed, (each * spread).sum() / counts.sum(), options)
    yield case(loss, weighed, (each * spread).sum() / spread.sum(), {**options, "reduction": "weightedMean"})


def regression():
    t, p = exact(torch.randn(4, 3)), leaf(4, 3)
    p.data[0, 0] = t[0, 0]  # no error at all
    both = {"yTrue": t, "yPred": p}
    yield from ways("meanSquaredError", both, F.mse_loss(p, t, reduction="none"))
    yield from ways("meanAbsoluteError", both, F.l1_loss(p, t, reduction="none"))
    for delta in (1.0, 0.5):
        yield from ways("huber", both, F.huber_loss(p, t, reduction="none", delta=delta), {"delta": delta})
    t = exact(t)
    t[1, 1] = 0
    mape = 100 * (p - t).abs() / t.abs().clamp(min=float(torch.tensor(1e-7).float()))
    yield case("meanAbsolutePercentageError", {"yTrue": t, "yPred": p}, mape, {"reduction": "none"})
    t, p = exact(torch.rand(4, 3) * 5), exact(torch.rand(4, 3) * 5).requires_grad_()
    yield from ways("meanSquaredLogarithmicError", {"yTrue": t, "yPred": p}, (torch.log1p(t) - torch.log1p(p)) ** 2)


def binary():
    t = exact([[0, 1, 1], [1, 0, 0.25], [1, 1, 0], [0, 0.5, 1]])
    x = leaf(4, 3)
    x.data[0, 0], x.data[0, 1], x.data[1, 0], x.data[1, 1] = 1e4, 1e4, -1e4, -1e4
    entropy = F.binary_cross_entropy_with_logits(x, t, reduction="none")
    yield from ways("binaryCrossentropy", {"yTrue": t, "yPred": x}, entropy, {"fromLogits": True})
    smooth = F.binary_cross_entropy_with_logits(x, 0.8 * t + 0.1, reduction="none")
    options = {"fromLogits": True, "labelSmoothing": 0.2}
    yield from ways("binaryCrossentropy", {"yTrue": t, "yPred": x}, smooth, options)
    p = exact(torch.rand(4, 3)).requires_grad_()
    p.data[0, 0], p.data[0, 1], p.data[1, 0], p.data[1, 1] = 0, 1, 0, 1  # right, right, wrong, wrong
    both = {"yTrue": t, "yPred": p}
    yield from ways("binaryCrossentropy", both, F.binary_cross_entropy(p, t, reduction="none"))
    smooth = F.binary_cross_entropy(p, 0.8 * t + 0.1, reduction="none")
    yield case("binaryCrossentropy", both, smooth, {"reduction": "none", "labelSmoothing": 0.2})
    ignored = torch.where(t == 0.5, -torch.ones(()), t)
    ignored[2, 0] = -1
    for inputs, fromLogits in ((x, True), (p, False)):
        function = F.binary_cross_entropy_with_logits if fromLogits else F.binary_cross_entropy
        each = function(inputs, ignored.clamp(min=0), reduction="none")
        options = {"fromLogits": fromLogits, "ignoredIndex": -1}
        yield from ways("binaryCrossentropy", {"yTrue": ignored, "yPred": inputs}, each, options, ignored >= 0)


def categorical():
    t, x = torch.tensor([0, 3, 1, 2, 1]), leaf(5, 4)
    x.data[0], x.data[1] = exact([1e4, 0, 0, -1e4]), exact([1e4, 0, 0, -1e4])  # right, wrong
    logits = {"yTrue": t, "yPred": x}
    entropy = F.cross_entropy(x, t, reduction="none")
    yield from ways("categoricalCrossentropy", logits, entropy, {"fromLogits": True})
    smooth = F.cross_entropy(x, t, reduction="none", label_smoothing=0.1)
    options = {"fromLogits": True, "labelSmoothing": 0.1, "ignoredIndex": 1}
    yield from ways("categoricalCrossentropy", logits, smooth, options, t != 1)
    p = torch.softmax(torch.randn(5, 4), 1)
    p[2] = torch.tensor([0.5, 0, 0.25, 0.25])  # what is right is thought impossible
    p = exact(p).requires_grad_()
    both = {"yTrue": t, "yPred": p}
    # PyTorch's clamp of the logarithm and of the slope, which it has for two classes.
    one = F.one_hot(t, 4).double()
    yield from ways("categoricalCrossentropy", both, clamped(one, p))
    options = {"labelSmoothing": 0.1, "ignoredIndex": 3}
    yield from ways("categoricalCrossentropy", both, clamped(0.9 * one + 0.025, p), options, t != 3)
    dense = exact(torch.softmax(torch.randn(5, 4), 1))
    each = F.cross_entropy(x, dense, reduction="none")
    yield case("categoricalCrossentropy", {"yTrue": dense, "yPred": x}, each.mean(), {"fromLogits": True})
    yield case("categoricalCrossentropy", {"yTrue": dense, "yPred": p}, clamped(dense, p).mean(), {})


def clamped(t, p):
    class Log(torch.autograd.Function):
        @staticmethod
        def forward(context, p):
            context.save_for_backward(p)
            return p.log().clamp(min=-100)

        @staticmethod
        def backward(context, dy):
            return dy / context.saved_tensors[0].clamp(min=1e-12)

    return -(t * Log.apply(p)).sum(1)


def focal():
    t = exact([[0, 1, 1], [1, 0, 1], [1, 1, 0], [0, 0, 1]])
    x = leaf(4, 3)
    x.data[0, 0], x.data[0, 1], x.data[1, 0], x.data[1, 1] = 1e4, 1e4, -1e4, -1e4
    for alpha, gamma in ((0.25, 2), (0.6, 0.5), (-1, 1.5)):
        logits = x if gamma > 1 else leaf(4, 3)  # for want of a slope of PyTorch's at 0 to such a power
        each = sigmoid_focal_loss(logits, t, alpha, gamma)
        options = {"alpha": None if alpha < 0 else alpha, "gamma": gamma, "fromLogits": True}
        yield from ways("binaryFocalCrossentropy", {"yTrue": t, "yPred": logits}, each, options)
    p = exact(0.05 + 0.9 * torch.rand(4, 3)).requires_grad_()
    right = t * p + (1 - t) * (1 - p)
    each = (0.25 * t + 0.75 * (1 - t)) * (1 - right) ** 2 * -right.log()
    yield case("binaryFocalCrossentropy", {"yTrue": t, "yPred": p}, each.mean(), {})

    t, x = torch.tensor([0, 3, 1, 2, 1]), leaf(5, 4)
    one, log = F.one_hot(t, 4).double(), torch.log_softmax(x, 1)
    each = (0.25 * (1 - log.exp()) ** 2 * -log * one).sum(1)
    yield from ways("categoricalFocalCrossentropy", {"yTrue": t, "yPred": x}, each, {"fromLogits": True})
    alpha = exact([0.1, 0.2, 0.3, 0.4])
    each = (alpha * (1 - log.exp()) ** 1.5 * -log * (0.9 * one + 0.025)).sum(1)
    options = {"fromLogits": True, "gamma": 1.5, "alpha": alpha.tolist(), "labelSmoothing": 0.1, "ignoredIndex": 1}
    yield from ways("categoricalFocalCrossentropy", {"yTrue": t, "yPred": x}, each, options, t != 1)
    p = exact(torch.softmax(torch.randn(5, 4), 1)).requires_grad_()
    each = (0.25 * (1 - p) ** 2 * -p.log() * one).sum(1)
    yield case("categoricalFocalCrossentropy", {"yTrue": one, "yPred": p}, each.mean(), {})


def contrastive():
    t, d = exact([0, 1, 0, 1, 0]), exact([0.3, 0.4, 1.7, 2.5, 0]).requires_grad_()
    each = 0.5 * t * d**2 + 0.5 * (1 - t) * (1.5 - d).clamp(min=0) ** 2
    yield from ways("contrastiveLoss", {"yTrue": t, "yPred": d}, each, {"margin": 1.5})
    a, b = leaf(3, 4), leaf(3, 4)
    yield case("euclideanDistance", {"a": a, "b": b}, F.pairwise_distance(a, b))


def triplets():
    a, p, n = leaf(4, 3, scale=0.7), leaf(4, 3, scale=0.7), leaf(4, 3, scale=0.7)
    p.data[0] = a.data[0]  # at no distance
    inputs = {"anchor": a, "positive": p, "negative": n}
    each = F.triplet_margin_loss(a, p, n, reduction="none")
    yield from ways("tripletMarginLoss", inputs, each)
    each = F.triplet_margin_loss(a, p, n, margin=0.5, swap=True, reduction="none")
    yield case("tripletMarginLoss", inputs, each.mean(), {"margin": 0.5, "swap": True})

    t, x = torch.tensor([0, 1, 0, 2, 1, 0, 3]), leaf(7, 3, scale=0.5)
    same = t[:, None] == t[None]
    alike, others = same & ~torch.eye(7, dtype=bool), ~same
    squared = ((x[:, None] - x[None]) ** 2).sum(2)
    for distance in ("euclidean", "squaredEuclidean"):
        d = squared if distance == "squaredEuclidean" else (squared + torch.eye(7)).sqrt() - torch.eye(7)
        far, near = (d * alike).amax(1), d.masked_fill(same, 1e9).amin(1)
        each, counts = (far - near + 0.6).clamp(min=0), alike.any(1)
        options = {"margin": 0.6, "distance": distance}
        yield from ways("tripletLoss", {"yTrue": t, "yPred": x}, each, options, counts)
        every = (d[:, :, None] - d[:, None, :] + 0.6).clamp(min=0)
        every = every[(alike[:, :, None] & others[:, None, :])]
        mean = every.sum() / (every > 0).sum()
        yield case("tripletLoss", {"yTrue": t, "yPred": x}, mean, {**options, "mining": "batchAll"})


cases = [*regression(), *binary(), *categorical(), *focal(), *contrastive(), *triplets()]
for one in cases:
    for tensor in [one["output"], *one["gradients"].values()]:
        assert all(value == value for value in tensor["values"]), (one["loss"], one["options"])
print(json.dumps({"torch": torch.__version__, "cases": cases}))
