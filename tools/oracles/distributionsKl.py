"""KL divergences between pairs of packages/distributions, in nats: by PyTorch where it has them, else by quadrature.

Run: /usr/bin/python3 tools/oracles/distributionsKl.py, which writes distributionsKl.json beside it.
"""

import json
from pathlib import Path

import numpy as np
import torch
from scipy import integrate, stats
from torch import distributions as d

torch.set_default_dtype(torch.float64)

LAWS = {
    "Normal": lambda mean=0, std=1: stats.norm(mean, std),
    "Laplace": lambda mean=0, scale=1: stats.laplace(mean, scale),
    "Logistic": lambda mean=0, scale=1: stats.logistic(mean, scale),
    "Uniform": lambda low=0, high=1: stats.uniform(low, high - low),
    "Gamma": lambda concentration=1, rate=1: stats.gamma(concentration, scale=1 / rate),
    "Beta": lambda alpha=1, beta=1: stats.beta(alpha, beta),
    "StudentT": lambda df, mean=0, scale=1: stats.t(df, mean, scale),
}
TORCH = {
    "MultivariateNormal": lambda mean, covariance: d.MultivariateNormal(t(mean), t(covariance)),
    "Dirichlet": lambda concentration: d.Dirichlet(t(concentration)),
    "Bernoulli": lambda logits: d.Independent(d.Bernoulli(logits=t(logits)), 1),
    "Categorical": lambda logits: d.Categorical(logits=t(logits)),
}


def t(values):
    return torch.tensor(values, dtype=torch.float64)


def quadrature(p, q):
    p, q = (LAWS[family](**options) for family, options in (p, q))
    low, high = p.ppf(1e-14), p.ppf(1 - 1e-14)
    inner = p.ppf(np.linspace(0.001, 0.999, 40))

    def integrand(x):
        log_p = p.logpdf(x)
        return np.exp(log_p) * (log_p - q.logpdf(x)) if np.isfinite(log_p) else 0.0

    breaks = sorted({low, *inner, high, *(x for x in (p.mean(), q.mean()) if low < x < high)})
    return sum(integrate.quad(integrand, a, b, epsabs=1e-13, epsrel=1e-12)[0] for a, b in zip(breaks, breaks[1:]))


def divergence(p, q):
    if p[0] in LAWS and q[0] in LAWS:
        return quadrature(p, q)
    return float(d.kl_divergence(TORCH[p[0]](**p[1]), TORCH[q[0]](**q[1])))


normal = ("Normal", {"mean": 0.5, "std": 1.5})
laplace = ("Laplace", {"mean": -0.3, "scale": 0.8})
logistic = ("Logistic", {"mean": 0.7, "scale": 0.6})
uniform = ("Uniform", {"low": -1, "high": 2})
gamma = ("Gamma", {"concentration": 2.5, "rate": 1.5})
beta = ("Beta", {"alpha": 2, "beta": 3.5})
student = ("StudentT", {"df": 7, "mean": 0.2, "scale": 0.9})

PAIRS = [
    *((p, normal) for p in (("Normal", {"mean": -1, "std": 0.4}), laplace, logistic, uniform, gamma, beta, student)),
    *((p, laplace) for p in (("Laplace", {"mean": 1, "scale": 2}), normal, logistic, uniform, gamma, beta, student)),
    (("Uniform", {"low": 3, "high": 4}), laplace),
    *((p, ("Laplace", {"mean": 0.6, "scale": 0.8})) for p in (gamma, beta)),
    (beta, ("Laplace", {"mean": 2, "scale": 0.8})),
    (("StudentT", {"df": 5, "mean": 2, "scale": 0.5}), laplace),
    *((p, gamma) for p in (("Gamma", {"concentration": 0.7, "rate": 3}), beta, ("Uniform", {"low": 0, "high": 3}))),
    (("Uniform", {"low": 0.5, "high": 0.5 + 2**-13}), gamma),
    *((p, beta) for p in (("Beta", {"alpha": 0.8, "beta": 5}), ("Uniform", {}), ("Uniform", {"low": 0.3, "high": 0.4}))),
    (("Uniform", {"low": 0, "high": 1}), ("Uniform", {"low": -1, "high": 3})),
    (beta, ("Uniform", {"low": -1, "high": 3})),
    (
        ("MultivariateNormal", {"mean": [1, -2], "covariance": [[2, 0.8], [0.8, 1]]}),
        ("MultivariateNormal", {"mean": [0, 0.5], "covariance": [[1, -0.3], [-0.3, 2]]}),
    ),
    (("Dirichlet", {"concentration": [2, 3, 4]}), ("Dirichlet", {"concentration": [0.5, 1, 6]})),
    (("Bernoulli", {"logits": [-3, 0, 2]}), ("Bernoulli", {"logits": [1, 0.5, -1]})),
    (("Categorical", {"logits": [1, 0, -1]}), ("Categorical", {"logits": [0, 0.5, 2]})),
]

rows = [
    json.dumps({"p": {"family": p[0], "options": p[1]}, "q": {"family": q[0], "options": q[1]}, "kl": divergence(p, q)})
    for p, q in PAIRS
]
(Path(__file__).parent / "distributionsKl.json").write_text("[\n" + ",\n".join(rows) + "\n]\n")
