"""Logits of every architecture by torchvision, or by PyTorch where torchvision lacks it, and how many parameters there are.

    /usr/bin/python3 tools/oracles/architectures.py > tools/oracles/architectures.json

Weights and inputs are those of `fill`, a formula that the tests compute too, so that none are stored.
"""

import functools
import json
import math
import sys
from collections import OrderedDict
from unittest import mock

import numpy as np
import torch
import torchvision.models as models
from torch import nn
from torch.nn import functional as F
from torchvision.models import inception, resnet, vgg
from torchvision.models.googlenet import BasicConv2d, Inception

torch.manual_seed(0)


def uniform(name, size):
    """Numbers in [-1, 1), multiples of 2^-23: a hash of the name and of each position, exact in float32."""
    salt = 0x811C9DC5
    for letter in name.encode():
        salt = ((salt ^ letter) * 0x01000193) & 0xFFFFFFFF
    h = np.arange(size, dtype=np.uint32) * np.uint32(0x9E3779B1) + np.uint32(salt)
    h = (h ^ (h >> np.uint32(16))) * np.uint32(0x85EBCA6B)
    h = (h ^ (h >> np.uint32(13))) * np.uint32(0xC2B2AE35)
    h = h ^ (h >> np.uint32(16))
    return (h >> np.uint32(8)).astype(np.float64) / 2**23 - 1


def fill(name, shape):
    size = math.prod(shape)
    u = uniform(name, size)
    if name.endswith("num_batches_tracked"):
        return torch.tensor(7)
    if name.endswith("running_var"):
        u = 1 + 0.5 * u
    elif name.endswith("weight") and len(shape) > 1:
        u = math.sqrt(6 * shape[0] / size) * u
    elif name.endswith("weight"):
        # Branches are quieter than what they are added to, so that fifty of them do not drown the biases.
        u = (0.5 if name.endswith((".bn2.weight", ".bn3.weight")) else 1) * (1 + 0.2 * u)
    elif name != "input":
        u = 0.1 * u
    return torch.from_numpy(u.astype(np.float32)).reshape(shape)


class Local(nn.LocalResponseNorm):
    """AlexNet's: k = 2, n = 5, alpha = 1e-4 for each of the n (PyTorch divides by n), beta = 0.75."""

    def __init__(self):
        super().__init__(5, alpha=5e-4, beta=0.75, k=2)


def alexnet_paper(classes):
    relu = nn.ReLU()
    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(3, 96, 11, 4),
            relu1=relu,
            norm1=Local(),
            pool1=nn.MaxPool2d(3, 2),
            conv2=nn.Conv2d(96, 256, 5, padding=2, groups=2),
            relu2=relu,
            norm2=Local(),
            pool2=nn.MaxPool2d(3, 2),
            conv3=nn.Conv2d(256, 384, 3, padding=1),
            relu3=relu,
            conv4=nn.Conv2d(384, 384, 3, padding=1, groups=2),
            relu4=relu,
            conv5=nn.Conv2d(384, 256, 3, padding=1, groups=2),
            relu5=relu,
            pool5=nn.MaxPool2d(3, 2),
            **large_head(9216, classes),
        )
    )


def large_head(inputs, classes):
    return OrderedDict(
        flatten=nn.Flatten(),
        fc6=nn.Linear(inputs, 4096),
        relu6=nn.ReLU(),
        fc7=nn.Linear(4096, 4096),
        relu7=nn.ReLU(),
        fc8=nn.Linear(4096, classes),
    )


def zfnet(classes):
    relu = nn.ReLU()
    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(3, 96, 7, 2, 1),
            relu1=relu,
            pool1=nn.MaxPool2d(3, 2, ceil_mode=True),
            norm1=Local(),
            conv2=nn.Conv2d(96, 256, 5, 2),
            relu2=relu,
            pool2=nn.MaxPool2d(3, 2, ceil_mode=True),
            norm2=Local(),
            conv3=nn.Conv2d(256, 384, 3, padding=1),
            relu3=relu,
            conv4=nn.Conv2d(384, 384, 3, padding=1),
            relu4=relu,
            conv5=nn.Conv2d(384, 256, 3, padding=1),
            relu5=relu,
            pool5=nn.MaxPool2d(3, 2),
            **large_head(9216, classes),
        )
    )


class PaperConv(nn.Module):
    """A convolution with a bias instead of batch normalisation."""

    def __init__(self, in_channels, out_channels, **kwargs):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, **kwargs)

    def forward(self, x):
        return torch.relu(self.conv(x))


class PaperInception(Inception):
    def __init__(self, in_channels, ch1x1, ch3x3red, ch3x3, ch5x5red, ch5x5, pool_proj):
        super().__init__(in_channels, ch1x1, ch3x3red, ch3x3, ch5x5red, ch5x5, pool_proj, conv_block=PaperConv)
        self.branch3[1] = PaperConv(ch5x5red, ch5x5, kernel_size=5, padding=2)


class PaperAux(nn.Module):
    """Its pool has windows of 5 × 5, three apart; torchvision's adapts to any size."""

    def __init__(self, in_channels, classes, dropout):
        super().__init__()
        self.pool = nn.AvgPool2d(5, 3)
        self.conv = PaperConv(in_channels, 128, kernel_size=1)
        self.fc1 = nn.Linear(2048, 1024)
        self.fc2 = nn.Linear(1024, classes)

    def forward(self, x):
        return self.fc2(torch.relu(self.fc1(self.conv(self.pool(x)).flatten(1))))


def googlenet_paper(classes, auxiliary):
    model = models.GoogLeNet(classes, auxiliary, init_weights=False, blocks=[PaperConv, PaperInception, PaperAux])
    model.maxpool1 = nn.Sequential(model.maxpool1, Local())
    model.maxpool2 = nn.Sequential(Local(), model.maxpool2)
    return model


def resnet50_paper(classes):
    """As Keras has it, from the authors' Caffe models: biases, and the stride in a block's first convolution."""
    model = models.resnet50(num_classes=classes)
    for module in model.modules():
        if isinstance(module, resnet.Bottleneck):
            module.conv1.stride, module.conv2.stride = module.conv2.stride, (1, 1)
    with_biases(model)
    for module in model.modules():
        if isinstance(module, nn.BatchNorm2d):
            module.eps = 1.001e-5
    return model


def with_biases(model):
    for module in model.modules():
        if isinstance(module, nn.Conv2d):
            module.bias = nn.Parameter(torch.zeros(module.out_channels))


class UnscaledNorm(nn.BatchNorm2d):
    """Keras's `scale=False`: no gamma."""

    def __init__(self, channels, **kwargs):
        super().__init__(channels, **kwargs)
        del self.weight
        self.register_parameter("weight", None)


class PaperInception3(models.Inception3):
    """As Keras has it: no gammas, and a mean counts what lies in the image only."""

    def __init__(self, classes, auxiliary):
        super().__init__(classes, auxiliary, init_weights=False)
        for module in self.modules():
            if isinstance(module, inception.BasicConv2d):
                module.bn = UnscaledNorm(module.bn.num_features, eps=0.001)

    def forward(self, x):
        pool = functools.partial(F.avg_pool2d, count_include_pad=False)
        with mock.patch.object(inception.F, "avg_pool2d", pool):
            return super().forward(x)


class Siamese(nn.Module):
    def __init__(self, classes):
        super().__init__()
        self.embedding = nn.Sequential(
            OrderedDict(
                conv1=nn.Conv2d(1, 64, 10),
                relu1=nn.ReLU(),
                pool1=nn.MaxPool2d(2),
                conv2=nn.Conv2d(64, 128, 7),
                relu2=nn.ReLU(),
                pool2=nn.MaxPool2d(2),
                conv3=nn.Conv2d(128, 128, 4),
                relu3=nn.ReLU(),
                pool3=nn.MaxPool2d(2),
                conv4=nn.Conv2d(128, 256, 4),
                relu4=nn.ReLU(),
                flatten=nn.Flatten(),
                dense=nn.Linear(9216, 4096),
                sigmoid=nn.Sigmoid(),
            )
        )
        self.fc = nn.Linear(4096, classes)

    def forward(self, pair):
        first, second = pair.chunk(2)
        return self.fc(torch.abs(self.embedding(first) - self.embedding(second)))


class SmallResNet(nn.Module):
    def __init__(self, channels, classes, width=16, blocks=1):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.stages = []
        before = width
        for i in range(3):
            after, stride = width * 2**i, 1 if i == 0 else 2
            projection = None
            if before != after:
                projection = nn.Sequential(nn.Conv2d(before, after, 1, stride, bias=False), nn.BatchNorm2d(after))
            layers = [resnet.BasicBlock(before, after, stride, projection)]
            layers += [resnet.BasicBlock(after, after) for _ in range(blocks - 1)]
            self.add_module(f"layer{i + 1}", nn.Sequential(*layers))
            self.stages.append(f"layer{i + 1}")
            before = after
        self.fc = nn.Linear(before, classes)

    def forward(self, x):
        x = torch.relu(self.bn1(self.conv1(x)))
        for stage in self.stages:
            x = getattr(self, stage)(x)
        return self.fc(x.mean((2, 3)))


def small_vgg(channels, classes, side):
    features = vgg.make_layers([32, 32, "M", 64, 64, "M", 128, 128, "M"], batch_norm=True)
    first = nn.Conv2d(channels, 32, 3, padding=1)
    features[0] = first
    left = side // 8
    head = nn.Sequential(nn.Linear(128 * left * left, 256), nn.ReLU(), nn.Dropout(), nn.Linear(256, classes))
    return nn.Sequential(OrderedDict(features=features, flatten=nn.Flatten(), classifier=head))


def small_inception(channels, classes):
    block = Inception
    return nn.Sequential(
        OrderedDict(
            conv1=BasicConv2d(channels, 32, kernel_size=3, padding=1),
            maxpool1=nn.MaxPool2d(2),
            inception2a=block(32, 16, 16, 32, 8, 8, 8),
            inception2b=block(64, 32, 32, 48, 8, 16, 16),
            maxpool2=nn.MaxPool2d(3, 2, ceil_mode=True),
            inception3a=block(112, 48, 32, 64, 8, 24, 24),
            avgpool=nn.AdaptiveAvgPool2d(1),
            flatten=nn.Flatten(),
            dropout=nn.Dropout(),
            fc=nn.Linear(160, classes),
        )
    )


def outputs_of(model, x):
    """The logits, and those of the auxiliary heads, which torchvision shows in training only."""
    heads = {"inception4a": "aux1", "inception4d": "aux2", "Mixed_6e": "AuxLogits"}
    found, hooks = {}, []
    for at, head in heads.items():
        if getattr(model, head, None) is not None:
            keep = lambda module, inputs, output, head=head: found.__setitem__(head, getattr(model, head)(output))
            hooks.append(getattr(model, at).register_forward_hook(keep))
    logits = model(x)
    for hook in hooks:
        hook.remove()
    return [logits, *(found[head] for head in sorted(found))]


def measure(model):
    """Parameters as PyTorch counts them, and with running means and variances as Keras does."""
    trainable = sum(p.numel() for p in model.parameters())
    running = sum(b.numel() for name, b in model.named_buffers() if "running" in name)
    return {"trainable": trainable, "total": trainable + running}


def case(name, options, make, side, channels=3, batch=1, classes=10):
    model = make(classes).eval()
    choice = {} if name == "siamese" else {"classes": classes}
    state = {key: fill(key, value.shape) for key, value in model.state_dict().items()}
    model.load_state_dict(state)
    x = fill("input", (batch, channels, side, side))
    outputs = outputs_of(model, x)
    # Every tensor matters: a change of it by its own size moves the logits by at least ten times what the tests allow.
    sum((output * fill("probe", output.shape) * 10).sum() for output in outputs).backward()
    size = sum(output.norm() for output in outputs)
    weakest = min((p.grad.norm() * p.norm() / size, key) for key, p in model.named_parameters())
    print(f"{name} {options} {side}: |logits| {float(size):.3g}, least moved by {weakest[1]}: {float(weakest[0]):.2g}", file=sys.stderr)
    assert weakest[0] > 1e-3, weakest
    return {
        "name": name,
        "options": {**options, **choice, "inputShape": [side, side, channels]},
        "batch": batch,
        **measure(model),
        "outputs": [[float(f"{v:.8g}") for v in output.flatten().tolist()] for output in outputs],
    }


def torchvision_of(name, **options):
    return lambda classes: getattr(models, name)(num_classes=classes, **options)


def googlenet_of(auxiliary):
    return lambda classes: models.GoogLeNet(classes, auxiliary, init_weights=False)


def inception_of(auxiliary):
    return lambda classes: models.Inception3(classes, auxiliary, init_weights=False)


def main():
    PAPER, AUXILIARY = {"variant": "paper"}, {"auxiliary": True}
    cases = [
        case("smallResNet", {}, lambda n: SmallResNet(1, n), 28, channels=1, batch=2),
        case("smallResNet", {"width": 8, "blocks": 2}, lambda n: SmallResNet(3, n, 8, 2), 32),
        case("smallVgg", {}, lambda n: small_vgg(1, n, 28), 28, channels=1),
        case("smallVgg", {}, lambda n: small_vgg(3, n, 32), 32),
        case("smallInception", {}, lambda n: small_inception(1, n), 28, channels=1),
        case("smallInception", {}, lambda n: small_inception(3, n), 32),
        case("resNet18", {}, torchvision_of("resnet18"), 40),
        case("resNet18", {}, torchvision_of("resnet18"), 96),
        case("resNet34", {}, torchvision_of("resnet34"), 64),
        case("resNet50", {}, torchvision_of("resnet50"), 64),
        case("resNet50", PAPER, lambda n: resnet50_paper(n), 64),
        case("resNet101", {}, torchvision_of("resnet101"), 64),
        case("resNet152", {}, torchvision_of("resnet152"), 64),
        case("googLeNet", {}, googlenet_of(False), 64),
        case("googLeNet", AUXILIARY, googlenet_of(True), 224),
        case("googLeNet", PAPER, lambda n: googlenet_paper(n, False), 64),
        case("googLeNet", {**PAPER, **AUXILIARY}, lambda n: googlenet_paper(n, True), 224),
        case("inceptionV3", {}, inception_of(False), 107),
        case("inceptionV3", AUXILIARY, inception_of(True), 299),
        case("inceptionV3", PAPER, lambda n: PaperInception3(n, False), 107),
        case("alexNet", {}, torchvision_of("alexnet"), 224),
        case("alexNet", PAPER, lambda n: alexnet_paper(n), 227),
        case("zfNet", {}, zfnet, 224),
        case("vgg16", {}, torchvision_of("vgg16"), 224),
        case("vgg19", {}, torchvision_of("vgg19"), 96),
        case("siamese", {}, Siamese, 105, channels=1, batch=2, classes=1),
    ]
    print(json.dumps(cases, separators=(",", ":")))


if __name__ == "__main__":
    main()
