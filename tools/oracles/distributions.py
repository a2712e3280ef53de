"""Values of packages/distributions by SciPy: log-densities and their gradients, entropies, means, variances, CDFs.

Run: /usr/bin/python3 tools/oracles/distributions.py, which writes distributions.json beside it.
What a distribution computes with in float32 is rounded to it first, so that both sides start from the same numbers.
Gradients are central differences of SciPy's log-densities in float64.
"""

import copy
import json
from pathlib import Path

import numpy as np
from scipy import integrate, special, stats
from scipy.special import logsumexp

GRID = 24  # points of each marginal CDF
STEP = 1e-5  # of a difference, against the scale of what is shifted

LOCATIONS = ("mean", "low", "high")
PARAMETERS = LOCATIONS + ("std", "scale", "diagonal", "logits", "concentration", "rate", "alpha", "beta", "df")


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


class Scipy(Factorized):
    """Independent elements of a family whose parameters have other names."""

    DEFAULTS = {
        "Laplace": {"mean": 0, "scale": 1},
        "Gamma": {"concentration": 1, "rate": 1},
        "Beta": {"alpha": 1, "beta": 1},
        "StudentT": {"df": None, "mean": 0, "scale": 1},
    }
    LAWS = {
        "Laplace": lambda mean, scale: stats.laplace(mean, scale),
        "Gamma": lambda concentration, rate: stats.gamma(concentration, scale=1 / rate),
        "Beta": lambda alpha, beta: stats.beta(alpha, beta),
        "StudentT": lambda df, mean, scale: stats.t(df, mean, scale),
    }

    def __init__(self, family, options):
        given = [np.asarray(options.get(name, default), float) for name, default in self.DEFAULTS[family].items()]
        self.shape = tuple(options.get("shape", np.broadcast_shapes(*(p.shape for p in given))))
        self.law = self.LAWS[family](*(np.broadcast_to(p, self.shape) for p in given))


class Dirichlet:
    def __init__(self, options):
        self.alpha = np.asarray(options["concentration"], float)
        self.shape = self.alpha.shape
        self.law = stats.dirichlet(self.alpha)

    def log_prob(self, x):
        """Written out: SciPy's refuses what a difference shifts off the simplex."""
        return special.xlogy(self.alpha - 1, x).sum(1) + special.gammaln(self.alpha.sum()) - special.gammaln(self.alpha).sum()

    def entropy(self):
        return self.law.entropy()

    def moments(self):
        return self.law.mean(), self.law.var()

    def cdf(self, x):
        return stats.beta(self.alpha, self.alpha.sum() - self.alpha).cdf(x)

    def support(self):
        return np.zeros(self.shape), np.ones(self.shape)


class Discrete:
    """Bits, classes or one-hot vectors; every point has a probability of its own, and the marginal law is a step."""

    def __init__(self, family, options):
        self.family = family
        logits = options.get("logits")
        if family == "Bernoulli":
            p = special.expit(logits) if logits is not None else np.asarray(options["probs"], float)
            self.p = np.broadcast_to(p, options.get("shape", np.shape(p)))
            self.shape = self.p.shape
        else:
            self.p = special.softmax(logits, -1) if logits is not None else np.asarray(options["probs"], float)
            self.one_hot = options.get("oneHot", False)
            self.shape = self.p.shape if self.one_hot else self.p.shape[:-1]

    def log_prob(self, x):
        if self.family == "Bernoulli":
            parts = special.xlogy(x, self.p) + special.xlog1py(1 - x, -self.p)
        else:
            hot = x if self.one_hot else np.eye(self.p.shape[-1])[x.astype(int)]
            parts = hot * np.log(self.p)
        return parts.reshape(len(x), -1).sum(1)

    def entropy(self):
        rest = special.entr(1 - self.p) if self.family == "Bernoulli" else 0
        return (special.entr(self.p) + rest).sum()

    def moments(self):
        if self.family == "Bernoulli" or self.one_hot:
            return self.p, self.p * (1 - self.p)
        classes = np.arange(self.p.shape[-1])
        mean = (self.p * classes).sum(-1)
        return mean, (self.p * (classes - mean[..., None]) ** 2).sum(-1)

    def cdf(self, x):
        if self.family == "Bernoulli" or self.one_hot:
            return (x >= 1) * self.p + (x >= 0) * (1 - self.p)
        classes = np.arange(self.p.shape[-1])
        return ((classes <= x[..., None]) * self.p).sum(-1)

    def points(self):
        rng = np.random.default_rng(3)
        if self.family == "Bernoulli":
            return (rng.random((6, *self.shape)) < 0.5).astype(float)
        chosen = rng.integers(0, self.p.shape[-1], (6, *self.p.shape[:-1]))
        return np.eye(self.p.shape[-1])[chosen] if self.one_hot else chosen.astype(float)


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
    if family in Scipy.DEFAULTS:
        return Scipy(family, options)
    if family in ("Bernoulli", "Categorical"):
        return Discrete(family, options)
    if family == "Dirichlet":
        return Dirichlet(options)
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
        slopes = [differences(lambda p: distribution.log_prob(p[None])[0], point, step_at(distribution, point, std)) for point in x]
    slopes = np.reshape(slopes, (len(x), *event))
    if isinstance(distribution, Scipy) and distribution.law.dist.name == "laplace":
        slopes = np.where(x == distribution.law.mean(), np.nan, slopes)  # a kink has two
    return slopes


def step_at(distribution, point, std):
    """A difference stays on its side of the end of a support."""
    low, high = distribution.support()
    with np.errstate(invalid="ignore"):
        room = np.minimum(np.abs(point - low), np.abs(high - point))
    # To the end of a box nothing is curved; towards that of a gamma or a beta law all is.
    curved = isinstance(distribution, (Scipy, Dirichlet)) and np.all(np.isfinite(low))
    return np.minimum(STEP * std, 1e-4 * room) if curved else STEP * std


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

    discrete = isinstance(distribution, Discrete)
    if discrete:
        x = distribution.points()
    elif isinstance(distribution, Dirichlet):
        x = distribution.law.rvs(7, random_state=0)
        x = np.maximum(x, 1e-6)
        x = x / x.sum(1, keepdims=True)
    elif family in ("Gamma", "Beta") and x is None:
        x = distribution.law.ppf(np.reshape([1e-4, 0.01, 0.2, 0.5, 0.8, 0.99, 0.9999], (-1,) + (1,) * mean.ndim))
    if x is None:
        noise = rng.standard_normal((7, *mean.shape))
        x = mean + (around([0, 0.5, 1, 1, 2, 5, 20]) - mean) * noise
    x = single(x)
    bulk = single(mean + std * rng.uniform(-1.2, 1.2, (5, *mean.shape)))
    if family in ("Gamma", "Beta"):
        bulk = single(distribution.law.ppf(rng.uniform(0.1, 0.9, (5, *mean.shape))))
    if discrete or isinstance(distribution, Dirichlet):
        bulk = x
    grid = single(around(np.linspace(-3.5, 3.5, GRID)))
    if discrete:
        grid = np.broadcast_to(np.reshape(np.arange(-1, 5) + 0.5, (-1,) + (1,) * mean.ndim), (6, *mean.shape))
    with np.errstate(divide="ignore"):
        log_prob = distribution.log_prob(x)
    entropy = distribution.entropy()
    return {
        **spec,
        "x": x.tolist(),
        "logProb": finite(log_prob),
        "gradient": None if discrete else finite(gradient_x(distribution, x, std)),
        "bulk": bulk.tolist(),
        "parameterGradients": gradient_parameters(spec, bulk),
        "entropy": None if entropy is None else float(entropy),
        "mean": mean.tolist(),
        "variance": variance.tolist(),
        "box": None if discrete or spiked(spec) else box(distribution, mean, std),
        "cdf": {"x": grid.tolist(), "p": np.round(distribution.cdf(grid), 9).tolist()},
    }


def spiked(spec):
    """Whether a sum over cells cannot give the mass: for a pole at an end, and for shares that have K - 1 dimensions."""
    shapes = {"Gamma": ["concentration"], "Beta": ["alpha", "beta"]}.get(spec["family"], [])
    return spec["family"] == "Dirichlet" or any(np.min(spec["options"].get(name, 1)) < 1 for name in shapes)


def box(distribution, mean, std):
    """[low, high] of each element: a bounded support with as much again on both sides, or 9 deviations about the mean."""
    low, high = distribution.support()
    width = np.where(np.isfinite(high - low), high - low, 0)
    bounded = width > 0
    lows = np.where(bounded, low - width, np.where(np.isfinite(low), low, mean - 9 * std))
    highs = np.where(bounded, high + width, mean + 9 * std)
    return np.stack([np.ravel(lows), np.ravel(highs)], 1).tolist()


def finite(values):
    """Nested numbers; null, since JSON has no infinity, for a log-density of minus infinity and for no gradient."""
    if np.ndim(values):
        return [finite(value) for value in values]
    return float(values) if np.isfinite(values) else None


def family_of(family):
    return lambda **options: {"family": family, "options": options}


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
    case("Laplace", {}, TAILS),
    case("Laplace", {"mean": -2, "scale": 0.3}),
    case("Laplace", {"mean": [[0], [1]], "scale": [0.5, 2]}),
    case("Gamma", {}, [-1, 0, 1e-6, 0.5, 1, 3, 30, 100]),
    case("Gamma", {"concentration": 3, "rate": 0.5}, [-1, 0, 1e-3, 0.5, 5, 6, 20, 100, 1e4]),
    case("Gamma", {"concentration": 0.3, "rate": 2}),
    case("Gamma", {"concentration": 1e4, "rate": 100}),
    case("Gamma", {"concentration": [2.5, 20], "rate": [1, 4]}),
    case("Beta", {}, [-0.5, 0, 1e-3, 0.5, 0.75, 1, 1.5]),
    case("Beta", {"alpha": 2, "beta": 5}, [-0.5, 0, 1e-6, 0.25, 0.5, 0.875, 1, 1.5]),
    case("Beta", {"alpha": 0.5, "beta": 0.7}),
    case("Beta", {"alpha": 3e3, "beta": 2e3}),
    case("Beta", {"alpha": [1, 4], "beta": [3, 4]}),
    case("StudentT", {"df": 5}, TAILS),
    case("StudentT", {"df": 30, "mean": -2, "scale": 0.3}),
    case("StudentT", {"df": 1e5, "mean": 3}),
    case("StudentT", {"df": [5, 9], "mean": [0, 1], "scale": [1, 2]}),
    case("Dirichlet", {"concentration": [2, 3, 4]}),
    case("Dirichlet", {"concentration": [0.5, 1, 1.5, 3]}),
    case("Dirichlet", {"concentration": [50, 50]}),
    case("Bernoulli", {"probs": 0.3}),
    case("Bernoulli", {"logits": [[-3, 0], [1, 2]]}),
    case("Bernoulli", {"probs": 0.1, "shape": [2, 2, 1]}),
    case("Categorical", {"probs": [0.2, 0.5, 0.3]}),
    case("Categorical", {"logits": [[1, -1, 0, 0.5], [0, 0, 2, -3]]}),
    case("Categorical", {"probs": [0.2, 0.5, 0.3], "oneHot": True}),
    case("Categorical", {"logits": [[1, -1, 0], [0, 0, 2]], "oneHot": True}),
    case(
        "Mixture",
        {
            "weights": [0.6, 0.4],
            "components": [family_of("Gamma")(concentration=2, rate=1), family_of("StudentT")(df=6, mean=5, scale=0.5)],
        },
        [-5, 0.125, 1, 4, 5, 6, 20],
    ),
]

rows = ",\n".join(json.dumps(entry, separators=(",", ":")) for entry in CASES)
(Path(__file__).parent / "distributions.json").write_text(f"[\n{rows}\n]\n")
