"""What torchvision's functional transforms and PyTorch's grid_sample make of images, with gradients.

    /usr/bin/python3 tools/oracles/augmentation.py > tools/oracles/augmentation.json
"""

import json

import torch
import torch.nn.functional as F
import torchvision
from torchvision.transforms import functional as T

torch.manual_seed(12)


def images(*shape):
    return torch.rand(*shape, dtype=torch.float64).float()


def plain(tensor):
    """Channels last."""
    tensor = tensor.detach()
    tensor = tensor.permute(0, 2, 3, 1) if tensor.dim() == 4 else tensor
    return {"shape": list(tensor.shape), "values": [round(v, 7) for v in tensor.flatten().tolist()]}


def exact(tensor):
    tensor = tensor.detach().permute(0, 2, 3, 1)
    return {"shape": list(tensor.shape), "values": tensor.flatten().tolist()}


def moved():
    x = images(1, 2, 6, 9)
    for options in (
        {"angle": 30.0},
        {"angle": -135.0, "scale": 0.7},
        {"translate": [2, -1]},
        {"angle": 10.0, "translate": [-1, 2], "scale": 1.4, "shear": [20.0, -15.0]},
        {"shear": [0.0, 35.0]},
    ):
        given = {"angle": 0.0, "translate": [0, 0], "scale": 1.0, "shear": [0.0, 0.0], **options}
        for fill in (0, 0.5):
            # torchvision takes an edge's share twice with a fill; the image less the fill, filled with 0, is what is meant.
            y = T.affine(x - fill, **given, interpolation=T.InterpolationMode.BILINEAR) + fill
            yield {"options": {**given, "fill": fill}, "x": exact(x), "y": plain(y)}


def turned():
    x = images(1, 1, 5, 8)
    for degrees in (0.0, 90.0, 33.0, -120.0):
        y = T.rotate(x, degrees, interpolation=T.InterpolationMode.BILINEAR)
        yield {"degrees": degrees, "x": exact(x), "y": plain(y)}


def sampled():
    """Any matrix, to another size, and the gradient of Σ w y."""
    for matrix, size in (
        ([0.8, 0.3, 0.5, -0.4, 1.3, -1.2], (5, 4)),
        ([-2.0, 0.1, 0.25, 0.2, 1.7, 0.5], (6, 7)),
        ([0.3, 0.0, 0.0, 0.0, 0.2, 0.0], (9, 8)),
        ([0.5, 0.5, 0.0, 0.5, 0.5, 0.0], (4, 4)),
    ):
        matrix = torch.tensor([matrix, [1, 0, 0.5, 0, 1, 0]]).float().double()
        x = images(2, 2, 4, 6).double().requires_grad_()
        h, w = size
        Y, X = torch.meshgrid(torch.arange(h) + 0.5 - h / 2, torch.arange(w) + 0.5 - w / 2, indexing="ij")
        m = matrix[:, :, None, None]
        column, row = m[:, 0] * X + m[:, 1] * Y + m[:, 2], m[:, 3] * X + m[:, 4] * Y + m[:, 5]
        grid = torch.stack([column / 3, row / 2], 3)  # in halves of the image's width and height
        y = F.grid_sample(x, grid, align_corners=False)
        dy = torch.randn(y.shape, dtype=torch.float64).float().double()
        (dx,) = torch.autograd.grad((y * dy).sum(), x)
        yield {
            "matrices": matrix.tolist(),
            "size": size,
            "x": exact(x),
            "y": plain(y),
            "dy": exact(dy),
            "dx": plain(dx),
        }


def colored():
    """Brightness, contrast, saturation, hue, one after the other."""
    for factors in (
        [1.0, 1.0, 1.0, 0.0],
        [1.4, 1.0, 1.0, 0.0],
        [1.0, 0.3, 1.0, 0.0],
        [1.0, 1.0, 1.9, 0.0],
        [1.0, 1.0, 0.0, 0.0],
        [1.0, 1.0, 1.0, 0.3],
        [0.7, 1.5, 0.6, -0.45],
        [1.2, 0.8, 1.3, 0.5],
    ):
        brightness, contrast, saturation, hue = torch.tensor(factors).float().tolist()
        x = images(1, 3, 3, 4)
        x[0, :, 0, 0], x[0, :, 0, 1], x[0, :, 0, 2] = 0.4, 0, 1  # greys
        x[0, :, 1, 0] = torch.tensor([1.0, 0.0, 0.0])
        x[0, :, 1, 1] = torch.tensor([0.25, 0.25, 0.75])
        y = T.adjust_contrast(T.adjust_brightness(x, brightness), contrast)
        y = T.adjust_hue(T.adjust_saturation(y, saturation), hue)
        yield {"factors": [factors], "x": exact(x), "y": plain(y)}
        grey = images(1, 1, 3, 4)
        y = T.adjust_contrast(T.adjust_brightness(grey, brightness), contrast)
        yield {"factors": [factors], "x": exact(grey), "y": plain(y)}


found = {"affine": [*moved()], "rotate": [*turned()], "sample": [*sampled()], "color": [*colored()]}
print(json.dumps({"torchvision": torchvision.__version__, **found}))
