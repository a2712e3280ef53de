/**
 * The error function as an odd polynomial over an even one, after |x| is clipped at 4: within 5e-7, the way float32
 * libraries (Eigen, XLA) compute it. Coefficients from the highest power of x² down.
 */
const ERF = {
  above: [
    -2.72614225801306e-10, 2.77068142495902e-8, -2.10102402082508e-6, -5.69250639462346e-5, -7.34990630326855e-4,
    -2.954599806402e-3, -1.60960333262415e-2,
  ],
  below: [-1.45660718464996e-5, -2.13374055278905e-4, -1.68282697438203e-3, -7.37332916720468e-3, -1.42647390514189e-2],
};

const horner = (coefficients: readonly number[], x: number) => coefficients.reduce((sum, c) => sum * x + c, 0);

export function erf(x: number): number {
  const z = Math.min(4, Math.max(-4, x));
  return (z * horner(ERF.above, z * z)) / horner(ERF.below, z * z);
}

const hornerCode = (coefficients: readonly number[], x: string) =>
  coefficients.slice(1).reduce((code, c) => `(${code} * ${x} + ${c.toExponential()})`, `${coefficients[0]}`);

/** The same in WGSL. */
export const erfCode = `
fn erf(x: f32) -> f32 {
  let z = clamp(x, -4.0, 4.0);
  let s = z * z;
  return z * ${hornerCode(ERF.above, 's')} / ${hornerCode(ERF.below, 's')};
}`;
