import { createInterface } from 'node:readline';
import { type BackendName, initDevice } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs';
import type { Introduction } from '../contenders.ts';
import { openPlainly } from '../openPlainly.ts';
import { countStep, dropWork } from '../runtime/gpu.ts';
import { isSoftware } from '../runtime/step.ts';
import { plainStep, type StepName, tenonStep } from './steps.ts';

// A process that takes steps when it is asked to: node contender.ts tenon|plain BACKEND STEP.
// `step` is answered with milliseconds until a step is computed, `count` with what a step sends to the GPU; on a software
// adapter the work is dropped from then on, so that it comes last.

const [who, backend, name] = process.argv.slice(2) as ['tenon' | 'plain', BackendName, StepName];
/** The first step makes the optimizer's state, the second is recorded where steps are captured. */
const STEPS_TO_SETTLE = 3;

const adapter =
  who === 'tenon' ? ((await initDevice({ prefer: [backend] })).adapter ?? null) : await openPlainly(backend);
const step = who === 'tenon' ? tenonStep(name) : plainStep(name);
const device = adapter?.description || adapter?.vendor || backend;
console.log(JSON.stringify({ device, dispatches: null } satisfies Introduction));

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(line === 'count' ? await count() : await timed()));
}
process.exit();

async function count() {
  const gpu = (tf.backend() as unknown as { device: GPUDevice }).device;
  if (isSoftware(device)) dropWork(gpu);
  for (let i = 0; i < STEPS_TO_SETTLE; i++) {
    step.send();
    await step.finish();
  }
  return countStep(step, gpu);
}

async function timed(): Promise<number> {
  const began = performance.now();
  step.send();
  await step.finish();
  return performance.now() - began;
}
