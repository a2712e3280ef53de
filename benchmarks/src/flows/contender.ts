import { createInterface } from 'node:readline';
import { type Flow, maf, realNvp, splineFlow } from '@tenonjs/flows';
import { type BackendName, countDispatches, initDevice, randomNormal } from '@tenonjs/runtime';
import { adam } from '@tenonjs/training';
import * as tf from '@tensorflow/tfjs';
import type { Introduction } from '../contenders.ts';
import { openPlainly } from '../openPlainly.ts';
import { type Case, cases } from './cases.ts';
import { plainStep } from './plainSteps.ts';

// A process that takes training steps when it is asked to: node contender.ts tenon|plain BACKEND CASE.
// Each has one of its own, since `initDevice` makes tfjs's wasm backend quicker for everybody in the process.

const [name, backend, caseName] = process.argv.slice(2) as ['tenon' | 'plain', BackendName, string];
const given = cases[caseName] as Case;

const adapter =
  name === 'tenon' ? ((await initDevice({ prefer: [backend] })).adapter ?? null) : await openPlainly(backend);
const x = randomNormal([given.batchSize, given.dim], { seed: 1 }) as tf.Tensor2D;
const step = name === 'tenon' ? tenonStep(given) : plainStep(given, x);
await step(); // makes the optimizer's state
const dispatches = backend === 'webgpu' ? (await countDispatches(step)).dispatches : null;
const introduction: Introduction = { device: adapter?.description || adapter?.vendor || backend, dispatches };
console.log(JSON.stringify(introduction));

for await (const _ of createInterface({ input: process.stdin })) {
  const began = performance.now();
  await step();
  console.log(JSON.stringify(performance.now() - began));
}
process.exit();

/** What `fit` does in a step. */
function tenonStep(options: Case): () => Promise<number> {
  const flow = flowOf(options);
  const optimizer = adam({ learningRate: 1e-3 });
  return async () => {
    const { value, grads } = tf.variableGrads(() => flow.loss({ x }), flow.trainableVariables);
    const [number] = await value.data();
    optimizer.applyGradients(grads);
    tf.dispose([value, grads]);
    return number as number;
  };
}

function flowOf({ flow, dim, layers, hidden, bins, bound }: Case): Flow {
  const common = { dim, layers, hidden, seed: 1 };
  if (flow === 'maf') return maf(common);
  return flow === 'spline' ? splineFlow({ ...common, bins, bound }) : realNvp(common);
}
