import { type Conditional, gibbs, hmc, metropolisHastings, Normal } from '@tenonjs/distributions';
import { randomNormal } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs';
import type { Benchmark, Goal, Row } from './benchmark.ts';

/** Exact draws that a sampler starts from, each a chain of its own. */
const CHAINS = 50_000;

/** A sampler that leaves the law keeps their Kolmogorov–Smirnov p-value above the first, one of another law falls below the second. */
const [STAYS, FAILS] = [1e-3, 2e-5];

/** By how much the wrong target is tempered: log p × 1.1. */
const TEMPER = 1.1;

const target = (temper: number) => {
  const normal = new Normal();
  return (x: tf.Tensor) => tf.mul(temper, normal.logProb(x));
};

/** Two normal numbers of correlation ½, the second of them of the tempered law's own width: x₂ | x₁ and x₁ | x₂. */
const conditionals = (temper: number): Conditional[] =>
  [0, 1].map((column) => (x, { seed }) => {
    const [a, b] = tf.unstack(x, 1) as [tf.Tensor, tf.Tensor];
    const noise = randomNormal(a.shape, { seed, std: Math.sqrt(0.75 / temper) });
    const drawn = tf.add(tf.mul(0.5, column === 0 ? b : a), noise);
    return tf.stack(column === 0 ? [drawn, b] : [a, drawn], 1);
  });

/** Each sampler, with as many steps as make it forget where it started. */
const samplers: Record<string, (temper: number) => Promise<Float32Array>> = {
  async 'Metropolis–Hastings, 12 steps'(temper) {
    const initial = randomNormal([CHAINS], { seed: 1 });
    const { draws } = await metropolisHastings(target(temper), { initial, draws: 1, thin: 12, stepSize: 2.4, seed: 2 });
    return await draws.data<'float32'>();
  },
  async 'Gibbs, 4 sweeps'(temper) {
    const [first, noise] = [
      randomNormal([CHAINS], { seed: 3 }),
      randomNormal([CHAINS], { seed: 4, std: Math.sqrt(0.75) }),
    ];
    const initial = tf.stack([first, tf.add(tf.mul(0.5, first), noise)], 1);
    const draws = await gibbs(conditionals(temper), { initial, draws: 1, thin: 4, seed: 5 });
    return await tf.slice(draws, [0, 0, 0], [1, -1, 1]).data<'float32'>();
  },
  async 'HMC, 1 step of 8 leapfrogs'(temper) {
    const initial = randomNormal([CHAINS], { seed: 6 });
    const { draws } = await hmc(target(temper), { initial, draws: 1, leapfrogSteps: 8, stepSize: 0.2, seed: 7 });
    return await draws.data<'float32'>();
  },
};

/** Whether a step of each sampler leaves a law as it is, and whether the test would see that it does not. */
export const markovChains: Benchmark = {
  title: `the invariance of Markov chains, over ${CHAINS.toLocaleString('en')} exact draws`,
  async run(say) {
    const rows: Row[] = [];
    const goals: Goal[] = [];
    for (const [name, walk] of Object.entries(samplers)) {
      const started = performance.now();
      const right = ksPValue(await walk(1));
      const wrong = ksPValue(await walk(TEMPER));
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      say(`${name}: ${seconds} s`);
      rows.push({
        sampler: name,
        'p, true target': right.toExponential(1),
        'p, tempered by 1.1': wrong.toExponential(1),
        seconds,
      });
      goals.push({
        what: `${name} leaves its law`,
        figure: right.toExponential(1),
        goal: `p above ${STAYS}`,
        reached: right > STAYS,
      });
      goals.push({
        what: `${name}, tempered, is seen`,
        figure: wrong.toExponential(1),
        goal: `p below ${FAILS}`,
        reached: wrong < FAILS,
      });
    }
    return { rows, goals };
  },
};

/** Of the Kolmogorov–Smirnov distance from the standard normal law: `2 Σ (−1)ᵏ⁺¹ exp(−2 k² n D²)`. */
function ksPValue(values: Float32Array): number {
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  let distance = 0;
  sorted.forEach((x, i) => {
    const p = normalCdf(x);
    distance = Math.max(distance, p - i / n, (i + 1) / n - p);
  });
  const square = n * distance ** 2;
  let sum = 0;
  for (let k = 1; k <= 100; k++) sum += 2 * (k % 2 === 1 ? 1 : -1) * Math.exp(-2 * k * k * square);
  return Math.min(1, Math.max(0, sum));
}

/** By the series of the error function, or its continued fraction far out. */
function normalCdf(x: number): number {
  const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
  const far = Math.abs(x) > 3;
  if (far) {
    let fraction = Math.abs(x);
    for (let k = 60; k >= 1; k--) fraction = Math.abs(x) + k / fraction;
    return x > 0 ? 1 - density / fraction : density / fraction;
  }
  let [term, sum] = [x, x];
  for (let k = 3; k < 200; k += 2) {
    term *= (x * x) / k;
    sum += term;
  }
  return 0.5 + density * sum;
}
