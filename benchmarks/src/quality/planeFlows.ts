import { type PlaneName, plane, planeEntropy } from '@tenonjs/datasets';
import {
  continuousFlow,
  type Flow,
  glow,
  iaf,
  maf,
  nice,
  planarFlow,
  radialFlow,
  realNvp,
  residualFlow,
  splineFlow,
  sylvesterFlow,
} from '@tenonjs/flows';
import { deriveSeed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs';
import type { Row } from '../benchmark.ts';
import type { Figure } from './goals.ts';

/** Every flow by name, of about the same size. */
const flows: Record<string, (seed: number) => Flow> = {
  splineFlow: (seed) => splineFlow({ dim: 2, layers: 4, bins: 12, bound: 6, hidden: [48, 48], seed }),
  nice: (seed) => nice({ dim: 2, layers: 8, seed }),
  realNvp: (seed) => realNvp({ dim: 2, layers: 8, seed }),
  glow: (seed) => glow({ dim: 2, layers: 6, seed }),
  maf: (seed) => maf({ dim: 2, layers: 6, seed }),
  iaf: (seed) => iaf({ dim: 2, layers: 6, seed }),
  planarFlow: (seed) => planarFlow({ dim: 2, layers: 16, seed }),
  radialFlow: (seed) => radialFlow({ dim: 2, layers: 16, seed }),
  sylvesterFlow: (seed) => sylvesterFlow({ dim: 2, layers: 12, seed }),
  residualFlow: (seed) => residualFlow({ dim: 2, layers: 4, hidden: [32, 32], terms: 6, seed }),
  continuousFlow: (seed) => continuousFlow({ dim: 2, layers: 1, hidden: [48, 48], steps: 4, seed }),
};

const densities: PlaneName[] = ['gaussian', 'crescent', 'crescentCubed', 'sine', 'abs', 'sign', 'checkerboard'];

/** How far above the floors splines may stay, where they are held to it. */
const margins: Partial<Record<PlaneName, number>> = {
  gaussian: 0.03,
  crescent: 0.03,
  sine: 0.03,
  abs: 0.03,
  checkerboard: 0.1,
};

/** How long each is trained. Flows that are held to nothing show what so short a time gives. */
const SECONDS = { held: 25, shown: 2.5 };
const [BATCH, POINTS, HELD_OUT] = [256, 50_000, 20_000];

/** Every flow by name on every density in the plane whose floor is known exactly; with a figure where it is held to one. */
export async function* planeFlows(): AsyncGenerator<{ row: Row; figure?: Figure }> {
  for (const [name, build] of Object.entries(flows)) {
    for (const density of densities) {
      const within = name === 'splineFlow' ? margins[density] : undefined;
      const seconds = within === undefined ? SECONDS.shown : SECONDS.held;
      const { mean, standardError, steps } = await train(build, density, seconds);
      const floor = planeEntropy(density);
      const row = {
        flow: name,
        density,
        'above the floor': (mean - floor).toFixed(3),
        steps: String(steps),
        seconds: String(seconds),
      };
      if (within === undefined) yield { row };
      else
        yield {
          row,
          figure: { what: `${name} on ${density}`, unit: 'nats', mean, standardError, goal: floor, within, seconds },
        };
    }
  }
}

/** The mean negative log-likelihood of fresh points after so many seconds of training: Adam, its last third at a tenth of the rate. */
async function train(build: (seed: number) => Flow, density: PlaneName, seconds: number) {
  const flow = build(1);
  const x = plane(density, POINTS, { seed: 2 });
  flow.startFrom(tf.tidy(() => tf.slice(x, 0, 1000)));
  const began = performance.now();
  const share = () => (performance.now() - began) / 1000 / seconds;
  let steps = 0;
  for (const [rate, until] of [
    [4e-3, 0.65],
    [4e-4, 1],
  ] as const) {
    const optimizer = tf.train.adam(rate);
    while (share() < until) {
      const start = (steps * BATCH) % (POINTS - BATCH);
      optimizer.minimize(
        () => flow.loss({ x: tf.slice(x, start, BATCH) }, { seed: deriveSeed(3, steps) }),
        false,
        flow.trainableVariables,
      );
      steps++;
      if (steps % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    optimizer.dispose();
  }
  const fresh = plane(density, HELD_OUT, { seed: 4 });
  const found = tf.tidy(() => tf.moments(tf.neg(flow.logProb(fresh))));
  const [mean, variance] = [(await found.mean.data())[0] as number, (await found.variance.data())[0] as number];
  tf.dispose([x, fresh, found]);
  flow.dispose();
  return { mean, standardError: Math.sqrt(variance / HELD_OUT), steps };
}
