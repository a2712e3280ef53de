import type { Numbers } from '../../tfjs/ops/heap';
import type { HostCall } from '../../tfjs/ops/hostKernel';
import type { NormalizeAttributes } from './segments';

type Forward = HostCall<'x' | 'gamma' | 'beta', 'y', NormalizeAttributes>;
type Backward = HostCall<'x' | 'gamma' | 'dy', 'dx' | 'dGamma' | 'dBeta', NormalizeAttributes>;

/** Calls `visit(start)` for the runs of `width` numbers of segment [b, g]. */
function eachRun({ places, groups, width }: NormalizeAttributes, b: number, g: number, visit: (start: number) => void) {
  for (let place = 0; place < places; place++) visit(((b * places + place) * groups + g) * width);
}

/** Mean and 1/σ of segment [b, g], in float64. */
function statistics(
  x: Numbers,
  attributes: NormalizeAttributes,
  b: number,
  g: number,
): [mean: number, inverse: number] {
  const { places, width, epsilon, centered } = attributes;
  const count = places * width;
  let sum = 0;
  if (centered) {
    eachRun(attributes, b, g, (start) => {
      for (let i = start; i < start + width; i++) sum += x[i] as number;
    });
  }
  const mean = sum / count;
  let squares = 0;
  eachRun(attributes, b, g, (start) => {
    for (let i = start; i < start + width; i++) squares += ((x[i] as number) - mean) ** 2;
  });
  return [mean, 1 / Math.sqrt(squares / count + epsilon)];
}

export function normalizeOnHost({ inputs: { x, gamma, beta }, outputs: { y }, attributes }: Forward): void {
  const { batch, groups, width } = attributes;
  for (let b = 0; b < batch; b++) {
    for (let g = 0; g < groups; g++) {
      const [mean, inverse] = statistics(x, attributes, b, g);
      eachRun(attributes, b, g, (start) => {
        for (let k = 0; k < width; k++) {
          const scale = gamma === undefined ? inverse : inverse * (gamma[g * width + k] as number);
          const shift = beta === undefined ? 0 : (beta[g * width + k] as number);
          y[start + k] = ((x[start + k] as number) - mean) * scale + shift;
        }
      });
    }
  }
}

export function normalizeGradientOnHost({ inputs, outputs, attributes }: Backward): void {
  const { x, gamma, dy } = inputs;
  const { dx, dGamma, dBeta } = outputs;
  const { batch, places, groups, width, centered } = attributes;
  const count = places * width;
  const [gammaSums, betaSums] = [new Float64Array(groups * width), new Float64Array(groups * width)];
  for (let b = 0; b < batch; b++) {
    for (let g = 0; g < groups; g++) {
      const [mean, inverse] = statistics(x, attributes, b, g);
      let [sum, product] = [0, 0];
      eachRun(attributes, b, g, (start) => {
        for (let k = 0; k < width; k++) {
          const normal = ((x[start + k] as number) - mean) * inverse;
          const d = dy[start + k] as number;
          const c = g * width + k;
          betaSums[c] = (betaSums[c] as number) + d;
          gammaSums[c] = (gammaSums[c] as number) + d * normal;
          const scaled = gamma === undefined ? d : d * (gamma[c] as number);
          sum += scaled;
          product += scaled * normal;
        }
      });
      const [away, along] = [centered ? sum / count : 0, product / count];
      eachRun(attributes, b, g, (start) => {
        for (let k = 0; k < width; k++) {
          const normal = ((x[start + k] as number) - mean) * inverse;
          const d = dy[start + k] as number;
          const scaled = gamma === undefined ? d : d * (gamma[g * width + k] as number);
          dx[start + k] = inverse * (scaled - away - normal * along);
        }
      });
    }
  }
  dGamma?.set(gammaSums);
  dBeta?.set(betaSums);
}
