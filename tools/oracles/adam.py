"""PyTorch's Adam on the Rosenbrock-like sum of a matrix: the variable after 1, 10 and 100 steps.

    /usr/bin/python3 tools/oracles/adam.py > tools/oracles/adam.json
"""

import json

import torch

START = [[0.5, -1.25, 2.0], [0.0, 3.5, -0.75]]
CASES = [
    {},
    {"learningRate": 0.05},
    # Short memories make the end depend on rounding (PyTorch in float32 is then 1e-3 from itself in float64): not shorter.
    {"learningRate": 0.01, "beta1": 0.8, "beta2": 0.99},
    {"learningRate": 0.1, "epsilon": 1e-3},
]


def run(case):
    theta = torch.tensor(START, dtype=torch.float64, requires_grad=True)
    optimizer = torch.optim.Adam(
        [theta],
        lr=case.get("learningRate", 1e-3),
        betas=(case.get("beta1", 0.9), case.get("beta2", 0.999)),
        eps=case.get("epsilon", 1e-8),
    )
    after = {}
    for step in range(1, 101):
        optimizer.zero_grad()
        # (1 - a)^2 + 3 (b - a^2)^2 / 10 over neighbours in a row: its gradients change sign and size on the way.
        a, b = theta[:, :-1], theta[:, 1:]
        loss = ((1 - a) ** 2 + 0.3 * (b - a**2) ** 2).sum()
        loss.backward()
        optimizer.step()
        if step in (1, 10, 100):
            after[step] = theta.detach().tolist()
    return {"options": case, "after": after}


print(json.dumps({"torch": torch.__version__, "start": START, "runs": [run(case) for case in CASES]}, indent=1))
