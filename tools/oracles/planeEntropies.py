"""The entropies of the plane densities of @tenonjs/datasets, in nats, by quadrature.

Run: /usr/bin/python3 tools/oracles/planeEntropies.py

Each density is written out here as a function and summed over a grid by the midpoint rule, twice: the finer sum is
the value, and its distance from the coarser one says how well it is known. A density with noise is smooth at the scale
of the grid, where the rule converges faster than any power of the spacing.
"""

import json
from pathlib import Path

import numpy as np
from scipy.integrate import quad
from scipy.special import i0e
from scipy.stats import norm

NOISE = 0.1


def grid_entropy(density, box, spacing):
    """-sum p ln p over cells of about `spacing` in box = (low1, high1, low2, high2), and the mass found."""
    low1, high1, low2, high2 = box
    n1, n2 = (int(round((high - low) / spacing)) for low, high in ((low1, high1), (low2, high2)))
    h1, h2 = (high1 - low1) / n1, (high2 - low2) / n2
    x2 = low2 + h2 * (np.arange(n2) + 0.5)
    mass = entropy = 0.0
    for x1 in low1 + h1 * (np.arange(n1) + 0.5):
        p = density(np.full_like(x2, x1), x2)
        mass += p.sum() * h1 * h2
        entropy -= np.where(p > 0, p * np.log(np.where(p > 0, p, 1)), 0).sum() * h1 * h2
    return entropy, mass


def bent_normal(f, std):
    return lambda x1, x2: norm.pdf(x1) * norm.pdf(x2, f(x1), std)


def checkerboard(x1, x2):
    dark = (np.floor(x1 / 2) + np.floor(x2 / 2)) % 2 == 0
    return np.where((np.abs(x1) < 4) & (np.abs(x2) < 4) & dark, 1 / 32, 0)


def smeared_curves(curves, weights):
    """The mean of normals with standard deviation NOISE around points on curves, each point with its weight."""

    def density(x1, x2):
        squared = [(x1[:, None] - c1) ** 2 + (x2[:, None] - c2) ** 2 for c1, c2 in curves]
        each = [np.exp(-d / (2 * NOISE**2)) @ weights for d in squared]
        return sum(each) / len(curves) / (2 * np.pi * NOISE**2)

    return density


def legendre(low, high, nodes):
    t, w = np.polynomial.legendre.leggauss(nodes)
    return low + (high - low) * (t + 1) / 2, w * (high - low) / 2


def two_moons():
    t, w = legendre(0, np.pi, 120)
    return smeared_curves([(np.cos(t), np.sin(t)), (1 - np.cos(t), 0.5 - np.sin(t))], w / np.pi)


def spirals():
    turn = 3 * np.pi
    t, w = legendre(0, turn, 600)  # t = turn * sqrt(u) has the density 2 t / turn^2
    arm = -np.cos(t) * t / 3, np.sin(t) * t / 3
    return smeared_curves([arm, (-arm[0], -arm[1])], w * 2 * t / turn**2)


def rings_entropy():
    """One integral over the radius, with the angle integrated exactly: the Bessel function I0."""

    def density(s):
        terms = [np.exp(-((s - r) ** 2) / (2 * NOISE**2)) * i0e(r * s / NOISE**2) for r in (1, 2, 3)]
        return sum(terms) / 3 / (2 * np.pi * NOISE**2)

    points = np.arange(0, 4.25, 0.25)
    total = lambda f: sum(quad(f, a, b, epsabs=1e-12)[0] for a, b in zip(points[:-1], points[1:]))
    mass = total(lambda s: 2 * np.pi * s * density(s))
    return total(lambda s: -2 * np.pi * s * density(s) * np.log(max(density(s), 1e-300))), mass


def pinwheel(x1, x2):
    """The turn undone by the radius, then five straight vanes."""
    radius = np.hypot(x1, x2)
    total = 0
    for k in range(5):
        angle = -(2 * np.pi * k / 5 + 0.25 * np.exp(radius / 2))
        v1 = x1 * np.cos(angle) - x2 * np.sin(angle)
        v2 = x1 * np.sin(angle) + x2 * np.cos(angle)
        total = total + norm.pdf(v1, 2, 0.6) * norm.pdf(v2, 0, 0.2)
    return total / 5


GRIDS = {
    "gaussian": (bent_normal(lambda x: 0 * x, 0.5), (-8, 8, -4, 4), 0.05),
    "crescent": (bent_normal(lambda x: 0.5 * x**2 - 1, np.exp(-1)), (-7, 7, -4, 26), 0.04),
    "crescentCubed": (bent_normal(lambda x: 0.2 * x**3, 1), (-6.5, 6.5, -60, 60), 0.04),
    "sine": (bent_normal(lambda x: np.sin(5 * x), np.exp(-1)), (-7, 7, -4, 4), 0.025),
    "abs": (bent_normal(lambda x: np.abs(x) - 1, np.exp(-1.5)), (-7, 7, -3, 8), 0.02),
    "sign": (bent_normal(lambda x: np.sign(x) + x, np.exp(-1.5)), (-7, 7, -10, 10), 0.02),
    "checkerboard": (checkerboard, (-4, 4, -4, 4), 0.1),
    "twoMoons": (two_moons(), (-1.8, 2.8, -1.3, 1.8), 0.02),
    "spirals": (spirals(), (-4, 4, -4, 4), 0.025),
    "pinwheel": (pinwheel, (-6, 6, -6, 6), 0.01),
}

values = {}
for name, (density, box, spacing) in GRIDS.items():
    (fine, mass), (coarse, _) = (grid_entropy(density, box, h) for h in (spacing, 2 * spacing))
    values[name] = {"entropy": round(fine, 6), "mass": round(mass, 8), "uncertainty": float(f"{abs(fine - coarse):.1e}")}
entropy, mass = rings_entropy()
values["rings"] = {"entropy": round(entropy, 6), "mass": round(mass, 8), "uncertainty": 1e-9}

Path(__file__).with_suffix(".json").write_text(json.dumps(values, indent=2) + "\n")
for name, value in values.items():
    print(f"{name:14s} {value}")
