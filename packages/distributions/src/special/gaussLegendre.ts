/**
 * The nodes and weights of Gauss–Legendre quadrature on [0, 1]: `∫₀¹ f ≈ Σ wᵢ f(xᵢ)`, exact for polynomials of degree
 * 2n − 1. The nodes are the zeros of Legendre's polynomial, by Newton's method.
 *
 * Reference: Press et al., "Numerical Recipes", 3rd ed., 2007, §4.6.
 */
export function gaussLegendre(n: number): { nodes: number[]; weights: number[] } {
  const points = Array.from({ length: n }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    let { value, slope } = legendre(n, x);
    for (let step = 0; step < 5; step++) {
      x -= value / slope;
      ({ value, slope } = legendre(n, x));
    }
    return { node: (1 - x) / 2, weight: 1 / ((1 - x * x) * slope * slope) };
  });
  return { nodes: points.map(({ node }) => node), weights: points.map(({ weight }) => weight) };
}

/** Pₙ(x) and its derivative, by the recurrence in n. */
function legendre(n: number, x: number): { value: number; slope: number } {
  let [before, value] = [0, 1];
  for (let k = 1; k <= n; k++) {
    [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
  }
  return { value, slope: (n * (x * value - before)) / (x * x - 1) };
}
