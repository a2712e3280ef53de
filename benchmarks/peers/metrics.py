"""A metric of scikit-learn's over a million samples, timed as src/contenders.ts asks for it.

    /usr/bin/python3 benchmarks/peers/metrics.py '{"metric": "log_loss", "value": 1.0, "n": 1000000, "classes": 10}'
"""

import json
import sys
import time

import numpy as np
import sklearn
from sklearn import metrics

case = json.loads(sys.argv[1])
classes, word = np.uint64(case["classes"]), np.uint64(2**32)
mixed = np.arange(case["n"], dtype=np.uint64) * np.uint64(2654435761) % word
again = (mixed ^ (mixed >> np.uint64(15))) * np.uint64(2246822519) % word
sick = ((mixed >> np.uint64(8)) % np.uint64(2)).astype(np.int64)
label = ((mixed >> np.uint64(8)) % classes).astype(np.int64)
guess = ((again >> np.uint64(8)) % classes).astype(np.int64)
score = again / 2**32

run = {
    "roc_auc_score": lambda: metrics.roc_auc_score(sick, score),
    "average_precision_score": lambda: metrics.average_precision_score(sick, score),
    "confusion_matrix": lambda: metrics.confusion_matrix(label, guess)[1, 2],
    "f1_score": lambda: metrics.f1_score(label, guess, average="macro"),
    "log_loss": lambda: metrics.log_loss(sick, score),
}[case["metric"]]
assert np.isclose(run(), case["value"], rtol=1e-9), f"{case['metric']} is {run()} here, there {case['value']}"

print(json.dumps({"device": f"scikit-learn {sklearn.__version__}", "dispatches": None}), flush=True)
for _ in sys.stdin:
    began = time.perf_counter()
    run()
    print(json.dumps(1000 * (time.perf_counter() - began)), flush=True)
