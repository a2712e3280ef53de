"""PyTorch's learning-rate schedules, step by step, and what ReduceLROnPlateau does with a course of losses.

    /usr/bin/python3 tools/oracles/schedules.py > tools/oracles/schedules.json
"""

import json
import math
import warnings

import torch
from torch.optim import lr_scheduler as schedulers

warnings.filterwarnings("ignore")
STEPS = 40


def sgd(rate):
    return torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=rate)


def rates(rate, make):
    optimizer = sgd(rate)
    scheduler = make(optimizer)
    found = []
    for _ in range(STEPS):
        found.append(optimizer.param_groups[0]["lr"])
        optimizer.step()
        scheduler.step()
    return found


def warm(optimizer, start, steps, then):
    return schedulers.SequentialLR(
        optimizer,
        [schedulers.LinearLR(optimizer, start_factor=start, total_iters=steps), then(optimizer)],
        milestones=[steps],
    )


SCHEDULES = {
    "step": rates(0.1, lambda o: schedulers.StepLR(o, 7, gamma=0.3)),
    "milestones": rates(0.1, lambda o: schedulers.MultiStepLR(o, [3, 10, 11], gamma=0.5)),
    "exponential": rates(0.1, lambda o: schedulers.ExponentialLR(o, 0.9)),
    "polynomial": rates(0.1, lambda o: schedulers.PolynomialLR(o, total_iters=25, power=2)),
    "cosine": rates(0.1, lambda o: schedulers.CosineAnnealingLR(o, STEPS - 1, eta_min=0.01)),
    "restarts": rates(0.1, lambda o: schedulers.CosineAnnealingWarmRestarts(o, 5, T_mult=2, eta_min=0.001)),
    "evenRestarts": rates(0.1, lambda o: schedulers.CosineAnnealingWarmRestarts(o, 6)),
    "warmUp": rates(0.1, lambda o: warm(o, 0.25, 8, lambda o: schedulers.ExponentialLR(o, 0.95))),
    "oneCycle": rates(0.1, lambda o: schedulers.OneCycleLR(o, 0.5, total_steps=STEPS + 1)),
    "oneCycleLinear": rates(
        0.1,
        lambda o: schedulers.OneCycleLR(
            o, 0.5, total_steps=STEPS + 1, pct_start=0.2, div_factor=10, final_div_factor=100, anneal_strategy="linear"
        ),
    ),
}

LOSSES = [round(3 * math.exp(-epoch / 6) + 0.4 * math.sin(epoch), 6) for epoch in range(STEPS)]


def plateau(patience, factor, min_delta, cooldown, min_rate):
    optimizer = sgd(0.1)
    # PyTorch lets patience bad epochs pass, ours reduces at the patience-th.
    scheduler = schedulers.ReduceLROnPlateau(
        optimizer,
        factor=factor,
        patience=patience - 1,
        threshold=min_delta,
        threshold_mode="abs",
        cooldown=cooldown,
        min_lr=min_rate,
        eps=0,
    )
    found = []
    for loss in LOSSES:
        scheduler.step(loss)
        found.append(optimizer.param_groups[0]["lr"])
    options = {
        "patience": patience,
        "factor": factor,
        "minDelta": min_delta,
        "cooldown": cooldown,
        "minRate": min_rate,
    }
    return {"options": options, "rates": found}


print(
    json.dumps(
        {
            "torch": torch.__version__,
            "schedules": SCHEDULES,
            "plateau": {
                "losses": LOSSES,
                "runs": [
                    plateau(2, 0.5, 0, 0, 0),
                    plateau(1, 0.5, 0.05, 3, 0),
                    plateau(3, 0.1, 0.1, 1, 1e-3),
                ],
            },
        },
    )
)
