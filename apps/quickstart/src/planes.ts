import { type PlaneName, plane, planeEntropy } from '@tenonjs/datasets';
import { realNvp } from '@tenonjs/flows';
import { deriveSeed } from '@tenonjs/runtime';
import { adam, fit } from '@tenonjs/training';
import * as tf from '@tensorflow/tfjs';
import { drawn } from './drawn.ts';
import { negativeLogLikelihood, type Score } from './score.ts';
import { type Budget, withinBudget } from './withinBudget.ts';

/** A flow in the plane, and how it is trained. */
export const planeModel = { layers: 10, hidden: [64, 64], batchSize: 256, learningRate: 5e-3, points: 100_000 };

export interface PlaneRun extends Budget {
  seed: number;
  /** How many fresh points the model is tried on. */
  heldOut?: number;
  signal?: AbortSignal;
  progress?: boolean;
}

/** What became of a flow in the plane. */
export interface PlaneResult {
  name: PlaneName;
  /** The training loss of each step, in nats. */
  losses: number[];
  seconds: number;
  /** The negative log-likelihood of points that were not trained on. */
  heldOut: Score;
  /** What no model can be below. */
  floor: number;
  /** Points as x, y, x, y, …: some that were held out, and as many of the model's own. */
  data: Float32Array;
  samples: Float32Array;
  density: DensityGrid;
}

/** A density on a square grid over [−extent, extent]², row by row from the top. */
export interface DensityGrid {
  side: number;
  extent: number;
  values: Float32Array;
}

const SHOWN = 1500;

/** Trains a RealNVP on one of the densities over the plane, and looks at what it learned. */
export async function trainOnPlane(name: PlaneName, run: PlaneRun): Promise<PlaneResult> {
  const { seed, heldOut = 50_000, signal, progress = false, ...budget } = run;
  const { layers, hidden, batchSize, learningRate, points } = planeModel;
  const flow = realNvp({ dim: 2, layers, hidden, seed: deriveSeed(seed, 0) });
  const training = plane(name, points, { seed: deriveSeed(seed, 1) });
  const fresh = plane(name, heldOut, { seed: deriveSeed(seed, 2) });
  const optimizer = adam({ learningRate });
  const losses: number[] = [];
  const began = performance.now();
  try {
    await fit(
      flow,
      { x: training },
      {
        optimizer,
        epochs: Math.ceil(budget.steps / Math.ceil(points / batchSize)),
        batchSize,
        seed: deriveSeed(seed, 3),
        progress,
        ...(signal && { signal }),
        callbacks: [withinBudget(budget, optimizer), { onStepEnd: ({ loss }) => void losses.push(loss) }],
      },
    );
    const seconds = (performance.now() - began) / 1000;
    const data = (await fresh.data<'float32'>()).slice(0, 2 * SHOWN);
    const samples = await drawn(() => flow.sample(SHOWN, { seed: deriveSeed(seed, 4) }));
    return {
      name,
      losses,
      seconds,
      heldOut: await negativeLogLikelihood(flow, fresh, { seed, batchSize: 5000 }),
      floor: planeEntropy(name),
      data,
      samples,
      density: await densityGrid((at) => flow.logProb(at), extentOf(data)),
    };
  } finally {
    tf.dispose([training, fresh]);
    optimizer.dispose();
    flow.dispose();
  }
}

/** Room for nearly all of the points: a few far out would make the others small. */
function extentOf(points: Float32Array): number {
  const far = points.map(Math.abs).sort();
  return 1.15 * (far[Math.floor(0.997 * (far.length - 1))] as number);
}

async function densityGrid(logProb: (at: tf.Tensor) => tf.Tensor, extent: number): Promise<DensityGrid> {
  const side = 180;
  const at = (i: number) => extent * ((2 * i + 1) / side - 1);
  const centres = new Float32Array(2 * side * side);
  for (let row = 0; row < side; row++) {
    for (let column = 0; column < side; column++) centres.set([at(column), -at(row)], 2 * (row * side + column));
  }
  const values = await drawn(() => tf.exp(logProb(tf.tensor2d(centres, [side * side, 2]))));
  return { side, extent, values };
}
