"""Colour maps: polynomials fitted to matplotlib's, printed for the source, and samples of the maps for the test.

    python3 tools/oracles/colorMaps.py     (python3-matplotlib)

The fit is by least squares, reweighted so that the largest error is as small as it can be.
"""

import json
import pathlib

import numpy as np
from matplotlib import colormaps

DEGREES = {"viridis": 7, "inferno": 8, "turbo": 9, "coolwarm": 7}
t = np.linspace(0, 1, 256)


def fit(values, degree):
    weights = np.ones_like(t)
    best = (np.inf, None)
    for _ in range(200):
        p = np.polynomial.Polynomial.fit(t, values, degree, w=np.sqrt(weights), domain=[0, 1], window=[0, 1])
        error = np.abs(p(t) - values)
        if error.max() < best[0]:
            best = (error.max(), p.coef)
        weights = weights * (error / error.max() + 1e-3)
        weights /= weights.mean()
    return best


samples = {}
for name, degree in DEGREES.items():
    rgb = np.array([colormaps[name](x)[:3] for x in t])
    fits = [fit(rgb[:, c], degree) for c in range(3)]
    print(name, "largest error", max(error for error, _ in fits))
    for k in range(degree + 1):
        print("  [" + ", ".join(f"{coefficients[k]:.9g}" for _, coefficients in fits) + "],")
    samples[name] = [[round(float(v), 4) for v in rgb[i]] for i in range(0, 256, 15)]

pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(samples) + "\n")
