"""scikit-learn's splits of a million samples, timed as src/contenders.ts asks for it.

    /usr/bin/python3 benchmarks/peers/validationSplits.py '{"splitter": "KFold", "n": 1000000, "classes": 10, "groups": 10000}'
"""

import json
import sys
import time

import numpy as np
import sklearn
from sklearn import model_selection

case = json.loads(sys.argv[1])
i = np.arange(case["n"], dtype=np.uint64)
mixed = (i * np.uint64(2654435761)) % np.uint64(2**32)
y = ((mixed >> np.uint64(8)) % np.uint64(case["classes"])).astype(np.int64)
groups = ((mixed >> np.uint64(4)) % np.uint64(case["groups"])).astype(np.int64)
x = np.zeros(case["n"])
splitter = getattr(model_selection, case["splitter"])(n_splits=5)

print(json.dumps({"device": f"scikit-learn {sklearn.__version__}", "dispatches": None}), flush=True)
for _ in sys.stdin:
    began = time.perf_counter()
    size = sum(len(train) + len(test) for train, test in splitter.split(x, y, groups))
    assert size == 5 * case["n"]
    print(json.dumps(1000 * (time.perf_counter() - began)), flush=True)
