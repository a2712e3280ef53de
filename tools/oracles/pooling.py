"""PyTorch's max pooling with indices and unpooling, with gradients.

    /usr/bin/python3 tools/oracles/pooling.py > tools/oracles/pooling.json
"""

import json

import torch
import torch.nn.functional as F

torch.manual_seed(6)
torch.set_default_dtype(torch.float64)


def last(tensor):
    """Channels last, as lists."""
    tensor = tensor.detach().permute(0, 2, 3, 1)
    return {"shape": list(tensor.shape), "values": tensor.flatten().tolist()}


def case(shape, pool, stride, padding, levels=None):
    """With `levels` the numbers are few, so that many are level."""
    x = torch.randn(*shape) if levels is None else torch.randint(levels, shape).double()
    x = x.float().double().requires_grad_()
    value, indices = F.max_pool2d(x, pool, stride, padding, return_indices=True)
    dy = torch.randn(value.shape).float().double()
    (dx,) = torch.autograd.grad((value * dy).sum(), x)
    found = {
        "options": {"poolSize": pool, "strides": stride, "padding": padding},
        "x": last(x),
        "value": last(value),
        "indices": last(indices),
        "dy": last(dy),
        "dx": last(dx),
    }
    loose = value.detach().requires_grad_()
    found["unpooled"] = last(F.max_unpool2d(loose, indices, pool, stride, padding, output_size=list(shape)))
    # PyTorch's gradient is right where no two numbers have one place.
    if stride >= pool:
        y = F.max_unpool2d(loose, indices, pool, stride, padding, output_size=list(shape))
        weights = torch.randn(y.shape).float().double()
        (gradient,) = torch.autograd.grad((y * weights).sum(), loose)
        found["unpooling"] = {"dy": last(weights), "dx": last(gradient)}
    return found


torch.set_num_threads(1)
cases = [
    case((2, 3, 6, 4), 2, 2, 0),
    case((1, 2, 7, 7), 3, 2, 1),
    case((2, 1, 5, 8), 3, 1, 0, levels=3),
    case((1, 2, 6, 6), 2, 2, 0, levels=2),
    case((1, 2, 7, 5), 2, 3, 1, levels=2),
]
print(json.dumps({"torch": torch.__version__, "cases": cases}))
