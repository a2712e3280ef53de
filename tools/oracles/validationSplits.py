"""scikit-learn's folds for every splitter that draws nothing: plain cases and those that are hard to get the same.

    /usr/bin/python3 tools/oracles/validationSplits.py

Writes validationSplits.json: a case a line, with the test indices of each split, and the training indices where they
are not simply the rest. Needs scikit-learn 1.2 and NumPy 1.24: the order of ties in NumPy's sort decides who goes where.
"""

import json
import warnings
from pathlib import Path

import numpy as np
from sklearn import model_selection

warnings.simplefilter("ignore")
NAMES = {"nSplits": "n_splits", "maxTrainSize": "max_train_size", "testSize": "test_size", "testFold": "test_fold"}


def case(splitter, options, n, y=None, groups=None):
    arguments = {NAMES.get(name, name): value for name, value in options.items()}
    if splitter == "LeavePGroupsOut":
        arguments = {"n_groups": options["p"]}
    made = getattr(model_selection, splitter)(**arguments)
    splits = [made.split()] if splitter == "PredefinedSplit" else [made.split(np.zeros(n), y, groups)]
    splits = [(train.tolist(), np.asarray(test).tolist()) for train, test in splits[0]]
    entry = {"splitter": splitter, "options": options, "n": n}
    if y is not None:
        entry["y"] = np.asarray(y).tolist()
    if groups is not None:
        entry["groups"] = np.asarray(groups).tolist()
    rest = all(sorted(train + test) == list(range(n)) for train, test in splits)
    entry["test"] = [test for _, test in splits]
    if not rest:
        entry["train"] = [train for train, _ in splits]
    return entry


rng = np.random.default_rng(0)
words = np.array(["pear", "apple", "fig", "Quince", "10", "9", "élan", "z"])
CASES = []

for n, k in [(2, 2), (3, 2), (10, 3), (17, 5), (5, 5), (40, 7)]:
    CASES.append(case("KFold", {"nSplits": k}, n))

# Classes by first appearance, rare classes, strings, one class, negative labels, booleans.
for y, k in [
    ([1, 1, 0, 0], 2),
    ([1, 1, 1, 2, 2, 2], 2),
    ([3, 3, 1, 1, 1, 2, 2, 3, 2, 1, 3, 3], 3),
    ([0, 0, 0, 0, 0, 1, 1, 1, 2], 3),
    ([5] * 7, 4),
    (["b", "a", "b", "a", "c", "b", "a", "a", "b", "c", "c"], 3),
    ([-1, 1, -1, -1, 1, -1, 1, 1, -1], 4),
    ([True, False, False, True, True, True, False], 2),
    (np.repeat([2, 0, 1], [4, 5, 9]), 5),
]:
    CASES.append(case("StratifiedKFold", {"nSplits": k}, len(y), y=y))
for n, classes, k in [(30, 3, 4), (57, 7, 5), (64, 2, 10), (41, 5, 3)]:
    CASES.append(case("StratifiedKFold", {"nSplits": k}, n, y=rng.integers(0, classes, n)))

# Groups of one size (ties), more than sixteen of them (an unstable sort), labels that are words.
for groups, k in [
    ([0, 0, 1, 1, 2, 2, 3, 3], 3),
    ([3, 1, 2, 0], 2),
    ([7, 7, 7, 7, 1, 1, 2, 2, 3, 4, 5], 3),
    (["b", "a", "c", "a", "b", "d"], 2),
    (words[rng.integers(0, 8, 40)], 4),
    (list(range(16)), 5),
    (list(range(17)), 5),
    (list(range(60)), 7),
    (np.repeat(np.arange(40), 2), 4),
    (np.repeat(np.arange(33), rng.integers(1, 4, 33)), 6),
    (rng.integers(0, 25, 120) * 3 - 11, 5),
    (rng.integers(0, 300, 700), 8),
]:
    CASES.append(case("GroupKFold", {"nSplits": k}, len(groups), groups=groups))
# Quicksort's bad case, so that heapsort takes over: organ pipes.
sizes = np.concatenate([np.arange(1, 30), np.arange(30, 0, -1)]) // 3 + 1
CASES.append(case("GroupKFold", {"nSplits": 5}, int(sizes.sum()), groups=np.repeat(np.arange(len(sizes)), sizes)))

# Ties, one unit in the last place, one class, many classes (pairwise sums), many folds.
for y, groups, k in [
    ([0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0], [1, 1, 2, 2, 3, 3, 3, 4, 5, 5, 5, 5, 6, 6, 7, 8, 8], 3),
    ([0, 1] * 8, np.repeat(np.arange(8), 2), 4),
    ([1] * 12, np.repeat(np.arange(6), 2), 3),
    ([1] * 40, np.repeat(np.arange(20), 2), 12),
    (["b", "a", "b", "a", "a", "b"] * 3, list("uuvvwwxxyyzzssttqq"), 3),
    # Here the tolerance decides: folds that are equal but for rounding.
    ([0, 1, 1, 0, 0, 0, 0, 1, 1], [2, 1, 0, 0, 3, 3, 3, 3, 1], 3),
    ([2, 0, 2, 0, 1, 1, 1, 2, 0, 0, 1, 1, 2], [3, 1, 1, 2, 4, 4, 2, 2, 3, 1, 4, 0, 1], 3),
    ([0, 1, 0, 0, 1, 2, 1, 2, 1, 0, 0, 2, 1], [2, 0, 1, 2, 2, 2, 0, 3, 0, 2, 1, 0, 3], 4),
]:
    CASES.append(case("StratifiedGroupKFold", {"nSplits": k}, len(y), y=y, groups=groups))
for n, classes, count, k in [
    (60, 2, 12, 4),
    (90, 3, 30, 5),
    (120, 2, 40, 10),
    (150, 8, 30, 4),
    (200, 9, 40, 5),
    (240, 12, 60, 9),
    (300, 20, 50, 3),
    (200, 2, 100, 3),
    (160, 4, 80, 16),
]:
    y, groups = rng.integers(0, classes, n), rng.integers(0, count, n)
    CASES.append(case("StratifiedGroupKFold", {"nSplits": k}, n, y=y, groups=groups))
for k in (3, 5, 6):
    CASES.append(case("StratifiedGroupKFold", {"nSplits": k}, 48, y=[0, 1, 2] * 16, groups=np.repeat(np.arange(16), 3)))

CASES.append(case("LeaveOneOut", {}, 4))
for n, p in [(3, 1), (4, 3), (5, 2), (6, 3)]:
    CASES.append(case("LeavePOut", {"p": p}, n))
for groups in ([2, 1, 2, 3, 1], ["b", "a", "b"], [-1.5, 3, 0, -1.5, 10, 9], words[rng.integers(0, 8, 20)]):
    CASES.append(case("LeaveOneGroupOut", {}, len(groups), groups=groups))
for p in (1, 2, 3):
    CASES.append(case("LeavePGroupsOut", {"p": p}, 7, groups=[30, 4, 30, 100, 4, 7, 7]))

for n, options in [
    (6, {"nSplits": 5}),
    (7, {"nSplits": 2}),
    (12, {"nSplits": 3, "testSize": 2}),
    (12, {"nSplits": 3, "testSize": 2, "gap": 2}),
    (20, {"nSplits": 4, "maxTrainSize": 5}),
    (23, {"nSplits": 3, "maxTrainSize": 4, "testSize": 3, "gap": 1}),
    (15, {"nSplits": 2, "gap": 4}),
]:
    CASES.append(case("TimeSeriesSplit", options, n))

for fold in ([0, 1, -1, 1], [3, 3, 0, 7, -1, 0], [0] * 3 + [1] * 3):
    CASES.append(case("PredefinedSplit", {"testFold": fold}, len(fold)))

rows = ",\n".join(json.dumps(entry, separators=(",", ":"), ensure_ascii=False) for entry in CASES)
(Path(__file__).parent / "validationSplits.json").write_text(f"[\n{rows}\n]\n")
