"""Values of packages/distributions/src/special by SciPy and, where SciPy has none, by mpmath.

Run: /usr/bin/python3 tools/oracles/specialFunctions.py, which writes specialFunctions.json beside it.
Arguments are rounded to float32 first, so that both sides start from the same numbers.
"""

import json
from pathlib import Path

import mpmath
import numpy as np
from scipy import special

mpmath.mp.dps = 30


def single(values):
    """Rounded to float32, carried in float64."""
    return np.asarray(values, np.float32).astype(np.float64)


def difference(f, at):
    """The derivative of a function of mpmath numbers."""
    step = mpmath.mpf(10) ** -10 * at
    return float((f(at + step) - f(at - step)) / (2 * step))


def gamma_like():
    roots = [1, 2, 1.0000001, 0.9999999, 1.9999999, 2.0000002, 1.4616321, 1.46163]
    x = single(np.concatenate([10.0 ** np.linspace(-12, 8, 81), np.linspace(0.05, 6, 80), roots]))
    return {
        "x": x.tolist(),
        "lgamma": [float(mpmath.loggamma(value)) for value in x],
        "digamma": special.digamma(x).tolist(),
        "trigamma": special.polygamma(1, x).tolist(),
        "tetragamma": special.polygamma(2, x).tolist(),
    }


def incomplete_gamma():
    rows = []
    for a in single([1e-3, 0.01, 0.1, 0.5, 0.9, 1, 1.5, 3, 10, 50, 300, 2000, 1e4]):
        quantiles = special.gammaincinv(a, [1e-6, 1e-3, 0.05, 0.3, 0.5, 0.7, 0.95, 0.999, 1 - 1e-6])
        for x in single(np.concatenate([quantiles[quantiles > 1e-30], [a / 2, 2 * a, a + 1]])):
            lower, upper = special.gammainc(a, x), special.gammaincc(a, x)
            if min(lower, upper) < 1e-37:
                continue
            slope = None
            if a < 500:
                at = mpmath.mpf(x)
                slope = difference(lambda own: mpmath.gammainc(own, 0, at, regularized=True), mpmath.mpf(a))
            rows.append([a, x, lower, upper, slope])
    return rows


def incomplete_beta():
    rows = []
    for a in single([0.01, 0.1, 0.5, 1, 2.5, 30, 400, 1e4]):
        for b in single([0.02, 0.5, 1, 3, 50, 1000, 1e4]):
            quantiles = special.betaincinv(a, b, [1e-6, 0.01, 0.2, 0.5, 0.8, 0.99, 1 - 1e-6])
            for x in single(np.concatenate([quantiles, [a / (a + b)]])):
                if not 1e-30 < x < 1:
                    continue
                slopes = [None, None]
                if max(a, b) < 100:
                    at, p, q = (mpmath.mpf(value) for value in (x, a, b))
                    slopes = [
                        difference(lambda own: mpmath.betainc(own, q, 0, at, regularized=True), p),
                        difference(lambda own: mpmath.betainc(p, own, 0, at, regularized=True), q),
                    ]
                rows.append([a, b, x, special.betainc(a, b, x), *slopes])
    return rows


def normal_law():
    z = single(np.linspace(-12, 8, 161))
    p = single([1e-30, 1e-12, 1e-6, 0.001, 0.05, 0.075, 0.08, 0.3, 0.5, 0.7, 0.92, 0.93, 0.999, 0.999999])
    return {"z": z.tolist(), "cdf": special.ndtr(z).tolist(), "p": p.tolist(), "icdf": special.ndtri(p).tolist()}


tables = {
    "gamma": gamma_like(),
    "incompleteGamma": incomplete_gamma(),
    "incompleteBeta": incomplete_beta(),
    "normal": normal_law(),
}
rows = ",\n".join(f'"{name}":{json.dumps(table, separators=(",", ":"))}' for name, table in tables.items())
(Path(__file__).parent / "specialFunctions.json").write_text(f"{{\n{rows}\n}}\n")
