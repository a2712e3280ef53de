import type { HostCall } from '@tenonjs/runtime';
import { type Attributes, BOUND, numbersPerComponent } from './attributes';

/** Pixels one after the other, in float64: there e⁻ʷ loses no digits that float32 has. */
class Pixels {
  /** log πₖ + Σ log P(x_c) of each component, without the weights' own norm. */
  private readonly joint: Float64Array;
  private readonly each: number;
  private readonly numbers: ArrayLike<number>;
  private readonly x: ArrayLike<number>;
  private readonly attributes: Attributes;

  constructor(numbers: ArrayLike<number>, x: ArrayLike<number>, attributes: Attributes) {
    [this.numbers, this.x, this.attributes] = [numbers, x, attributes];
    this.joint = new Float64Array(attributes.components);
    this.each = numbersPerComponent(attributes.channels);
  }

  /** The log-probability of a pixel; with `slopes`, also those of each component's for its own numbers. */
  logProb(pixel: number, slopes?: Float64Array): number {
    const { components } = this.attributes;
    const first = pixel * components * this.each;
    for (let k = 0; k < components; k++) this.joint[k] = this.component(pixel, first, k * this.each, slopes);
    return logSumExp(this.joint, 0, 1, components) - logSumExp(this.numbers, first, this.each, components);
  }

  /** Writes the gradient of a pixel's log-probability, times `by`. */
  gradient(pixel: number, by: number, slopes: Float64Array, to: { [i: number]: number }): void {
    const { components } = this.attributes;
    const first = pixel * components * this.each;
    this.logProb(pixel, slopes);
    const total = logSumExp(this.joint, 0, 1, components);
    const norm = logSumExp(this.numbers, first, this.each, components);
    for (let k = 0, i = 0; k < components; k++) {
      const share = Math.exp((this.joint[k] as number) - total);
      to[first + i] = by * (share - Math.exp((this.numbers[first + i] as number) - norm));
      for (const end = ++i + this.each - 1; i < end; i++) to[first + i] = by * share * (slopes[i] as number);
    }
  }

  /** The logit of a component and the log-probability that it gives a pixel. */
  private component(pixel: number, first: number, from: number, slopes?: Float64Array): number {
    const { channels, levels } = this.attributes;
    const { numbers, x } = this;
    const [half, top] = [(levels - 1) / 2, levels - 1];
    const at = first + from;
    let sum = numbers[at] as number;
    let follow = 1 + 2 * channels;
    for (let c = 0; c < channels; c++) {
      const level = x[pixel * channels + c] as number;
      let mean = numbers[at + 1 + c] as number;
      for (let j = 0; j < c; j++) {
        mean += Math.tanh(numbers[at + follow + j] as number) * ((x[pixel * channels + j] as number) / half - 1);
      }
      const bent = 1 - 2 / (1 + Math.exp((2 / BOUND) * (numbers[at + 1 + channels + c] as number)));
      const rest = Math.exp(-BOUND * bent); // 1 / s
      const centre = level / half - 1 - mean;
      // The cell of a level ends half a level away from it on both sides; the first and the last have no end.
      const [isTop, isZero] = [level >= top, level <= 0];
      const a = (centre + 0.5 / half) * rest;
      const b = (centre - 0.5 / half) * rest;
      const [far, near] = [isTop ? 0 : Math.exp(-Math.abs(a)), isZero ? 0 : Math.exp(-Math.abs(b))];
      const width = rest / half;
      const gap = isTop || isZero ? 0 : Math.exp(-width);
      // log σ(a) + log σ(−b) + log(1 − e⁻ʷ), in one logarithm.
      sum += Math.log((1 - gap) / ((1 + far) * (1 + near)));
      if (!isTop && a < 0) sum += a;
      if (!isZero && b > 0) sum -= b;
      if (slopes) {
        const up = isTop ? 0 : (a < 0 ? 1 : far) / (1 + far); // σ(−a)
        const down = isZero ? 0 : (b > 0 ? 1 : near) / (1 + near); // σ(b)
        const shrink = gap === 0 ? 0 : (width * gap) / (1 - gap);
        const dMean = (down - up) * rest;
        slopes[from + 1 + c] = dMean;
        slopes[from + 1 + channels + c] = (b * down - a * up - shrink) * (1 - bent * bent);
        for (let j = 0; j < c; j++) {
          const t = Math.tanh(numbers[at + follow + j] as number);
          slopes[from + follow + j] = dMean * (1 - t * t) * ((x[pixel * channels + j] as number) / half - 1);
        }
      }
      follow += c;
    }
    return sum;
  }
}

function logSumExp(values: ArrayLike<number>, first: number, stride: number, count: number): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let k = 0; k < count; k++) most = Math.max(most, values[first + k * stride] as number);
  let sum = 0;
  for (let k = 0; k < count; k++) sum += Math.exp((values[first + k * stride] as number) - most);
  return most + Math.log(sum);
}

export function logProbOnHost(call: HostCall<'numbers' | 'x', 'logProb', Attributes>): void {
  const { numbers, x } = call.inputs;
  const { logProb } = call.outputs;
  const pixels = new Pixels(numbers, x, call.attributes);
  for (let i = 0; i < logProb.length; i++) logProb[i] = pixels.logProb(i);
}

export function gradientOnHost(call: HostCall<'numbers' | 'x' | 'dy', 'dNumbers', Attributes>): void {
  const { numbers, x, dy } = call.inputs;
  const { components, channels } = call.attributes;
  const pixels = new Pixels(numbers, x, call.attributes);
  const slopes = new Float64Array(components * numbersPerComponent(channels));
  for (let i = 0; i < dy.length; i++) pixels.gradient(i, dy[i] as number, slopes, call.outputs.dNumbers);
}
