"""Values of packages/distributions by SciPy: log-densities and their gradients, entropies, means, variances, CDFs.

Run: /usr/bin/python3 tools/oracles/distributions.py, which writes distributions.json beside it.
What a distribution computes with in float32 is rounded to it first, so that both sides start from the same numbers.
Gradients are central differences of SciPy's log-densities in float64.
"""

import copy
import json
from pathlib import Path

import numpy as np
from scipy import integrate, stats
from scipy.special import logsumexp

GRID = 24  # points of each marginal CDF
STEP = 1e-5  # of a difference, against the scale of what is shifted

LOCATIONS = ("mean", "low", "high")
PARAMETERS = LOCATIONS + ("std", "scale", "diagonal", "logits")


def single(values):
    """Rounded to float32, carried in float64."""
    return np.asarray(values, np.float32).astype(np.float64)


def parameters(options, path=()):
    """Paths of the parameters that may be tensors, down through the components of mixtures."""
    for name, value in options.items():
        if name in PARAMETERS:
            yield (*path, name)
        for k, component in enumerate(value if name == "components" else []):
            yield from parameters(component["options"], (*path, name, k, "options"))


def get(options, path):
    for key in path:
        options = options[key]
    return options


def replaced(options, path, value):
    options = copy.deepcopy(options)
    get(options, path[:-1])[path[-1]] = value
    return options


class Factorized:
    """Independent elements: SciPy's own one-dimensional distribution with arrays of parameters."""

    def __init__(self, family, options):
        names = {"Normal": ("mean", "std"), "Logistic": ("mean", "scale"), "Uniform": ("low", "high")}[family]
        first, second = (np.asarray(options.get(name, default), float) for name, default in zip(names, (0, 1)))
        self.shape = tuple(options.get("shape", np.broadcast_shapes(first.shape, second.shape)))
        first, second = (np.broadcast_to(p, self.shape) for p in (first, second))
        if family == "Uniform":
            self.law = stats.uniform(first, second - first)
        else:
            self.law = {"Normal": stats.norm, "Logistic": stats.logistic}[family](first, second)

    def log_prob(self, x):
        return self.law.logpdf(x).reshape(len(x), -1).sum(1)

    def entropy(self):
        return self.law.entropy().sum()

    def moments(self):
        return self.law.mean(), self.law.var()

    def cdf(self, x):
        """Marginal CDFs at x, shape [points, ...E]."""
        return self.law.cdf(x)

    def support(self):
        return self.law.support()


class MultivariateNormal:
    def __init__(self, options):
        if "covariance" in options:
            self.covariance = np.array(options["covariance"], float)
        elif "scaleTril" in options:
            lower = np.array(options["scaleTril"], float)
            self.covariance = lower @ lower.T
        else:
            size = np.broadcast_shapes(np.shape(options["diagonal"]), np.shape(options.get("mean", 0)))
            self.covariance = np.diag(np.broadcast_to(np.asarray(options["diagonal"], float), size))
        self.shape = (len(self.covariance),)
        self.mean = np.broadcast_to(np.asarray(options.get("mean", 0), float), self.shape)
        self.law = stats.multivariate_normal(self.mean, self.covariance)

    def log_prob(self, x):
        return np.reshape(self.law.logpdf(x), len(x))

    def entropy(self):
        return self.law.entropy()

    def moments(self):
        return self.mean, np.diag(self.covariance)

    def support(self):
        return np.full(self.shape, -np.inf), np.full(self.shape, np.inf)

    def cdf(self, x):
        return stats.norm(self.mean, np.sqrt(np.diag(self.covariance))).cdf(x)


class Mixture:
    def __init__(self, options):
        logits = np.log(options["weights"]) if "weights" in options else np.asarray(options["logits"])
        self.log_weights = logits - logsumexp(logits)
        self.components = [law(spec) for spec in options["components"]]
        self.shape = self.components[0].shape

    def log_prob(self, x):
        parts = np.stack([component.log_prob(x) for component in self.components], 1)
        return logsumexp(parts + self.log_weights, axis=1)

    def entropy(self):
        """By quadrature in one and two dimensions, piecewise between the components."""
        mean, variance = self.moments()
        places = [component.moments() for component in self.components]
        edges = np.unique(np.concatenate([[m - w * np.sqrt(v), m + w * np.sqrt(v)] for m, v in places for w in (2, 12)]))
        if self.shape == ():
            return sum(self._integral(low, high) for low, high in zip(edges[:-1], edges[1:]))
        if self.shape == (2,):
            axes = [np.linspace(mean[i] - 12 * variance[i] ** 0.5, mean[i] + 12 * variance[i] ** 0.5, 2001) for i in (0, 1)]
            points = np.stack(np.meshgrid(*axes, indexing="ij"), -1).reshape(-1, 2)
            log_prob = self.log_prob(points)
            return -(np.exp(log_prob) * log_prob).sum() * (axes[0][1] - axes[0][0]) * (axes[1][1] - axes[1][0])
        return None

    def _integral(self, low, high):
        def integrand(x):
            log_prob = self.log_prob(np.array([x]))[0]
            return 0.0 if np.isneginf(log_prob) else -np.exp(log_prob) * log_prob

        return integrate.quad(integrand, low, high, epsabs=1e-10, limit=200)[0]

    def moments(self):
        weights = np.exp(self.log_weights).reshape((-1,) + (1,) * len(self.shape))
        means, variances = (np.stack(part) for part in zip(*(c.moments() for c in self.components)))
        mean = (weights * means).sum(0)
        return mean, (weights * (variances + means**2)).sum(0) - mean**2

    def support(self):
        lows, highs = zip(*(component.support() for component in self.components))
        return np.min(lows, 0), np.max(highs, 0)

    def cdf(self, x):
        return sum(np.exp(w) * c.cdf(x) for w, c in zip(self.log_weights, self.components))


def law(spec):
    family, options = spec["family"], spec["options"]
    if family == "Mixture":
        return Mixture(options)
    return MultivariateNormal(options) if family == "MultivariateNormal" else Factorized(family, options)


def differences(f, at, step):
    """Central differences of f at an array, element by element, for whatever shape f returns."""
    at = np.asarray(at, float)
    steps = np.broadcast_to(step, at.shape)
    slopes = []
    for index in np.ndindex(at.shape):
        shift = np.zeros(at.shape)
        shift[index] = steps[index]
        slopes.append((f(at + shift) - f(at - shift)) / (2 * steps[index]))
    return np.reshape(slopes, at.shape + np.shape(slopes[0]))


def gradient_x(distribution, x, std):
    """The gradient of log p at each point; NaN next to where the density is 0."""
    event = x.shape[1:]
    with np.errstate(invalid="ignore"):
        slopes = [differences(lambda p: distribution.log_prob(p[None])[0], point, STEP * std) for point in x]
    return np.reshape(slopes, (len(x), *event))


def gradient_parameters(spec, x):
    """The gradient of the sum of log p over points, for each parameter that may be a tensor."""
    gradients = {}
    for path in parameters(spec["options"]):
        owner = spec if len(path) == 1 else get(spec["options"], path[:-2])
        value = get(spec["options"], path)
        if path[-1] in LOCATIONS:
            step = STEP * np.sqrt(np.max(law(owner).moments()[1]))
        else:
            step = STEP * np.abs(value) if path[-1] != "logits" else STEP

        def total(shifted):
            return law({**spec, "options": replaced(spec["options"], path, shifted)}).log_prob(x).sum()

        gradients[".".join(str(key) for key in path if key != "options")] = differences(total, value, step).tolist()
    return gradients


def case(family, options, x=None):
    """One distribution with its values: at the given points, or on its bulk and in its tails."""
    options = copy.deepcopy(options)
    for path in parameters(options):
        options = replaced(options, path, single(get(options, path)).tolist())
    spec = {"family": family, "options": options}
    distribution = law(spec)
    mean, variance = (np.asarray(part, float) for part in distribution.moments())
    std = np.sqrt(variance)
    rng = np.random.default_rng(0)

    def around(spread):
        return mean + std * np.reshape(spread, (-1,) + (1,) * mean.ndim)

    if x is None:
        noise = rng.standard_normal((7, *mean.shape))
        x = mean + (around([0, 0.5, 1, 1, 2, 5, 20]) - mean) * noise
    x = single(x)
    bulk = single(mean + std * rng.uniform(-1.2, 1.2, (5, *mean.shape)))
    grid = single(around(np.linspace(-3.5, 3.5, GRID)))
    with np.errstate(divide="ignore"):
        log_prob = distribution.log_prob(x)
    entropy = distribution.entropy()
    return {
        **spec,
        "x": x.tolist(),
        "logProb": finite(log_prob),
        "gradient": finite(gradient_x(distribution, x, std)),
        "bulk": bulk.tolist(),
        "parameterGradients": gradient_parameters(spec, bulk),
        "entropy": None if entropy is None else float(entropy),
        "mean": mean.tolist(),
        "variance": variance.tolist(),
        "box": box(distribution, mean, std),
        "cdf": {"x": grid.tolist(), "p": np.round(distribution.cdf(grid), 9).tolist()},
    }


def box(distribution, mean, std):
    """[low, high] of each element: a bounded support with as much again on both sides, or 9 deviations about the mean."""
    low, high = distribution.support()
    width = np.where(np.isfinite(high - low), high - low, 0)
    bounded = width > 0
    lows = np.where(bounded, low - width, mean - 9 * std)
    highs = np.where(bounded, high + width, mean + 9 * std)
    return np.stack([np.ravel(lows), np.ravel(highs)], 1).tolist()


def finite(values):
    """Nested numbers; null, since JSON has no infinity, for a log-density of minus infinity and for no gradient."""
    if np.ndim(values):
        return [finite(value) for value in values]
    return float(values) if np.isfinite(values) else None


def normal(**options):
    return {"family": "Normal", "options": options}


def logistic(**options):
    return {"family": "Logistic", "options": options}


def uniform(**options):
    return {"family": "Uniform", "options": options}


def gaussian(**options):
    return {"family": "MultivariateNormal", "options": options}


def covariance(dim, seed):
    """Correlated, with scales from 0.1 to 10."""
    rng = np.random.default_rng(seed)
    factor = rng.standard_normal((dim, dim)) + np.eye(dim)
    scales = 10 ** np.linspace(-1, 1, dim) if dim > 1 else np.array([3.0])
    matrix = scales[:, None] * (factor @ factor.T + 0.5 * np.eye(dim)) * scales
    return np.round((matrix + matrix.T) / 2, 6).tolist()


TAILS = [-1e6, -1e4, -100, -30, -3, -0.5, 0, 1e-3, 0.5, 3, 30, 100, 1e4, 1e6]

CASES = [
    case("Normal", {}, TAILS),
    case("Normal", {"mean": 3.5, "std": 0.25}),
    case("Normal", {"mean": -1e3, "std": 1e-2}, [-1000.0625, -1000.03125, -1000, -999.96875, -999]),
    case("Normal", {"mean": 0, "std": 1e-15}),
    case("Normal", {"mean": 1e14, "std": 1e15}),
    case("Normal", {"mean": [0, 1, -2], "std": [0.5, 1, 4]}),
    case("Normal", {"mean": [1, 2, 3], "std": [[0.1], [10]], "shape": [2, 3]}),
    case("Normal", {"shape": [4, 4, 1]}),
    case("Logistic", {}, TAILS),
    case("Logistic", {"mean": -2, "scale": 0.3}),
    case("Logistic", {"mean": 5, "scale": 1e-4}),
    case("Logistic", {"mean": 0, "scale": 1e5}),
    case("Logistic", {"mean": [0, 1], "scale": [2, 0.5]}),
    case("Logistic", {"mean": [[0], [1]], "scale": 0.7, "shape": [2, 2]}),
    case("Uniform", {}, [-1e6, -1e-3, 0, 1e-6, 0.5, 1, 1.001, 1e6]),
    case("Uniform", {"low": -3, "high": 5}, [-4, -3, -2.5, 0, 4.75, 5, 5.5]),
    case("Uniform", {"low": 100, "high": 100.5}, [99.9, 100, 100.25, 100.5, 101]),
    case("Uniform", {"low": [-1, 0], "high": [1, 1e4]}, [[0, 0], [0, 5e3], [0, 2e4], [2, 5], [-3, -3], [1, 1e4]]),
    case("MultivariateNormal", {"mean": [1, -1, 0], "diagonal": [0.01, 1, 100]}),
    case("MultivariateNormal", {"mean": [0, 0], "diagonal": 2}),
    case("MultivariateNormal", {"mean": [2], "covariance": covariance(1, 1)}),
    case("MultivariateNormal", {"mean": [1, -2], "covariance": [[2, 0.8], [0.8, 1]]}),
    case("MultivariateNormal", {"mean": [0, 0], "covariance": [[1, -0.99], [-0.99, 1]]}),
    case("MultivariateNormal", {"covariance": covariance(3, 3)}),
    case("MultivariateNormal", {"mean": [1, 2, 3, 4], "covariance": covariance(4, 4)}),
    case("MultivariateNormal", {"mean": [0, -1, 5, 2, 0.5], "covariance": covariance(5, 5)}),
    case("MultivariateNormal", {"mean": [1, 0, -1], "scaleTril": [[2, 0, 0], [-1, 0.5, 0], [0.3, 4, 1]]}),
    case("Mixture", {"weights": [0.3, 0.7], "components": [normal(mean=-2, std=0.5), normal(mean=1, std=1)]}, TAILS),
    case(
        "Mixture",
        {"weights": [0.001, 0.999], "components": [normal(mean=50), normal(mean=-50)]},
        [-1e6, -60, -50, -1, 0, 1, 50, 60, 1e6],
    ),
    case("Mixture", {"logits": [1, -2, 0.5], "components": [logistic(), normal(mean=4, std=0.1), logistic(mean=-9)]}),
    case(
        "Mixture",
        {"weights": [0.25, 0.75], "components": [uniform(), uniform(low=0.5, high=3)]},
        [-0.5, 0, 0.25, 0.75, 2, 3, 3.5],
    ),
    case(
        "Mixture",
        {
            "weights": [0.5, 0.2, 0.3],
            "components": [
                gaussian(mean=[0, 0], covariance=[[1, 0.9], [0.9, 1]]),
                gaussian(mean=[3, -1], diagonal=[0.25, 2]),
                normal(mean=[-2, 2], std=0.4),
            ],
        },
    ),
    case(
        "Mixture",
        {
            "weights": [0.4, 0.6],
            "components": [
                {"family": "Mixture", "options": {"weights": [0.5, 0.5], "components": [normal(), normal(mean=5)]}},
                logistic(mean=-5, scale=0.5),
            ],
        },
    ),
    case(
        "Mixture",
        {"weights": [0.5, 0.5], "components": [normal(shape=[2, 2, 1]), logistic(mean=3, shape=[2, 2, 1])]},
    ),
]

rows = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in CASES)
(Path(__file__).parent / "distributions.json").write_text(f"[\n{rows}\n]\n")
