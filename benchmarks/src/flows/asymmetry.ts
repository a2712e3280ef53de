import { type Flow, iaf, maf } from '@tenonjs/flows';
import { initDevice } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs';
import type { Goal, Row } from '../benchmark.ts';
import { medianTimes } from '../medianTimes.ts';

const [POINTS, SIZE] = [10_000, { dim: 8, layers: 4, hidden: [64, 64], seed: 1 }];

/** How many times as long the long way takes at least: of a point's 8 numbers one comes right in each pass. */
const LEAST = 3;

/**
 * Masked autoregressive flows are quick from data to latent and need a pass for each number back; inverse autoregressive ones
 * the other way round. Both ways of both, with 10,000 points of 8 numbers.
 */
export async function asymmetry(say: (line: string) => void): Promise<{ rows: Row[]; goals: Goal[] }> {
  say('MAF and IAF, both ways, on wasm');
  const device = await initDevice({ prefer: ['wasm'] });
  const flows = { MAF: maf(SIZE), IAF: iaf(SIZE) };
  const points = flows.MAF.base.sample(POINTS, { seed: 2 });
  const timed = (work: (flow: Flow) => tf.Tensor, flow: Flow) => async () => {
    const began = performance.now();
    const result = tf.tidy(() => work(flow));
    await result.data();
    result.dispose();
    return performance.now() - began;
  };
  const sampling = (flow: Flow) => flow.sample(POINTS, { seed: 3 });
  const inverting = (flow: Flow) => flow.logProb(points);
  const contenders = Object.fromEntries(
    Object.entries(flows).flatMap(([name, flow]) => [
      [`${name} samples`, timed(sampling, flow)],
      [`${name} densities`, timed(inverting, flow)],
    ]),
  );
  const ms = await medianTimes(contenders, { warmUp: 1, rounds: 10, least: 3 });
  const rows = Object.keys(flows).map((name) => {
    const [samples, densities] = [ms[`${name} samples`] as number, ms[`${name} densities`] as number];
    return {
      flow: name,
      'samples ms': rounded(samples),
      'densities ms': rounded(densities),
      'samples / densities': rounded(samples / densities),
    };
  });
  const goal = (what: string, ratio: number) => ({
    what,
    figure: `${ratio.toFixed(1)} times as long`,
    goal: `at least ${LEAST}`,
    reached: ratio >= LEAST,
  });
  const goals = [
    goal('MAF: samples beside densities', (ms['MAF samples'] as number) / (ms['MAF densities'] as number)),
    goal('IAF: densities beside samples', (ms['IAF densities'] as number) / (ms['IAF samples'] as number)),
  ];
  points.dispose();
  for (const flow of Object.values(flows)) flow.dispose();
  device.dispose();
  return { rows, goals };
}

const rounded = (value: number) => Number(value.toPrecision(3));
