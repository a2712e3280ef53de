import type * as tf from '@tensorflow/tfjs-core';
import { normalQuantile } from '../special/normalQuantile';

/** One number of several chains of one length, in the order of their steps. */
export type ChainValues = readonly ArrayLike<number>[];

/**
 * How many independent draws would tell as much of the mean as these do: N / τ with τ = −1 + 2 Σ ρ̂ₜ, the autocorrelations
 * of the chains, halved, summed while pairs of them are positive and do not grow (Geyer's sequences).
 *
 * @param chains - at least one, of 4 numbers or more.
 * @param options.kind - 'mean': of the numbers as they are; 'bulk': of their normal scores, which have moments whatever the
 *   law; 'tail': the smaller one of the shares below the 5% and the 95% quantile.
 * @throws RangeError when the chains are not of one length of 4 or more.
 *
 * Reference: Vehtari, Gelman, Simpson, Carpenter, Bürkner, "Rank-normalization, folding, and localization", 2021, §3.
 *
 * @example
 * const n = effectiveSampleSize([firstChain, secondChain], { kind: 'bulk' });
 */
export function effectiveSampleSize(
  chains: ChainValues,
  { kind = 'bulk' }: { kind?: 'mean' | 'bulk' | 'tail' } = {},
): number {
  const halves = split('effectiveSampleSize', chains);
  if (kind === 'mean') return sizeOf(halves);
  if (kind === 'bulk') return sizeOf(normalScores(halves));
  const sorted = chains.flatMap((chain) => Array.from(chain)).sort((a, b) => a - b);
  return Math.min(
    ...[0.05, 0.95].map((share) => {
      const limit = quantile(sorted, share);
      return sizeOf(halves.map((half) => half.map((value) => (value <= limit ? 1 : 0))));
    }),
  );
}

/**
 * By how much the spread of all chains is larger than that of each: near 1 when they have mixed, above 1.01 when not.
 *
 *     R̂ = √((B / W + n − 1) / n)
 *
 * with W the mean variance within a half chain of length n, and B n times the variance of their means. Rank-normalised, it
 * is the larger one of R̂ of the normal scores, and of those of the distances from the median, which sees chains that
 * differ in spread.
 *
 * @param chains - at least one, of 4 numbers or more.
 * @param options.rankNormalized - whether; otherwise it is the plain split R̂ of Gelman and Rubin.
 * @throws RangeError when the chains are not of one length of 4 or more.
 *
 * Reference: Vehtari, Gelman, Simpson, Carpenter, Bürkner, "Rank-normalization, folding, and localization", 2021, §4.
 *
 * @example
 * const mixed = rHat([firstChain, secondChain]) < 1.01;
 */
export function rHat(chains: ChainValues, { rankNormalized = true }: { rankNormalized?: boolean } = {}): number {
  const halves = split('rHat', chains);
  if (!rankNormalized) return plainRHat(halves);
  const middle = quantile(
    halves.flat().sort((a, b) => a - b),
    0.5,
  );
  const folded = halves.map((half) => half.map((value) => Math.abs(value - middle)));
  return Math.max(plainRHat(normalScores(halves)), plainRHat(normalScores(folded)));
}

/** What the chains say of one element of the event. */
export interface Diagnosis {
  mean: number;
  std: number;
  rHat: number;
  /** Effective sample sizes. */
  bulk: number;
  tail: number;
}

/**
 * Mean, spread, R̂ and effective sample sizes of each element of an event.
 *
 * @param draws - [draws, chains, ...E], as the samplers return them; read back once.
 * @returns one for each element, in the order of the elements.
 * @throws RangeError when `draws` is not [draws, chains, ...E] with 4 draws or more.
 *
 * @example
 * const [first] = await diagnose(draws);
 */
export async function diagnose(draws: tf.Tensor): Promise<Diagnosis[]> {
  const [n, chains, ...event] = draws.shape;
  if (n === undefined || chains === undefined) {
    throw new RangeError(`diagnose: draws must be [draws, chains, ...E], got [${draws.shape}]`);
  }
  const size = event.reduce((product, length) => product * length, 1);
  const data = await draws.data();
  return Array.from({ length: size }, (_, e) => {
    const values = Array.from({ length: chains }, (_, c) =>
      Float64Array.from({ length: n }, (_, t) => data[(t * chains + c) * size + e] as number),
    );
    const all = values.flatMap((chain) => [...chain]);
    const mean = meanOf(all);
    const bulk = effectiveSampleSize(values);
    const tail = effectiveSampleSize(values, { kind: 'tail' });
    return { mean, std: Math.sqrt(varianceOf(all)), rHat: rHat(values), bulk, tail };
  });
}

/** Each chain as two of half its length; of an odd one the middle is left out. */
function split(caller: string, chains: ChainValues): number[][] {
  const n = chains[0]?.length ?? 0;
  if (n < 4 || chains.some((chain) => chain.length !== n)) {
    throw new RangeError(
      `${caller}: chains must be of one length of 4 or more, got ${chains.map((chain) => chain.length)}`,
    );
  }
  const half = Math.floor(n / 2);
  return chains.flatMap((chain) => {
    const values = Array.from(chain);
    return [values.slice(0, half), values.slice(-half)];
  });
}

function plainRHat(halves: number[][]): number {
  const n = (halves[0] as number[]).length;
  const within = meanOf(halves.map(varianceOf));
  const between = n * varianceOf(halves.map(meanOf));
  return Math.sqrt((between / within + n - 1) / n);
}

function sizeOf(halves: number[][]): number {
  const n = (halves[0] as number[]).length;
  const total = halves.length * n;
  const flat = halves.flat();
  if (flat.every((value) => value === flat[0])) return total;
  const means = halves.map(meanOf);
  const centred = halves.map((half, c) => half.map((value) => value - (means[c] as number)));
  /** The mean over chains of the autocovariance at a lag, with 1 / n. */
  const covariance = (lag: number): number =>
    meanOf(
      centred.map(
        (half) => half.reduce((sum, value, t) => (t < lag ? sum : sum + value * (half[t - lag] as number)), 0) / n,
      ),
    );
  const within = (covariance(0) * n) / (n - 1);
  const pooled = (within * (n - 1)) / n + (halves.length > 1 ? varianceOf(means) : 0);
  const rho = (lag: number): number => 1 - (within - covariance(lag)) / pooled;

  // Geyer's initial positive sequence: pairs of an even and an odd lag, while their sum is positive.
  const pairs: [number, number][] = [[1, rho(1)]];
  let pair = pairs[0] as [number, number];
  let lag = 1;
  while (lag < n - 3 && pair[0] + pair[1] > 0) {
    pair = [rho(lag + 1), rho(lag + 2)];
    if (pair[0] + pair[1] >= 0) pairs.push(pair);
    lag += 2;
  }
  // The last pair is no part of it, but for its even lag.
  const positive = pair[0] + pair[1] >= 0;
  const complete = lag === 1 ? [] : positive ? pairs.slice(0, -1) : pairs;
  // Then the monotone one: no pair is larger than the one before.
  let least = Number.POSITIVE_INFINITY;
  const sum = complete.reduce((total, [even, odd], i) => {
    least = i === 0 ? even + odd : Math.min(least, even + odd);
    return total + least;
  }, 0);
  const rest = positive ? pair[0] : Math.max(pair[0], 0);
  const time = Math.max(-1 + 2 * sum + rest, 1 / Math.log10(total));
  return total / time;
}

/** Φ⁻¹ of each number's rank among all, equal ones with their mean rank (Blom's scores). */
function normalScores(halves: number[][]): number[][] {
  const all = halves.flat();
  const order = all.map((_, i) => i).sort((a, b) => (all[a] as number) - (all[b] as number));
  const scores = new Array<number>(all.length);
  for (let first = 0; first < order.length; ) {
    let end = first;
    while (end < order.length && all[order[end] as number] === all[order[first] as number]) end++;
    const rank = (first + 1 + end) / 2;
    for (let i = first; i < end; i++)
      scores[order[i] as number] = normalQuantile((rank - 3 / 8) / (all.length + 1 / 4));
    first = end;
  }
  const n = (halves[0] as number[]).length;
  return halves.map((_, c) => scores.slice(c * n, (c + 1) * n));
}

/** Of sorted numbers, between the two that are nearest. */
function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const [a, b] = [sorted[below] as number, sorted[Math.min(below + 1, sorted.length - 1)] as number];
  return a + (place - below) * (b - a);
}

const meanOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** With 1 / (n − 1). */
function varianceOf(values: readonly number[]): number {
  const mean = meanOf(values);
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
}
