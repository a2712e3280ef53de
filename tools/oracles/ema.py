"""PyTorch's AveragedModel with an exponential average, and with the warm-up of TensorFlow's ExponentialMovingAverage.

    /usr/bin/python3 tools/oracles/ema.py > tools/oracles/ema.json
"""

import json
import math

import torch
from torch.optim.swa_utils import AveragedModel

WEIGHTS = [[round(4096 * math.sin(0.3 * n * (i + 1)) * (i + 1)) / 4096 for i in range(5)] for n in range(61)]


def run(decay, warm_up):
    # TensorFlow: min(decay, (1 + num_updates) / (10 + num_updates)), num_updates those before; AveragedModel counts the
    # copy that it begins with.
    def average(before, now, count):
        before_this = int(count) - 1
        kept = min(decay, (1 + before_this) / (10 + before_this)) if warm_up else decay
        return kept * before + (1 - kept) * now

    model = torch.nn.Linear(5, 1, bias=False, dtype=torch.float64)
    averaged = AveragedModel(model, avg_fn=average)
    for weights in WEIGHTS:
        model.weight.data[:] = torch.tensor([weights], dtype=torch.float64)
        averaged.update_parameters(model)
    options = {"decay": decay, "warmUp": warm_up}
    return {"options": options, "after": averaged.module.weight.detach().flatten().tolist()}


runs = [run(0.9, False), run(0.99, False), run(0.99, True), run(0.5, True)]
print(json.dumps({"torch": torch.__version__, "weights": WEIGHTS, "runs": runs}))
