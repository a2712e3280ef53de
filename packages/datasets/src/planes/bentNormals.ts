import { normalEntropy, type PlaneDensity } from './planeDensity';

/**
 * Two normals, the second around a curve of the first:
 *
 *     x₁ ~ N(0, 1),   x₂ ~ N(f(x₁), std²),   entropy ln 2πe + ln std
 *
 * The curve moves points along x₂ only, so it changes no volume, and the entropy is that of the two normals.
 */
function bentNormal(f: (x1: number) => number, std: number): PlaneDensity {
  return {
    draw(random) {
      const x1 = random.normal();
      return [x1, f(x1) + std * random.normal()];
    },
    entropy: normalEntropy(1) + normalEntropy(std),
  };
}

/**
 * The six planes with normal marginals and normal noise.
 *
 * Reference: Durkan, Bekasov, Murray, Papamakarios, "Neural spline flows", 2019, the plane data of its code.
 */
export const bentNormals = {
  gaussian: bentNormal(() => 0, 0.5),
  crescent: bentNormal((x1) => 0.5 * x1 ** 2 - 1, Math.exp(-1)),
  crescentCubed: bentNormal((x1) => 0.2 * x1 ** 3, 1),
  sine: bentNormal((x1) => Math.sin(5 * x1), Math.exp(-1)),
  abs: bentNormal((x1) => Math.abs(x1) - 1, Math.exp(-1.5)),
  sign: bentNormal((x1) => Math.sign(x1) + x1, Math.exp(-1.5)),
};
