import type { HostCall } from '../../tfjs/ops/hostKernel';
import { hostActivations } from '../activations/host';
import type { NormAttributes } from './affine';

type Forward = HostCall<'x' | 'gamma' | 'beta' | 'residual', 'y' | 'mean' | 'variance', NormAttributes>;

export function batchNormOnHost({ inputs, outputs: { y, mean, variance }, attributes }: Forward): void {
  const { x, gamma, beta, residual } = inputs;
  const { epsilon, activation, alpha } = attributes;
  const { value } = hostActivations[activation];
  const columns = mean.length;
  const rows = x.length / columns;
  const [middles, spreads] = [new Float64Array(columns), new Float64Array(columns)];
  for (let i = 0; i < x.length; ) {
    for (let c = 0; c < columns; c++, i++) middles[c] = (middles[c] as number) + (x[i] as number) / rows;
  }
  for (let i = 0; i < x.length; ) {
    for (let c = 0; c < columns; c++, i++) {
      spreads[c] = (spreads[c] as number) + ((x[i] as number) - (middles[c] as number)) ** 2 / rows;
    }
  }
  mean.set(middles);
  variance.set(spreads);
  const scales = spreads.map((spread, c) => (gamma?.[c] ?? 1) / Math.sqrt(spread + epsilon));
  const shifts = middles.map((middle, c) => (beta?.[c] ?? 0) - middle * (scales[c] as number));
  for (let i = 0; i < x.length; ) {
    for (let c = 0; c < columns; c++, i++) {
      const z = (x[i] as number) * (scales[c] as number) + (shifts[c] as number);
      y[i] = value(residual === undefined ? z : z + (residual[i] as number), alpha);
    }
  }
}

type BackwardInputs = 'x' | 'gamma' | 'beta' | 'residual' | 'dy' | 'mean' | 'variance';
type Backward = HostCall<BackwardInputs, 'dx' | 'dz' | 'dGamma' | 'dBeta', NormAttributes>;

export function batchNormGradientOnHost({ inputs, outputs: { dx, dz, dGamma, dBeta }, attributes }: Backward): void {
  const { x, gamma, beta, residual, dy, mean, variance } = inputs;
  const { epsilon, activation, alpha } = attributes;
  const { slope } = hostActivations[activation];
  const columns = mean.length;
  const rows = x.length / columns;
  const inverses = Float64Array.from(variance, (spread) => 1 / Math.sqrt(spread + epsilon));
  const [products, sums] = [new Float64Array(columns), new Float64Array(columns)];
  const normalAt = (i: number, c: number) => ((x[i] as number) - (mean[c] as number)) * (inverses[c] as number);
  for (let i = 0; i < x.length; ) {
    for (let c = 0; c < columns; c++, i++) {
      const normal = normalAt(i, c);
      const z = normal * (gamma?.[c] ?? 1) + (beta?.[c] ?? 0) + (residual?.[i] ?? 0);
      const d = (dy[i] as number) * slope(z, alpha);
      if (dz !== undefined) dz[i] = d;
      products[c] = (products[c] as number) + d * normal;
      sums[c] = (sums[c] as number) + d;
    }
  }
  dGamma.set(products);
  dBeta.set(sums);
  const above = dz ?? dy;
  for (let i = 0; i < x.length; ) {
    for (let c = 0; c < columns; c++, i++) {
      const away = ((sums[c] as number) + normalAt(i, c) * (products[c] as number)) / rows;
      dx[i] = (gamma?.[c] ?? 1) * (inverses[c] as number) * ((above[i] as number) - away);
    }
  }
}
