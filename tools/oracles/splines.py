"""Rational-quadratic splines in float64: values, slopes by automatic differentiation, inverses by bisection.

    /usr/bin/python3 tools/oracles/splines.py > tools/oracles/splines.json

Durkan, Bekasov, Murray, Papamakarios, "Neural spline flows", 2019, appendix A.1, with the shares and slopes of
packages/runtime/src/ops/spline: at least 1e-3 of the interval each, log-slopes 5 tanh(raw / 5).
"""

import json

import torch

torch.manual_seed(7)
BOUND, BINS = 3.0, 5


def sizes(raw):
    return 2 * BOUND * (1e-3 + (1 - 1e-3 * len(raw)) * torch.softmax(raw, 0))


def spline(x, raw_widths, raw_heights, raw_slopes):
    if abs(float(x)) > BOUND:
        return x + 0
    xs = torch.cat([torch.zeros(1), torch.cumsum(sizes(raw_widths), 0)]) - BOUND
    ys = torch.cat([torch.zeros(1), torch.cumsum(sizes(raw_heights), 0)]) - BOUND
    ends = torch.zeros(1)
    d = torch.exp(5 * torch.tanh(torch.cat([ends, raw_slopes, ends]) / 5))
    k = int(torch.searchsorted(xs[1:-1].contiguous(), x.detach()))
    s = (ys[k + 1] - ys[k]) / (xs[k + 1] - xs[k])
    xi = (x - xs[k]) / (xs[k + 1] - xs[k])
    above = (ys[k + 1] - ys[k]) * (s * xi**2 + d[k] * xi * (1 - xi))
    return ys[k] + above / (s + (d[k + 1] + d[k] - 2 * s) * xi * (1 - xi))


def inverse(y, *raw):
    low, high = -4.0, 4.0
    for _ in range(80):
        middle = (low + high) / 2
        if float(spline(torch.tensor(middle), *raw)) < y:
            low = middle
        else:
            high = middle
    return (low + high) / 2


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    cases = []
    for spread in (0.5, 2.0, 3.0):
        raw = [spread * torch.randn(n) for n in (BINS, BINS, BINS - 1)]
        for at in (-3.5, -3.0, -2.4, -1.1, -0.2, 0.6, 1.7, 2.9, 3.2):
            x = torch.tensor(at, requires_grad=True)
            y = spline(x, *raw)
            (slope,) = torch.autograd.grad(y, x)
            back = torch.tensor(inverse(at, *raw) if abs(at) < BOUND else at, requires_grad=True)
            (slope_back,) = torch.autograd.grad(spline(back, *raw), back)
            cases.append(
                {
                    "parameters": torch.cat(raw).tolist(),
                    "x": at,
                    "y": float(y),
                    "logSlope": float(torch.log(slope)),
                    "inverse": float(back),
                    "slopeAtInverse": float(slope_back),
                }
            )
    print(json.dumps({"bound": BOUND, "bins": BINS, "cases": cases}, indent=1))
