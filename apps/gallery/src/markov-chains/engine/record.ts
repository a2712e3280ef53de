import { effectiveSampleSize, rHat } from '@tenonjs/distributions';
import { LAGS } from '../protocol';

/** The share of every chain that is left out of what is said of it: it may still be on its way to where the density is. */
const WARM_UP = 0.2;

/** Where the chains have been. */
export class Record {
  readonly chains: number;
  readonly #states: number[] = [];

  constructor(chains: number) {
    this.chains = chains;
  }

  get steps(): number {
    return this.#states.length / (2 * this.chains);
  }

  /** @param states - [chains, 2]. */
  add(states: ArrayLike<number>): void {
    for (let i = 0; i < 2 * this.chains; i++) this.#states.push(states[i] as number);
  }

  /** A coordinate of each chain after the warm-up. */
  series(axis: 0 | 1): Float64Array[] {
    const first = Math.floor(WARM_UP * this.steps);
    return Array.from({ length: this.chains }, (_, chain) =>
      Float64Array.from(
        { length: this.steps - first },
        (_, t) => this.#states[2 * ((first + t) * this.chains + chain) + axis] as number,
      ),
    );
  }

  /** How many states lie in each cell of the picture's raster after the warm-up, the top row first, [size, size]. */
  histogram(half: number, size: number): Float32Array<ArrayBuffer> {
    const counts = new Float32Array(size * size);
    const first = 2 * this.chains * Math.floor(WARM_UP * this.steps);
    for (let i = first; i < this.#states.length; i += 2) {
      const column = cellOf(this.#states[i] as number, half, size);
      const row = size - 1 - cellOf(this.#states[i + 1] as number, half, size);
      if (column >= 0 && column < size && row >= 0 && row < size) (counts[row * size + column] as number)++;
    }
    return counts;
  }
}

const cellOf = (value: number, half: number, size: number) => Math.floor(((value + half) / (2 * half)) * size);

/** What the chains say of themselves. */
export interface Diagnosis {
  /** The larger one of both coordinates' R̂; nothing before there are enough steps. */
  rHat: number | undefined;
  /** The smaller one of both coordinates' effective sample sizes. */
  size: number | undefined;
  /** Of x, over lags 0, 1, …, the mean over chains, [LAGS]. */
  autocorrelation: Float32Array<ArrayBuffer>;
}

export function diagnosisOf(record: Record): Diagnosis {
  const [x, y] = [record.series(0), record.series(1)];
  const enough = (x[0]?.length ?? 0) >= 8;
  return {
    rHat: enough ? Math.max(rHat(x), rHat(y)) : undefined,
    size: enough ? Math.min(effectiveSampleSize(x), effectiveSampleSize(y)) : undefined,
    autocorrelation: autocorrelationOf(x),
  };
}

/** `ρ(k) = Σ (xₜ − m)(xₜ₊ₖ − m) / Σ (xₜ − m)²` with the mean m of all chains, so that chains apart are seen to be. */
export function autocorrelationOf(chains: readonly Float64Array[]): Float32Array<ArrayBuffer> {
  const n = chains[0]?.length ?? 0;
  const mean = chains.reduce((sum, chain) => sum + chain.reduce((a, b) => a + b, 0), 0) / (n * chains.length);
  const at = (lag: number) =>
    chains.reduce((sum, chain) => {
      for (let t = lag; t < n; t++) sum += ((chain[t] as number) - mean) * ((chain[t - lag] as number) - mean);
      return sum;
    }, 0);
  const all = at(0);
  return Float32Array.from({ length: LAGS }, (_, lag) => (all > 0 && lag < n ? at(lag) / all : Number.NaN));
}

/** How far shares are from what they should be: `½ Σ |p − q|`, 0 when equal, 1 when apart. */
export function totalVariation(counts: ArrayLike<number>, expected: ArrayLike<number>): number {
  const total = (values: ArrayLike<number>) => Array.prototype.reduce.call(values, (a, b) => a + b, 0) as number;
  const [n, m] = [total(counts), total(expected)];
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += Math.abs((counts[i] as number) / n - (expected[i] as number) / m);
  return sum / 2;
}
