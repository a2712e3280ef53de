"""A network and odd layers as PyTorch saves them, and what they compute: files that come back bit by bit.

    /usr/bin/python3 tools/oracles/roundTrip.py > tools/oracles/roundTrip.json
"""

import base64
import json

import torch
from torch import nn
from torchvision.ops import SqueezeExcitation

from architectures import SmallResNet, fill
from stateDicts import from_safetensors, to_safetensors

torch.manual_seed(1)


def trained():
    """Three steps on noise, so that every weight, statistic and counter has moved."""
    model = SmallResNet(1, 3, width=4)
    optimizer = torch.optim.SGD(model.parameters(), 0.1)
    for _ in range(3):
        loss = nn.functional.cross_entropy(model(torch.randn(8, 1, 28, 28)), torch.randint(3, (8,)))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
    return model.eval()


class Odd(nn.Module):
    """Convolutions over time, depthwise, grouped and transposed, weighed channels, and a flattened image."""

    def __init__(self):
        super().__init__()
        self.depthwise = nn.Conv2d(3, 6, 3, groups=3)
        self.grouped = nn.Conv2d(6, 4, (1, 3), groups=2)
        self.transposed = nn.ConvTranspose2d(4, 5, (3, 2), stride=2)
        self.norm = nn.BatchNorm2d(5)
        self.se = SqueezeExcitation(5, 2)
        self.dense = nn.Linear(5 * 9 * 6, 4)
        self.line = nn.Conv1d(4, 2, 3)
        self.tail = nn.Linear(2 * 7, 3)
        self.words = nn.Embedding(11, 4)

    def forward(self, image, words):
        y = self.se(self.norm(self.transposed(self.grouped(self.depthwise(image)))))
        line = self.line(self.words(words).transpose(1, 2))
        return torch.cat([self.dense(y.flatten(1)), self.tail(line.flatten(1))], 1)


def save(model):
    """The file, which PyTorch itself reads back bit by bit."""
    state = model.state_dict()
    file = to_safetensors(state, {"format": "pt"})
    again = from_safetensors(file)
    model.load_state_dict(again)
    assert all(torch.equal(value, again[key]) and value.dtype == again[key].dtype for key, value in state.items())
    return base64.b64encode(file).decode()


network, odd = trained(), Odd().eval()
odd.load_state_dict({key: fill(key, value.shape) for key, value in odd.state_dict().items()})
words = torch.tensor([[1, 10, 3, 0, 7, 7, 2, 5, 4]])
print(
    json.dumps(
        {
            "network": {"file": save(network), "logits": network(fill("input", (2, 1, 28, 28))).flatten().tolist()},
            "odd": {"file": save(odd), "words": words.tolist(), "outputs": odd(fill("input", (1, 3, 6, 7)), words).flatten().tolist()},
        },
        separators=(",", ":"),
    )
)
