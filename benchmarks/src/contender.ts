import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { realNvp } from '@tenonjs/flows';
import { type BackendName, countDispatches, initDevice, randomNormal } from '@tenonjs/runtime';
import { adam } from '@tenonjs/training';
import * as tf from '@tensorflow/tfjs';
import type { Introduction } from './contenders.ts';
import { plainRealNvpStep } from './plainRealNvp.ts';
import { type Size, sizes } from './realNvpSizes.ts';

// A process that takes training steps when it is asked to: node contender.ts tenon|plain BACKEND SIZE.
// Each has one of its own, since `initDevice` makes tfjs's wasm backend quicker for everybody in the process.

const [name, backend, sizeName] = process.argv.slice(2) as ['tenon' | 'plain', BackendName, string];
const size = sizes[sizeName] as Size;

const adapter = name === 'tenon' ? ((await initDevice({ prefer: [backend] })).adapter ?? null) : await openPlainly();
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

/** The backend as a user of tfjs alone opens it in Node. */
async function openPlainly(): Promise<GPUAdapterInfo | null> {
  if (backend === 'wasm') {
    const wasm = await import('@tensorflow/tfjs-backend-wasm');
    wasm.setWasmPaths(`${dirname(fileURLToPath(import.meta.resolve('@tensorflow/tfjs-backend-wasm')))}/`);
  }
  if (backend === 'webgpu') {
    const { create, globals } = await import('webgpu');
    Object.assign(globalThis, globals);
    Object.defineProperty(navigator, 'gpu', { value: create([]), configurable: true });
    await import('@tensorflow/tfjs-backend-webgpu');
  }
  if (!(await tf.setBackend(backend))) throw new Error(`tfjs could not start ${backend}`);
  await tf.ready();
  return backend === 'webgpu' ? ((await navigator.gpu.requestAdapter())?.info ?? null) : null;
}
