"""Values of packages/metrics by scikit-learn 1.2 and SciPy.

Run: /usr/bin/python3 tools/oracles/metrics.py, which writes metrics.json beside it: a list of calls, each with the
name of the function, its arguments, its options and what it shall give. Names of options are written as TypeScript has
them and turned into Python's.
"""

import json
import re
import warnings
from pathlib import Path

import numpy as np
from scipy import ndimage, stats
from scipy.spatial.distance import cdist, jensenshannon
from sklearn import datasets, linear_model
from sklearn import metrics as sk
from sklearn.calibration import calibration_curve

warnings.filterwarnings("ignore")
random = np.random.default_rng(4)
cases = []


def plain(value):
    """JSON of numbers, arrays and strings; what JSON has no word for as a string."""
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple, range, np.ndarray)):
        return [plain(one) for one in value]
    if isinstance(value, (np.integer, np.bool_)):
        return int(value)
    if isinstance(value, (float, np.floating)):
        value = float(value)
        if np.isnan(value):
            return "NaN"
        if np.isinf(value):
            return "Infinity" if value > 0 else "-Infinity"
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    return value


def expect(name, arguments, expected, **options):
    """A call whose result is known."""
    cases.append({"name": name, "arguments": plain(arguments), "options": plain(options), "expected": plain(expected)})


def snake(name):
    return re.sub(r"[A-Z]", lambda letter: "_" + letter.group().lower(), name)


def call(name, arguments, by=None, shape=lambda result: result, **options):
    """A call of the function of that name in scikit-learn, or of `by`."""
    by = by or getattr(sk, snake(name))
    strings = {"uniformAverage": "uniform_average", "rawValues": "raw_values", "varianceWeighted": "variance_weighted"}
    given = {
        snake(key): strings.get(value, value) if isinstance(value, str) else value for key, value in options.items()
    }
    expect(name, arguments, shape(by(*(np.asarray(one) for one in arguments), **given)), **options)


def weights(n):
    """Some of them 0."""
    return random.integers(0, 5, n) / 2


def words(y):
    return np.array(["ant", "bee", "cat", "dog", "eel"])[np.asarray(y)]


def classification():
    for n, k in ((1, 2), (12, 2), (30, 4)):
        y, p, w = random.integers(0, k, n), random.integers(0, k, n), weights(n) + 0.5
        for truth, guess in ((y, p), (words(y), words(p))):
            for options in ({}, {"sampleWeight": w}):
                for name in ("accuracyScore", "zeroOneLoss", "hammingLoss", "balancedAccuracyScore"):
                    call(name, [truth, guess], **options)
                call("matthewsCorrcoef", [truth, guess], **options)
                for kind in (None, "linear", "quadratic"):
                    call("cohenKappaScore", [truth, guess], weights=kind, **options)
                for normalize in (None, "true", "pred", "all"):
                    call("confusionMatrix", [truth, guess], normalize=normalize, **options)
                call("multilabelConfusionMatrix", [truth, guess], **options)
                for average in (None, "micro", "macro", "weighted"):
                    averaged([truth, guess], average=average, **options)
        call("accuracyScore", [y, p], normalize=False, sampleWeight=w)
        call("balancedAccuracyScore", [y, np.zeros_like(y)], adjusted=True)
    y, p, w = random.integers(0, 2, 20), random.integers(0, 2, 20), weights(20)
    averaged([y, p], average="binary", sampleWeight=w)
    averaged([y, p], average="binary", posLabel=0)
    averaged([words(y), words(p)], average="binary", posLabel="ant")
    y, p = random.integers(0, 4, 20), random.integers(1, 5, 20)
    for labels in ([4, 1, 0], [0, 1, 2, 3, 4, 7]):
        call("confusionMatrix", [y, p], labels=labels)
        call("multilabelConfusionMatrix", [y, p], labels=labels)
        for average in (None, "micro", "macro", "weighted"):
            averaged([y, p], average=average, labels=labels)
    for y, p in (([1, 0, 0], [0, 1, 0]), ([0, 0, 0], [0, 0, 0]), ([0, 0], [0, 1]), ([1, 1], [0, 0])):
        for zero in (0, 1):
            averaged([y, p], average="binary", zeroDivision=zero)
    for y, p in (([1, 1, 1], [1, 1, 1]), ([0, 1, 2], [1, 1, 1]), ([1, 1, 1], [0, 1, 2])):
        call("matthewsCorrcoef", [y, p])
        call("cohenKappaScore", [y, p])
        call("balancedAccuracyScore", [y, p])
    multilabel()
    reports()
    for n, k in ((10, 3), (25, 5)):
        y, scores = random.integers(0, k, n), random.integers(0, 4, (n, k)) / 4
        y[:k] = range(k)
        for top in (1, 2, 3):
            call("topKAccuracyScore", [y, scores], k=top, sampleWeight=weights(n))
    call("topKAccuracyScore", [words([0, 2]), [[0.1, 0.2, 0.7], [0.6, 0.3, 0.1]]], k=2, labels=["ant", "bee", "cat"])
    # One score a sample: which side of 0.5, or of 0 where one is outside [0, 1].
    for scores in ([0.1, 0.6, 0.5, 0.9, 0.2], [-1, 0.2, 0, 0.4, 3], [1, 0, 0.5, 0, 1]):
        for top in (1, 2):
            call("topKAccuracyScore", [[0, 1, 1, 0, 1], scores], k=top, sampleWeight=[1, 2, 0.5, 1, 3])
            call("topKAccuracyScore", [["no", "yes", "yes", "no", "yes"], scores], k=top, normalize=False)
    # Classes that are asked for, and of which none occurs.
    for labels in ([1, 3], [3, 4]):
        for zero in (0, 1):
            averaged([[0, 0, 2], [0, 1, 2]], average="weighted", labels=labels, zeroDivision=zero)


def averaged(arguments, **options):
    """The scores that are averaged over classes."""
    for name in ("precisionScore", "recallScore", "f1Score", "jaccardScore"):
        call(name, arguments, **options)
    call("fbetaScore", arguments, beta=0.5, **options)
    call("fbetaScore", arguments, beta=3, **options)
    keys = ("precision", "recall", "fscore", "support")
    call("precisionRecallFscoreSupport", arguments, shape=lambda parts: dict(zip(keys, parts)), beta=2, **options)


def multilabel():
    y, p, w = random.integers(0, 2, (9, 3)), random.integers(0, 2, (9, 3)), weights(9)
    y[0], p[1] = 0, 0
    for options in ({}, {"sampleWeight": w}):
        for average in (None, "micro", "macro", "weighted", "samples"):
            averaged([y, p], average=average, **options)
        for name in ("accuracyScore", "zeroOneLoss", "hammingLoss", "multilabelConfusionMatrix"):
            call(name, [y, p], **options)
        call("multilabelConfusionMatrix", [y, p], samplewise=True, **options)
    averaged([y, p], average="samples", zeroDivision=1)
    averaged([y, p], average="macro", labels=[2, 0])


def reports():
    y, p = random.integers(0, 3, 40), random.integers(0, 3, 40)
    many = random.integers(0, 2, (20, 3)), random.integers(0, 2, (20, 3))
    for arguments, options in (
        ([y, p], {}),
        ([words(y), words(p)], {"targetNames": ["a longer name than others", "b", "c"]}),
        ([y, p], {"labels": [1, 2]}),
        ([y, p], {"labels": [0, 1, 2, 3], "zeroDivision": 1}),
        (many, {}),
    ):
        call("classificationReport", arguments, shape=lambda text: text, **options)


def ranking():
    for n in (2, 3, 20, 60):
        y, w = random.integers(0, 2, n), weights(n)
        y[:2], w[:2] = (0, 1), (1, 2)
        for scores in (random.integers(0, 6, n) / 4 - 1, random.normal(size=n), np.zeros(n)):
            for options in ({}, {"sampleWeight": w}):
                curves(y, scores, **options)
                for part in (None, 0.1, 0.5, 0.99):
                    limit = {} if part is None else {"maxFpr": part}
                    call("rocAucScore", [y, scores], **limit, **options)
            call("rocAucScore", [words(y), scores])
            call("rocCurve", [y, scores], shape=roc, posLabel=0)
            call("rocCurve", [y, scores], shape=roc, dropIntermediate=False)
    for n, k in ((12, 3), (40, 4)):
        y, w = random.integers(0, k, n), weights(n) + 0.5
        y[:k] = range(k)
        scores = random.integers(1, 6, (n, k)).astype(float)
        scores /= scores.sum(1, keepdims=True)
        for average in ("macro", "weighted", "micro", None):
            for options in ({}, {"sampleWeight": w}):
                call("rocAucScore", [words(y), scores], multiClass="ovr", average=average, **options)
        for average in ("macro", "weighted"):
            call("rocAucScore", [y, scores], multiClass="ovo", average=average)
            call("rocAucScore", [y[y < k - 1], scores[y < k - 1]], multiClass="ovo", average=average, labels=range(k))
        many = np.eye(k, dtype=int)[y] | random.integers(0, 2, (n, k))
        many[:, 0] |= many.all(1)
        many[many.all(1), 0] = 0
        for average in ("macro", "weighted", "micro", "samples", None):
            for options in ({}, {"sampleWeight": w}):
                call("rocAucScore", [many, scores], average=average, **options)
                call("averagePrecisionScore", [many, scores], average=average, **options)
    call("averagePrecisionScore", [[0, 0], [0.1, 0.2]])
    call("auc", [[0, 0.3, 1], [0, 0.7, 1]])
    expect("rocAucScore", [[1, 1], [0.1, 0.2]], np.nan)
    for name, expected in (("rocCurve", {"fpr": ["NaN"] * 3, "tpr": [0, 0.5, 1], "thresholds": [np.inf, 0.2, 0.1]}),):
        expect(name, [[1, 1], [0.1, 0.2]], expected)


def roc(parts):
    return {"fpr": parts[0], "tpr": parts[1], "thresholds": [np.inf, *parts[2][1:]]}


def curves(y, scores, **options):
    call("rocCurve", [y, scores], shape=roc, **options)
    keys = ("precision", "recall", "thresholds")
    call("precisionRecallCurve", [y, scores], shape=lambda parts: dict(zip(keys, parts)), **options)
    call("averagePrecisionScore", [y, scores], **options)
    call("detCurve", [y, scores], shape=lambda parts: dict(zip(("fpr", "fnr", "thresholds"), parts)), **options)


def probabilities():
    keys = ("probTrue", "probPred")
    for n in (2, 10, 50):
        y, p, w = random.integers(0, 2, n), random.integers(0, 11, n) / 10, weights(n)
        y[:2], w[:2] = (0, 1), (1, 2)
        for options in ({}, {"sampleWeight": w}):
            call("logLoss", [y, p], **options)
            call("logLoss", [words(y), p], normalize=False, **options)
            call("brierScoreLoss", [y, p], **options)
        call("brierScoreLoss", [words(y), p], posLabel="ant")
        for strategy in ("uniform", "quantile"):
            for bins in (1, 5, 10):
                call(
                    "calibrationCurve",
                    [y, p],
                    by=calibration_curve,
                    shape=lambda parts: dict(zip(keys, parts)),
                    nBins=bins,
                    strategy=strategy,
                )
        for bins in (1, 10, 15):
            expect("expectedCalibrationError", [y, p], calibration_error(y, p, w, bins), nBins=bins, sampleWeight=w)
    for n, k in ((8, 3), (30, 5)):
        y, p, w = random.integers(0, k, n), random.integers(0, 4, (n, k)) + 0.0, weights(n)
        y[:k], w[0] = range(k), 1
        p[:, 0] += p.sum(1) == 0
        p /= p.sum(1, keepdims=True)
        call("logLoss", [y, p], sampleWeight=w)
        call("logLoss", [words(y[y > 0]), p[y > 0]], labels=words(range(k)))
        right = (p.argmax(1) == y).astype(int)
        expect("expectedCalibrationError", [y, p], calibration_error(right, p.max(1), w, 15), sampleWeight=w)
    call("logLoss", [[1, 1], [0.3, 1.0]], labels=[0, 1])


def calibration_error(came, probability, weight, bins):
    """Guo et al. 2017, eq. 5, with a weight for each sample."""
    inside = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], probability)
    gap = 0
    for b in range(bins):
        mask = (inside == b) & (weight > 0)
        if mask.any():
            frequency = np.average(came[mask], weights=weight[mask])
            gap += weight[mask].sum() * abs(frequency - np.average(probability[mask], weights=weight[mask]))
    return gap / weight.sum()


def regression():
    plain_ones = ("meanSquaredError", "meanAbsoluteError", "meanAbsolutePercentageError", "medianAbsoluteError")
    explaining = ("r2Score", "explainedVarianceScore")
    for n in (1, 2, 15):
        y, p, w = random.normal(size=n), random.normal(size=n), weights(n) + 0.5
        many, guesses = random.integers(-3, 4, (n, 3)) / 2, random.integers(-3, 4, (n, 3)) / 2
        many[:, 1] = 2
        guesses[:, 1] = 2 if n == 2 else guesses[:, 1]
        call("maxError", [y, p])
        for options in ({}, {"sampleWeight": w}):
            for output in ("uniformAverage", "rawValues", [0.3, 0.5, 1]):
                several = {"multioutput": output, **options}
                for name in plain_ones:
                    call(name, [many, guesses], **several)
                rooted("rootMeanSquaredError", sk.mean_squared_error, [many, guesses], **several)
                call("meanSquaredLogError", [abs(many), abs(guesses)], **several)
                rooted("rootMeanSquaredLogError", sk.mean_squared_log_error, [abs(many), abs(guesses)], **several)
                for alpha in (0, 0.2, 0.5, 1):
                    call("meanPinballLoss", [many, guesses], alpha=alpha, **several)
                if n > 1:
                    explained([many, guesses], explaining, **several)
            if n > 1:
                explained([many, guesses], explaining, multioutput="varianceWeighted", **options)
                explained([y, p], explaining, **options)
            for name in plain_ones:
                call(name, [y, p], **options)
            tweedie(n, **options)
    expect("r2Score", [[1], [1]], np.nan)
    expect("d2TweedieScore", [[1], [1]], np.nan)
    expect("d2AbsoluteErrorScore", [[1], [1]], np.nan)
    for p in ([2, 2, 2], [2, 2, 3]):
        for finite in (True, False):
            explained([[2, 2, 2], p], ("r2Score", "explainedVarianceScore"), forceFinite=finite)
    call("meanAbsolutePercentageError", [[0, 1], [1, 1]])


def rooted(name, by, arguments, **options):
    call(name, arguments, by=lambda *both, **given: by(*both, squared=False, **given), **options)


def explained(arguments, names, **options):
    for name in names:
        call(name, arguments, **options)
    if "forceFinite" in options or options.get("multioutput") == "varianceWeighted":
        return
    call("d2AbsoluteErrorScore", arguments, **options)
    for alpha in (0.1, 0.5):
        call("d2PinballScore", arguments, alpha=alpha, **options)


def tweedie(n, **options):
    for power in (-1.5, 0, 1, 1.5, 2, 3):
        y, p = random.gamma(2, size=n) + 0.1, random.gamma(2, size=n) + 0.1
        if power < 2:
            y[0] = 0
        call("meanTweedieDeviance", [y, p], power=power, **options)
        if n > 1:
            call("d2TweedieScore", [y, p], power=power, **options)


def information():
    for k in (1, 2, 6):
        p, q = random.dirichlet(np.ones(k)), random.dirichlet(np.ones(k))
        holed = np.where(np.arange(k) == 0, 0, p) if k > 1 else p
        holed /= holed.sum()
        for a, b in ((p, q), (holed, q), (q, holed), (p, p)):
            for base in ("e", 2):
                unit = np.log(2) if base == 2 else 1
                kl = stats.entropy(a, b) / unit
                expect("entropy", [a], stats.entropy(a) / unit, base=base)
                expect("klDivergence", [a, b], kl, base=base)
                expect("crossEntropy", [a, b], stats.entropy(a) / unit + kl, base=base)
                expect("jensenShannonDivergence", [a, b], jensenshannon(a, b) ** 2 / unit, base=base)
    for n in (1, 20):
        y, p = random.integers(0, 3, n), random.integers(0, 4, n)
        call("mutualInformation", [words(y), words(p)], by=sk.mutual_info_score)
        expect("mutualInformation", [y, p], sk.mutual_info_score(y, p) / np.log(2), base=2)
        log_prob = -random.gamma(2, size=n)
        expect("perplexity", [log_prob], np.exp(-log_prob.mean()))
        expect("bitsPerDim", [log_prob, 12], -log_prob.mean() / np.log(2) / 12)


def distances():
    x, y = random.normal(size=(5, 3)), random.normal(size=(4, 3))
    x[0], y[0], y[1] = 0, 0, x[1]
    for other in ((y,), ()):
        for metric in ("euclidean", "manhattan", "chebyshev", "canberra"):
            name = {"manhattan": "cityblock"}.get(metric, metric)
            expect(metric + "Distances", [x, *other], flat(cdist(x, *(other or (x,)), name)))
        expect("cosineDistances", [x, *other], flat(sk.pairwise.cosine_distances(x, *other)))
    for p in (1, 2, 3.5):
        expect("minkowskiDistances", [x, y], flat(cdist(x, y, "minkowski", p=p)), p=p)


def flat(matrix):
    return {"data": matrix.ravel(), "rows": matrix.shape[0], "columns": matrix.shape[1]}


def retrieval():
    for n, d in ((1, 2), (4, 6)):
        relevance, scores = random.integers(0, 4, (n, d)), random.integers(0, 4, (n, d)) / 4
        relevance[0], distinct = 0, random.normal(size=(n, d))
        for options in ({}, {"sampleWeight": weights(n) + 0.5}):
            for k in (None, 1, 3, 10):
                call("dcgScore", [relevance, scores], k=k, **options)
                call("ndcgScore", [relevance, scores], k=k, **options)
                call("ndcgScore", [relevance, distinct], k=k, ignoreTies=True, **options)
            call("dcgScore", [relevance - 1, scores], logBase=3, **options)
    truth = [[1, 4, 6], [2], [], [5, 7, 8, 9]]
    ranked = [[4, 2, 1, 3, 6], [1, 3], [4, 5, 6], [9, 9, 5, 1, 8]]
    for k in (1, 2, 3, 5, 10):
        seen = [list(dict.fromkeys(one))[:k] for one in ranked]
        hits = [[item in own for item in one] for one, own in zip(seen, truth)]
        found = np.array([sum(one) for one in hits])
        size = np.array([len(one) for one in truth])
        expect("precisionAtK", [truth, ranked], np.mean(found / k), k=k)
        expect("recallAtK", [truth, ranked], np.mean(found / np.maximum(size, 1)), k=k)
        expect("hitRate", [truth, ranked], np.mean(found > 0), k=k)
        expect("meanReciprocalRank", [truth, ranked], np.mean([1 / (one.index(True) + 1) if any(one) else 0 for one in hits]), k=k)
        precision = [sum(np.cumsum(one)[i] / (i + 1) for i in range(len(one)) if one[i]) for one in hits]
        expect("meanAveragePrecisionAtK", [truth, ranked], np.mean(precision / np.maximum(np.minimum(size, k), 1)), k=k)


def segmentation():
    for shape in ((30,), (5, 6)):
        y, p = random.integers(0, 4, shape), random.integers(0, 5, shape)
        for ignored in (None, 2):
            keep = y.ravel() != ignored
            a, b = y.ravel()[keep], p.ravel()[keep]
            labels = sorted(set(np.union1d(a, b)) - {ignored})
            options = {} if ignored is None else {"ignoreIndex": ignored}
            expect("meanIou", [y, p], sk.jaccard_score(a, b, labels=labels, average="macro"), **options)
            expect("diceScore", [y, p], sk.f1_score(a, b, labels=labels, average="macro"), **options)
            expect("pixelAccuracy", [y, p], sk.accuracy_score(a, b), **options)
    for noise in (0.1, 0.3):
        blocks = np.add.outer(np.arange(12) // 4 * 3, np.arange(12) // 4).ravel()
        truth = {"category": random.integers(0, 4, 9)[blocks], "instance": blocks}
        noisy = random.random(144) < noise
        guess = {key: np.where(noisy, random.integers(0, 4, 144), one) for key, one in truth.items()}
        for options in ({}, {"stuff": [1]}, {"stuff": [1, 2], "ignoreIndex": 0}):
            expect("panopticQuality", [truth, guess], panoptic(truth, guess, **options), **options)


def panoptic(truth, guess, stuff=(), ignoreIndex=None):
    """Kirillov et al. 2019, with masks instead of counts."""

    def segments(one):
        keys = [(c, None if c in stuff else i) for c, i in zip(one["category"], one["instance"])]
        return {key: np.array([other == key for other in keys]) for key in dict.fromkeys(keys) if key[0] != ignoreIndex}

    there, said = segments(truth), segments(guess)
    void = np.asarray(truth["category"]) == ignoreIndex
    rows = []
    for category in sorted({key[0] for key in [*there, *said]}):
        own = [mask for key, mask in there.items() if key[0] == category]
        other = [mask for key, mask in said.items() if key[0] == category]
        iou = np.array([[(a & b).sum() / (a | (b & ~void)).sum() for b in other] for a in own]).reshape(len(own), len(other))
        match = iou > 0.5
        hits = int(match.sum())
        wrong = sum(1 for j, b in enumerate(other) if not match[:, j].any() and (b & void).sum() / b.sum() <= 0.5)
        missed = len(own) - hits
        if hits + wrong + missed == 0:
            continue
        sq = iou[match].sum() / hits if hits else 0
        rq = hits / (hits + wrong / 2 + missed / 2)
        tally = {"truePositives": hits, "falsePositives": wrong, "falseNegatives": missed, "matchedIou": iou[match].sum()}
        rows.append({"category": category, **tally, "pq": sq * rq, "sq": sq, "rq": rq})
    means = {key: np.mean([row[key] for row in rows]) for key in ("pq", "sq", "rq")}
    return {**means, "perClass": rows}


def images():
    x = ndimage.gaussian_filter(random.normal(size=(16, 20)), 2) * 100 + 128
    y = x + random.normal(size=x.shape) * 10
    for a, b in ((x, y), (x, x), (x, 255 - x)):
        error = np.mean((a - b) ** 2)
        expect("psnr", [a, b], 10 * np.log10(255**2 / error) if error else np.inf, dataRange=255)
        expect("ssim", [a, b], similarity(a, b, 255), dataRange=255)


def similarity(x, y, limit):
    """Wang et al. 2004, as scikit-image's structural_similarity with gaussian_weights."""

    def blur(image):
        return ndimage.gaussian_filter(image, 1.5, truncate=3.5)[5:-5, 5:-5]

    c1, c2 = (0.01 * limit) ** 2, (0.03 * limit) ** 2
    mx, my = blur(x), blur(y)
    vx, vy, covariance = blur(x * x) - mx * mx, blur(y * y) - my * my, blur(x * y) - mx * my
    return np.mean((2 * mx * my + c1) * (2 * covariance + c2) / ((mx**2 + my**2 + c1) * (vx + vy + c2)))


def comparison():
    for n in (8, 60, 200):
        y = random.integers(0, 3, n)
        one, other = np.where(random.random(n) < 0.7, y, 0), np.where(random.random(n) < 0.4, y, 1)
        b, c = np.sum((one == y) & (other != y)), np.sum((one != y) & (other == y))
        for exact in (True, False):
            for correction in (True, False):
                options = {"exact": exact, "correction": correction}
                statistic = min(b, c) if exact else max(abs(b - c) - correction, 0) ** 2 / (b + c)
                p = stats.binomtest(min(b, c), b + c).pvalue if exact else stats.chi2.sf(statistic, 1)
                result = {"onlyFirst": b, "onlySecond": c, "statistic": statistic, "pValue": p}
                expect("mcnemarTest", [y, one, other], result, **options)
    for n in (6, 40):
        y = np.arange(n) % 2
        one = random.integers(0, 5, n) + y
        for other in (random.normal(size=n), one, -one):
            expect("delongTest", [y, one, other], delong(y, one, other))


def delong(y, *scores):
    """DeLong et al. 1988 with every pair of a positive and a negative."""
    above = []
    for s in scores:
        gap = s[y == 1][:, None] - s[y == 0][None, :]
        above.append((gap > 0) + (gap == 0) / 2)
    first, second = (one.mean() for one in above)
    gap = above[0] - above[1]
    error = np.sqrt(sum(np.var(gap.mean(axis), ddof=1) / gap.shape[1 - axis] for axis in (0, 1)))
    z = (first - second) / error if first != second else 0
    areas = {"aucFirst": first, "aucSecond": second, "difference": first - second}
    return {**areas, "standardError": error, "z": z, "pValue": 2 * stats.norm.sf(abs(z))}


def tables():
    """Models of scikit-learn's own tables, scored on samples that they have not seen."""
    (x, y), model = datasets.load_iris(return_X_y=True), linear_model.LogisticRegression(max_iter=1000)
    p = model.fit(x[::2], y[::2]).predict_proba(x[1::2])
    y, guess = y[1::2], p.argmax(1)
    call("rocAucScore", [y, p], multiClass="ovr")
    call("rocAucScore", [y, p], multiClass="ovo")
    call("logLoss", [y, p])
    call("topKAccuracyScore", [y, p])
    call("cohenKappaScore", [y, guess], weights="quadratic")
    call("matthewsCorrcoef", [y, guess])
    call("f1Score", [y, guess], average="macro")
    (x, y), model = datasets.load_breast_cancer(return_X_y=True), linear_model.LogisticRegression(max_iter=10000)
    p = model.fit(x[::3] / 100, y[::3]).predict_proba(x[1::3] / 100)[:, 1]
    curves(y[1::3], p)
    call("rocAucScore", [y[1::3], p], maxFpr=0.2)
    call("logLoss", [y[1::3], p])
    call("brierScoreLoss", [y[1::3], p])
    (x, y), model = datasets.load_diabetes(return_X_y=True), linear_model.LinearRegression()
    p = model.fit(x[::3], y[::3]).predict(x[1::3])
    for name in ("meanSquaredError", "meanAbsoluteError", "medianAbsoluteError", "r2Score", "explainedVarianceScore"):
        call(name, [y[1::3], p])


def corners():
    """Where a formula has a case of its own."""
    for zero in (0, 1):  # none of the classes that are asked for is there
        for name in ("precisionScore", "recallScore", "f1Score"):
            call(name, [[2, 2], [0, 2]], labels=[0, 1], average="weighted", zeroDivision=zero)
    call("logLoss", [[0, 1], [[0.300002, 0.7], [0.2, 0.800003]]])  # rows that sum to nearly 1
    for void in (4, 5, 6):  # a segment that lies to so many tenths on pixels without a class
        truth = {"category": [0] * void + [1] * (10 - void), "instance": [0] * 10}
        guess = {"category": [2] * 10, "instance": [0] * 10}
        expect("panopticQuality", [truth, guess], panoptic(truth, guess, ignoreIndex=0), ignoreIndex=0)


FAMILIES = (
    classification,
    ranking,
    probabilities,
    regression,
    information,
    distances,
    retrieval,
    segmentation,
    images,
    comparison,
    tables,
    corners,
)

if __name__ == "__main__":
    for family in FAMILIES:
        family()
    lines = ",\n".join(json.dumps(case) for case in cases)
    Path(__file__).with_suffix(".json").write_text(f"[\n{lines}\n]\n")
    print(len(cases), "cases")
