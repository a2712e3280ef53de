"""PyTorch's optimizers in float64: a matrix after 1, 2, 10 and 100 steps with given gradients.

Lion, which PyTorch does not have, is the paper's algorithm 2. "clip" runs have two matrices and clip their gradients.
One run follows a function's own gradients: the Rosenbrock-like sum of a matrix.

    /usr/bin/python3 tools/oracles/optimizers.py > tools/oracles/optimizers.json
"""

import json
import math

import torch

STEPS = 100
KEPT = (1, 2, 10, 100)
START = [[0.5, -1.25, 2.0], [0.0, 3.5, -0.75]]
SECOND = [0.25, -2.0]


def gradients_of(step):
    """Of changing sign and size, exactly float32, for both matrices."""
    waves = [math.sin(0.37 * (i + 1) * step + i) * 2.0 ** (i - 3) + 0.01 * (i - 3) for i in range(8)]
    return [round(wave * 4096) / 4096 for wave in waves]


class Lion(torch.optim.Optimizer):
    def __init__(self, params, lr, betas, weight_decay):
        super().__init__(params, {"lr": lr, "betas": betas, "weight_decay": weight_decay})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            beta1, beta2 = group["betas"]
            for p in group["params"]:
                m = self.state[p].setdefault("m", torch.zeros_like(p))
                c = beta1 * m + (1 - beta1) * p.grad
                p.sub_(group["lr"] * (torch.sign(c) + group["weight_decay"] * p))
                self.state[p]["m"] = beta2 * m + (1 - beta2) * p.grad


MAKERS = {
    "sgd": lambda p, o: torch.optim.SGD(
        p,
        lr=o.get("learningRate", 1e-3),
        momentum=o.get("momentum", 0),
        dampening=o.get("dampening", 0),
        nesterov=o.get("nesterov", False),
        weight_decay=o.get("weightDecay", 0),
    ),
    "rmsProp": lambda p, o: torch.optim.RMSprop(
        p,
        lr=o.get("learningRate", 1e-2),
        alpha=o.get("decay", 0.99),
        eps=o.get("epsilon", 1e-8),
        momentum=o.get("momentum", 0),
        centered=o.get("centered", False),
        weight_decay=o.get("weightDecay", 0),
    ),
    "adagrad": lambda p, o: torch.optim.Adagrad(
        p,
        lr=o.get("learningRate", 1e-2),
        initial_accumulator_value=o.get("initialSum", 0),
        eps=o.get("epsilon", 1e-10),
        weight_decay=o.get("weightDecay", 0),
    ),
    "adam": lambda p, o: torch.optim.Adam(
        p,
        lr=o.get("learningRate", 1e-3),
        betas=(o.get("beta1", 0.9), o.get("beta2", 0.999)),
        eps=o.get("epsilon", 1e-8),
        amsgrad=o.get("amsgrad", False),
        weight_decay=o.get("weightDecay", 0),
    ),
    "adamW": lambda p, o: torch.optim.AdamW(
        p,
        lr=o.get("learningRate", 1e-3),
        betas=(o.get("beta1", 0.9), o.get("beta2", 0.999)),
        eps=o.get("epsilon", 1e-8),
        amsgrad=o.get("amsgrad", False),
        weight_decay=o.get("weightDecay", 1e-2),
    ),
    "lion": lambda p, o: Lion(
        p,
        lr=o.get("learningRate", 1e-4),
        betas=(o.get("beta1", 0.9), o.get("beta2", 0.99)),
        weight_decay=o.get("weightDecay", 0),
    ),
}

CASES = [
    ("sgd", {}),
    ("sgd", {"learningRate": 0.01, "weightDecay": 0.1}),
    ("sgd", {"learningRate": 0.01, "momentum": 0.9}),
    ("sgd", {"learningRate": 0.01, "momentum": 0.9, "weightDecay": 0.1}),
    ("sgd", {"learningRate": 0.01, "momentum": 0.8, "dampening": 0.5}),
    ("sgd", {"learningRate": 0.01, "momentum": 0.8, "dampening": 0.3, "weightDecay": 0.1}),
    ("sgd", {"learningRate": 0.01, "momentum": 0.9, "nesterov": True}),
    ("sgd", {"learningRate": 0.01, "momentum": 0.9, "nesterov": True, "weightDecay": 0.1}),
    ("rmsProp", {}),
    ("rmsProp", {"learningRate": 0.005, "decay": 0.9, "weightDecay": 0.1}),
    ("rmsProp", {"learningRate": 0.005, "momentum": 0.9}),
    ("rmsProp", {"learningRate": 0.005, "centered": True, "epsilon": 1e-3}),
    ("rmsProp", {"learningRate": 0.005, "centered": True, "momentum": 0.5, "weightDecay": 0.1, "epsilon": 1e-2}),
    ("adagrad", {}),
    ("adagrad", {"learningRate": 0.1, "initialSum": 0.1}),
    ("adagrad", {"learningRate": 0.1, "weightDecay": 0.1, "epsilon": 1e-3}),
    ("adam", {}),
    ("adam", {"learningRate": 0.05}),
    ("adam", {"learningRate": 0.01, "beta1": 0.8, "beta2": 0.99, "weightDecay": 0.1}),
    ("adam", {"learningRate": 0.01, "beta1": 0, "epsilon": 1e-3}),
    ("adam", {"learningRate": 0.01, "amsgrad": True, "beta2": 0.9}),
    ("adam", {"learningRate": 0.01, "amsgrad": True, "weightDecay": 0.1, "beta2": 0.9}),
    ("adamW", {}),
    ("adamW", {"learningRate": 0.02, "weightDecay": 0.3}),
    ("adamW", {"learningRate": 0.02, "weightDecay": 0, "beta1": 0.5, "beta2": 0.9}),
    ("adamW", {"learningRate": 0.02, "weightDecay": 0.3, "amsgrad": True, "beta2": 0.9}),
    ("lion", {}),
    ("lion", {"learningRate": 0.01, "weightDecay": 0.3}),
    ("lion", {"learningRate": 0.01, "beta1": 0.6, "beta2": 0.95}),
]

CLIPPED = [
    ("sgd", {"learningRate": 0.01, "clipNorm": 0.5}),
    ("sgd", {"learningRate": 0.01, "clipNorm": 8.0, "momentum": 0.9, "weightDecay": 0.1}),
    ("sgd", {"learningRate": 0.01, "clipValue": 0.25}),
    ("adam", {"learningRate": 0.01, "clipNorm": 0.5, "weightDecay": 0.1}),
    ("adamW", {"learningRate": 0.01, "clipValue": 0.25, "amsgrad": True}),
]


def run(name, options):
    first = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    second = torch.tensor(SECOND, dtype=torch.float64, requires_grad=True)
    optimizer = MAKERS[name]([first, second], options)
    after = {}
    for step in range(1, STEPS + 1):
        numbers = torch.tensor(gradients_of(step), dtype=torch.float64)
        first.grad, second.grad = numbers[:6].reshape(2, 3).clone(), numbers[6:].clone()
        if "clipNorm" in options:
            torch.nn.utils.clip_grad_norm_([first, second], options["clipNorm"])
        if "clipValue" in options:
            torch.nn.utils.clip_grad_value_([first, second], options["clipValue"])
        optimizer.step()
        if step in KEPT:
            after[step] = first.detach().flatten().tolist() + second.detach().tolist()
    return {"optimizer": name, "options": options, "after": after}


def valley(options):
    theta = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = MAKERS["adam"]([theta], options)
    for _ in range(STEPS):
        optimizer.zero_grad()
        # (1 - a)^2 + 3 (b - a^2)^2 / 10 over neighbours in a row.
        a, b = theta[:, :-1], theta[:, 1:]
        ((1 - a) ** 2 + 0.3 * (b - a**2) ** 2).sum().backward()
        optimizer.step()
    return {"options": options, "after": theta.detach().flatten().tolist()}


print(
    json.dumps(
        {
            "torch": torch.__version__,
            "start": {"first": START, "second": SECOND},
            "gradients": [gradients_of(step) for step in range(1, STEPS + 1)],
            "runs": [run(*case) for case in CASES + CLIPPED],
            "valley": valley({"learningRate": 0.05}),
        },
    )
)
