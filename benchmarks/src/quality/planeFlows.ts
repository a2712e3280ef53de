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
import { adam } from '@tenonjs/training';
import * as tf from '@tensorflow/tfjs';
import type { Row } from '../benchmark.ts';
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

/** How long each is trained, in steps or seconds, on batches of how many points. */
interface Budget {
  steps?: number;
  seconds?: number;
  batch: number;
}

/** What is held to a floor takes so many steps, however busy the machine is; the others show what a short time gives. */
const HELD: Budget = { steps: 3000, batch: 384 };
const SHOWN: Budget = { seconds: 2.5, batch: 256 };
const [RATE, POINTS, HELD_OUT] = [6e-3, 200_000, 50_000];

/** Every flow by name on every density in the plane whose floor is known exactly; with a figure where it is held to one. */
export async function* planeFlows(): AsyncGenerator<{ row: Row; figure?: Figure }> {
  for (const [name, build] of Object.entries(flows)) {
    for (const density of densities) {
      const within = name === 'splineFlow' ? margins[density] : undefined;
      const { mean, standardError, steps, seconds } = await train(build, density, within === undefined ? SHOWN : HELD);
      const floor = planeEntropy(density);
      const row = {
        flow: name,
        density,
        'above the floor': (mean - floor).toFixed(3),
        steps: String(steps),
        seconds: seconds.toFixed(1),
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

/** The mean negative log-likelihood of fresh points after training: Adam, its rate falling along half a wave. */
async function train(
  build: (seed: number) => Flow,
  density: PlaneName,
  { steps = Infinity, seconds = Infinity, batch }: Budget,
) {
  const flow = build(1);
  const x = plane(density, POINTS, { seed: 2 });
  flow.startFrom(tf.tidy(() => tf.slice(x, 0, 1000)));
  const began = performance.now();
  let step = 0;
  const taken = () => (performance.now() - began) / 1000;
  const share = () => Math.min(1, Math.max(step / steps, taken() / seconds));
  const optimizer = adam({ learningRate: () => (RATE / 2) * (1 + Math.cos(Math.PI * share())) });
  while (share() < 1) {
    tf.tidy(() => {
      const points = tf.slice(x, (step * batch) % (POINTS - batch), batch);
      const loss = () => flow.loss({ x: points }, { seed: deriveSeed(3, step) });
      optimizer.applyGradients(tf.variableGrads(loss, flow.trainableVariables).grads);
    });
    step++;
    if (step % 20 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  const trained = taken();
  const fresh = plane(density, HELD_OUT, { seed: 4 });
  const found = tf.tidy(() => tf.moments(tf.neg(flow.logProb(fresh))));
  const [mean, variance] = [(await found.mean.data())[0] as number, (await found.variance.data())[0] as number];
  tf.dispose([x, fresh, found]);
  optimizer.dispose();
  flow.dispose();
  return { mean, standardError: Math.sqrt(variance / HELD_OUT), steps: step, seconds: trained };
}
