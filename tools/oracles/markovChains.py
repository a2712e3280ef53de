"""Effective sample sizes and R-hat of chains, by the formulas of Vehtari et al. 2021 in NumPy with FFTs, as ArviZ has them.

Run: /usr/bin/python3 tools/oracles/markovChains.py, which writes markovChains.json beside it.
"""

import json
from pathlib import Path

import numpy as np
from scipy import stats


def split(chains):
    half = chains.shape[1] // 2
    return np.concatenate([chains[:, :half], chains[:, -half:]])


def autocovariance(chains):
    n = chains.shape[1]
    centred = chains - chains.mean(1, keepdims=True)
    spectrum = np.fft.rfft(centred, 2 * n, axis=1)
    return np.fft.irfft(np.abs(spectrum) ** 2, 2 * n, axis=1)[:, :n] / n


def size(chains):
    m, n = chains.shape
    if np.ptp(chains) == 0:
        return float(m * n)
    acov = autocovariance(chains)
    mean_var = acov[:, 0].mean() * n / (n - 1)
    var_plus = mean_var * (n - 1) / n + (chains.mean(1).var(ddof=1) if m > 1 else 0)
    rho = np.zeros(n)
    rho[0] = even = 1.0
    rho[1] = odd = 1 - (mean_var - acov[:, 1].mean()) / var_plus
    t = 1
    while t < n - 3 and even + odd > 0:
        even = 1 - (mean_var - acov[:, t + 1].mean()) / var_plus
        odd = 1 - (mean_var - acov[:, t + 2].mean()) / var_plus
        if even + odd >= 0:
            rho[t + 1], rho[t + 2] = even, odd
        t += 2
    max_t = t - 2
    if even > 0:
        rho[max_t + 1] = even
    t = 1
    while t <= max_t - 2:
        if rho[t + 1] + rho[t + 2] > rho[t - 1] + rho[t]:
            rho[t + 1] = rho[t + 2] = (rho[t - 1] + rho[t]) / 2
        t += 2
    tau = max(-1 + 2 * rho[: max_t + 1].sum() + rho[max_t + 1], 1 / np.log10(m * n))
    return m * n / tau


def scores(chains):
    ranks = stats.rankdata(chains, method="average").reshape(chains.shape)
    return stats.norm.ppf((ranks - 3 / 8) / (chains.size + 1 / 4))


def plain_r_hat(chains):
    n = chains.shape[1]
    between = n * chains.mean(1).var(ddof=1)
    within = chains.var(1, ddof=1).mean()
    return np.sqrt((between / within + n - 1) / n)


def r_hat(chains):
    halves = split(chains)
    folded = np.abs(halves - np.median(halves))
    return max(plain_r_hat(scores(halves)), plain_r_hat(scores(folded)))


def tail(chains):
    return min(size(split((chains <= np.quantile(chains, q)).astype(float))) for q in (0.05, 0.95))


def case(chains):
    chains = np.round(chains, 4)
    return {
        "chains": chains.tolist(),
        "mean": size(split(chains)),
        "bulk": size(scores(split(chains))),
        "tail": tail(chains),
        "plain": plain_r_hat(split(chains)),
        "ranked": r_hat(chains),
    }


def autoregressive(m, n, rho, rng):
    x = np.zeros((m, n))
    x[:, 0] = rng.standard_normal(m)
    for t in range(1, n):
        x[:, t] = rho * x[:, t - 1] + np.sqrt(1 - rho**2) * rng.standard_normal(m)
    return x


rng = np.random.default_rng(5)
CASES = [
    case(rng.standard_normal((4, 50))),
    case(autoregressive(4, 101, 0.9, rng)),
    case(autoregressive(2, 80, -0.7, rng)),
    case(autoregressive(1, 60, 0.5, rng)),
    case(autoregressive(3, 60, 0.5, rng) + np.array([[0], [0], [2]])),
    case(rng.standard_normal((4, 60)) * np.array([[1], [1], [1], [4]])),
    case(rng.standard_cauchy((4, 60))),
    case(rng.integers(0, 3, (3, 40)).astype(float)),
    case(rng.standard_normal((2, 9))),
]
rows = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in CASES)
(Path(__file__).parent / "markovChains.json").write_text(f"[\n{rows}\n]\n")
