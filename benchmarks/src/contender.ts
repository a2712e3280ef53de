import { createInterface } from 'node:readline';
import { realNvp } from '@tenonjs/flows';
import { type BackendName, countDispatches, initDevice, randomNormal } from '@tenonjs/runtime';
import { adam } from '@tenonjs/training';
import * as tf from '@tensorflow/tfjs';
import type { Introduction } from './contenders.ts';
import { openPlainly } from './openPlainly.ts';
import { plainRealNvpStep } from './plainRealNvp.ts';
import { type Size, sizes } from './realNvpSizes.ts';

// A process that takes training steps when it is asked to: node contender.ts tenon|plain BACKEND SIZE.
// Each has one of its own, since `initDevice` makes tfjs's wasm backend quicker for everybody in the process.

const [name, backend, sizeName] = process.argv.slice(2) as ['tenon' | 'plain', BackendName, string];
const size = sizes[sizeName] as Size;

const adapter =
  name === 'tenon' ? ((await initDevice({ prefer: [backend] })).adapter ?? null) : await openPlainly(backend);
const x = randomNormal([size.batchSize, size.dim], { seed: 1 }) as tf.Tensor2D;
const step = name === 'tenon' ? tenonStep(size) : plainRealNvpStep(size, x);
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
function tenonStep({ dim, layers, hidden }: Size): () => Promise<number> {
  const flow = realNvp({ dim, layers, hidden, seed: 1 });
  const optimizer = adam({ learningRate: 1e-3 });
  return async () => {
    const { value, grads } = tf.variableGrads(() => flow.loss({ x }), flow.trainableVariables);
    const [number] = await value.data();
    optimizer.applyGradients(grads);
    tf.dispose([value, grads]);
    return number as number;
  };
}
