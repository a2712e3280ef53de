/** Points in (0, 1) and their weights. */
export interface Quadrature {
  points: number[];
  weights: number[];
}

/**
 * Gauss–Legendre quadrature on [0, 1]: `∫ f ≈ Σ wᵢ f(xᵢ)`, exact for polynomials up to degree 2n − 1. The points are the
 * roots of the Legendre polynomial Pₙ, by Newton's method: `w = 2 / ((1 − x²) P′ₙ(x)²)` on [−1, 1].
 */
export function gaussLegendre(n: number): Quadrature {
  const roots = Array.from({ length: n }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (n + 0.5));
    for (let step = 0; step < 8; step++) {
      const [value, slope] = legendre(n, x);
      x -= value / slope;
    }
    return x;
  });
  const weights = roots.map((x) => 1 / ((1 - x * x) * legendre(n, x)[1] ** 2));
  return { points: roots.map((x) => (x + 1) / 2), weights };
}

/** Pₙ and its derivative, by Bonnet's recursion. */
function legendre(n: number, x: number): [number, number] {
  let [before, value] = [1, x];
  for (let k = 2; k <= n; k++) [before, value] = [value, ((2 * k - 1) * x * value - (k - 1) * before) / k];
  return [value, (n * (x * value - before)) / (x * x - 1)];
}
