"""Fits of scikit-learn's GaussianMixture, step by step, for packages/distributions/src/gaussianMixture.

Run: /usr/bin/python3 tools/oracles/gaussianMixture.py, which writes gaussianMixture.json beside it.
"""

import json
import warnings
from pathlib import Path

import numpy as np
from sklearn.mixture import GaussianMixture

warnings.simplefilter("ignore")  # that one step does not converge is the point
rng = np.random.default_rng(3)
points = np.concatenate(
    [
        rng.multivariate_normal([0, 0], [[1, 0.8], [0.8, 1]], 40),
        rng.multivariate_normal([4, 1], [[0.3, 0], [0, 2]], 30),
        rng.multivariate_normal([-2, 4], [[0.5, -0.2], [-0.2, 0.3]], 20),
    ]
)
points = np.round(points, 4)
START = {
    "weights": [0.3, 0.3, 0.4],
    "means": [[1, 1], [3, 0], [-1, 3]],
}


def full(covariances, kind):
    if kind == "tied":
        return [covariances.tolist()] * 3
    if kind == "spherical":
        return [(np.eye(2) * value).tolist() for value in covariances]
    return [np.diag(value).tolist() for value in covariances] if kind == "diag" else np.asarray(covariances).tolist()


def fit(kind, steps, tolerance):
    precisions = {
        "full": np.array([np.eye(2)] * 3),
        "tied": np.eye(2),
        "diag": np.ones((3, 2)),
        "spherical": np.ones(3),
    }[kind]
    model = GaussianMixture(
        3,
        covariance_type=kind,
        tol=tolerance,
        max_iter=steps,
        weights_init=START["weights"],
        means_init=START["means"],
        precisions_init=precisions,
    ).fit(points)
    return model


def case(kind):
    model = fit(kind, 200, 1e-4)
    history = [fit(kind, steps, 0).lower_bound_ for steps in range(1, model.n_iter_ + 1)]
    return {
        "covariance": {"diag": "diagonal"}.get(kind, kind),
        "history": history,
        "weights": model.weights_.tolist(),
        "means": model.means_.tolist(),
        "covariances": full(model.covariances_, kind),
        "score": model.score(points),
    }


result = {"points": points.tolist(), "start": START, "fits": [case(kind) for kind in ("full", "tied", "diag", "spherical")]}
(Path(__file__).parent / "gaussianMixture.json").write_text(json.dumps(result, separators=(",", ":")) + "\n")
