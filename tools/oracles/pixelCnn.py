"""Values of PyTorch for @tenonjs/flows: a gated PixelCNN layer by layer, and the log-probability of discretised logistic
mixtures, after van den Oord et al., "Conditional image generation with PixelCNN decoders", 2016, and Salimans et al.,
"PixelCNN++", 2017. All in float64.

    python3 tools/oracles/pixelCnn.py > tools/oracles/pixelCnn.json
"""

import json

import torch
from torch.nn.functional import conv2d, pad

torch.manual_seed(7)
torch.set_default_dtype(torch.float64)


def rounded(shape, scale):
    """Random numbers of few digits, so that float32 and the file hold them nearly exactly."""
    return (torch.randn(shape) * scale).mul(1024).round().div(1024)


variables = {}


def layer(name, height, width, inputs, outputs):
    kernel = rounded((height, width, inputs, outputs), 0.5)
    bias = rounded((outputs,), 0.2)
    variables[f"{name}.kernel"], variables[f"{name}.bias"] = kernel, bias
    return kernel.permute(3, 2, 0, 1), bias  # as PyTorch wants it: [outputs, inputs, height, width]


def gate(x):
    a, b = x.chunk(2, dim=1)
    return torch.tanh(a) * torch.sigmoid(b)


def vertical(x, weights, strict):
    """Rows above, and the row itself unless strict: the image is moved down, and only the kernel's upper rows are used."""
    kernel, bias = weights
    k = kernel.shape[2]
    rows = k // 2 if strict else k // 2 + 1
    below = 1 if strict else 0
    y = conv2d(pad(x, (k // 2, k // 2, rows - 1 + below, 0)), kernel[:, :, :rows], bias)
    return y[:, :, : x.shape[2]]


def horizontal(x, weights, strict):
    kernel, bias = weights
    k = kernel.shape[3]
    columns = k // 2 if strict else k // 2 + 1
    right = 1 if strict else 0
    y = conv2d(pad(x, (columns - 1 + right, 0, 0, 0)), kernel[..., :columns], bias)
    return y[..., : x.shape[3]]


def gated_pixel_cnn(x, channels, filters, layers, first, side, outputs):
    v = h = x
    for i in range(layers + 1):
        k, inputs = (first, channels) if i == 0 else (side, filters)
        down = layer(f"layer{i}.vertical", k, k, inputs, 2 * filters)
        link = layer(f"layer{i}.link", 1, 1, 2 * filters, 2 * filters)
        along = layer(f"layer{i}.horizontal", 1, k, inputs, 2 * filters)
        mix = layer(f"layer{i}.mix", 1, 1, filters, filters)
        seen = vertical(v, down, i == 0)
        v = gate(seen)
        step = conv2d(gate(horizontal(h, along, i == 0) + conv2d(seen, *link)), *mix)
        h = step if i == 0 else h + step
    hidden = conv2d(torch.relu(h), *layer("hidden", 1, 1, filters, filters))
    return conv2d(torch.relu(hidden), *layer("out", 1, 1, filters, outputs))


def mixture(numbers, x, components, levels):
    """The difference of two logistic distribution functions, of the class of PyTorch."""
    n, channels = x.shape
    parts = numbers.reshape(n, components, -1)
    scaled = 2 * x / (levels - 1) - 1
    joint = torch.log_softmax(parts[..., 0], 1)
    follow = 1 + 2 * channels
    for c in range(channels):
        mean = parts[..., 1 + c]
        for j in range(c):
            mean = mean + torch.tanh(parts[..., follow]) * scaled[:, j, None]
            follow += 1
        scale = torch.exp(7 * torch.tanh(parts[..., 1 + channels + c] / 7))
        uniform = torch.distributions.Uniform(0, 1, validate_args=False)
        logistic = torch.distributions.TransformedDistribution(
            uniform,
            [torch.distributions.SigmoidTransform().inv, torch.distributions.AffineTransform(mean, scale)],
            validate_args=False,
        )
        edge = 1 / (levels - 1)
        upper = torch.where(x[:, c, None] == levels - 1, 1.0, logistic.cdf(scaled[:, c, None] + edge))
        lower = torch.where(x[:, c, None] == 0, 0.0, logistic.cdf(scaled[:, c, None] - edge))
        joint = joint + torch.log(upper - lower)
    return torch.logsumexp(joint, 1)


def listed(tensor):
    return [round(value, 9) for value in tensor.flatten().tolist()]


levels = 4
x = torch.randint(0, levels, (2, 5, 4, 1))
numbers = gated_pixel_cnn(x.permute(0, 3, 1, 2) / (levels - 1), 1, 3, 2, 5, 3, levels).permute(0, 2, 3, 1)
nats = torch.log_softmax(numbers, -1).gather(-1, x).sum((1, 2, 3))

mixtures = []
for components, channels, count in [(3, 1, 256), (2, 3, 256), (2, 2, 4)]:
    pixels = torch.randint(0, count, (8, channels))
    pixels[0], pixels[1] = 0, count - 1
    given = rounded((8, components * (1 + 2 * channels + channels * (channels - 1) // 2)), 1.0)
    given.requires_grad_(True)
    found = mixture(given, pixels.double(), components, count)
    found.sum().backward()
    mixtures.append(
        {
            "components": components,
            "channels": channels,
            "levels": count,
            "numbers": listed(given.detach()),
            "x": pixels.flatten().tolist(),
            "logProb": listed(found.detach()),
            "gradient": listed(given.grad),
        }
    )

gated = {
    "levels": levels,
    "x": x.flatten().tolist(),
    "variables": {name: {"shape": list(value.shape), "data": listed(value)} for name, value in variables.items()},
    "numbers": listed(numbers),
    "logProb": listed(nats),
}
print(json.dumps({"gated": gated, "mixtures": mixtures}, separators=(",", ":")))
