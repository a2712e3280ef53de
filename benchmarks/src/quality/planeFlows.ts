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
import { deriveSeed, initDevice } from '@tenonjs/runtime';
import { adam } from '@tenonjs/training';
import * as tf from '@tensorflow/tfjs';
import type { Benchmark, Row } from '../benchmark.ts';
import type { Figure } from './goals.ts';

/** Every flow by name, of about the same size. */
const flows: Record<string, (seed: number) => Flow> = {
  splineFlow: (seed) => splineFlow({ dim: 2, layers: 4, bins: 24, bound: 6, seed }),
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

/** What is held to a floor is trained for long; the others all for the same number of steps, which shows them side by side. */
const HELD = { steps: 3000, batch: 384 };
const SHOWN = { steps: 400, batch: 256 };
const [RATE, POINTS, HELD_OUT] = [6e-3, 200_000, 50_000];

/** Splines on the densities where they are held to the floor. */
export async function* heldSplines(): AsyncGenerator<Figure> {
  const build = flows.splineFlow as (seed: number) => Flow;
  for (const [density, within] of Object.entries(margins) as [PlaneName, number][]) {
    const { mean, standardError, seconds } = await train(build, density, HELD);
    const goal = planeEntropy(density);
    yield { what: `splineFlow on ${density}`, unit: 'nats', mean, standardError, goal, within, seconds };
  }
}

/** Every flow by name on every density in the plane whose floor is known exactly: how far above it a short training ends. */
export const planeFlows: Benchmark = {
  title: `nats above the floor of every flow on every density in the plane, after ${SHOWN.steps} steps`,
  async run(say) {
    const device = await initDevice({ prefer: ['wasm'] });
    const rows: Row[] = [];
    for (const [flow, build] of Object.entries(flows)) {
      const row: Row = { flow };
      let spent = 0;
      for (const density of densities) {
        const { mean, seconds } = await train(build, density, SHOWN);
        row[density] = (mean - planeEntropy(density)).toFixed(3);
        spent += seconds;
      }
      row['ms a step'] = ((1000 * spent) / (densities.length * SHOWN.steps)).toFixed(0);
      rows.push(row);
      say(Object.values(row).join('  '));
    }
    const notes = [`computed on ${device.backend}`];
    device.dispose();
    return { rows, notes };
  },
};

/** The mean negative log-likelihood of fresh points after training: Adam, its rate falling along half a wave. */
async function train(
  build: (seed: number) => Flow,
  density: PlaneName,
  { steps, batch }: { steps: number; batch: number },
) {
  const flow = build(1);
  const x = plane(density, POINTS, { seed: 2 });
  flow.startFrom(tf.tidy(() => tf.slice(x, 0, 1000)));
  const began = performance.now();
  let step = 0;
  const optimizer = adam({ learningRate: () => (RATE / 2) * (1 + Math.cos((Math.PI * step) / steps)) });
  while (step < steps) {
    tf.tidy(() => {
      const points = tf.slice(x, (step * batch) % (POINTS - batch), batch);
      const loss = () => flow.loss({ x: points }, { seed: deriveSeed(3, step) });
      optimizer.applyGradients(tf.variableGrads(loss, flow.trainableVariables).grads);
    });
    step++;
    if (step % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const seconds = (performance.now() - began) / 1000;
  const fresh = plane(density, HELD_OUT, { seed: 4 });
  const found = tf.tidy(() => tf.moments(tf.neg(flow.logProb(fresh))));
  const [mean, variance] = [(await found.mean.data())[0] as number, (await found.variance.data())[0] as number];
  tf.dispose([x, fresh, found]);
  optimizer.dispose();
  flow.dispose();
  return { mean, standardError: Math.sqrt(variance / HELD_OUT), seconds };
}
