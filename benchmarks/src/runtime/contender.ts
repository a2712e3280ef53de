import { createInterface } from 'node:readline';
import { type BackendName, initDevice, profile } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs';
import type { Introduction } from '../contenders.ts';
import { offerGpu, openPlainly } from '../openPlainly.ts';
import { countStep, dropWork, hostTime } from './gpu.ts';
import { plainStep } from './plainSteps.ts';
import { isSoftware, type Step, type StepName } from './step.ts';
import { tenonStep } from './tenonSteps.ts';

// A process that takes steps of one kind when it is asked to: node contender.ts WHO BACKEND STEP.
// What it reads, line by line, and answers:
//   losses N   the losses of N steps
//   step [N]   milliseconds until a step is computed, of N that are sent one after the other
//   count      what a step sends to the GPU
//   host       milliseconds of the host's work in a step
//   profile    which ops the dispatches come from (not of jax-js)
// On a software adapter the last three take its work away, so that they come last.

export type Who = 'tenon' | 'tenonEager' | 'plain' | 'jax';
const [who, backend, name] = process.argv.slice(2) as [Who, BackendName, StepName];
/** The first step makes the optimizer's state, the second is recorded where steps are captured. */
const STEPS_TO_SETTLE = 3;

const { step, device, gpu } = await open();
let settled = false;
console.log(JSON.stringify({ device, dispatches: null } satisfies Introduction));

const answers: Record<string, (argument?: string) => Promise<unknown>> = {
  losses: async (count) => ({ losses: await losses(Number(count)) }),
  step: (count) => timed(Number(count ?? 1)),
  count: () => settle().then(() => countStep(step, gpu as GPUDevice)),
  host: () => settle().then(() => hostTime(step)),
  profile: () => settle().then(() => profile(() => step.send())),
};
for await (const line of createInterface({ input: process.stdin })) {
  const [what, argument] = line.split(' ') as [string, string?];
  console.log(JSON.stringify(await answers[what]?.(argument)));
}
process.exit();

async function open(): Promise<{ step: Step; device: string; gpu?: GPUDevice }> {
  if (who === 'jax') {
    await offerGpu();
    const { defaultDevice, getWebGPUDevice, init } = await import('@jax-js/jax');
    await init('webgpu');
    defaultDevice('webgpu');
    const gpu = getWebGPUDevice();
    const { jaxStep } = await import('./jaxSteps.ts');
    return { step: jaxStep(name, gpu), device: nameOf(gpu.adapterInfo), gpu };
  }
  const info =
    who === 'plain' ? await openPlainly(backend) : ((await initDevice({ prefer: [backend] })).adapter ?? null);
  const step = who === 'plain' ? plainStep(name) : tenonStep(name, { captured: who === 'tenon' });
  const gpu = (tf.backend() as { device?: GPUDevice }).device;
  return { step, device: info ? nameOf(info) : backend, ...(gpu && { gpu }) };
}

function nameOf({ description, vendor }: Pick<GPUAdapterInfo, 'description' | 'vendor'>): string {
  return description || vendor;
}

/** Brings the step into the state that it has from then on. */
async function settle(): Promise<void> {
  if (settled) return;
  settled = true;
  if (isSoftware(device)) dropWork(gpu as GPUDevice);
  for (let i = 0; i < STEPS_TO_SETTLE; i++) {
    step.send();
    await step.finish();
  }
}

async function timed(count: number): Promise<number> {
  const began = performance.now();
  for (let i = 0; i < count; i++) step.send();
  await step.finish();
  return (performance.now() - began) / count;
}

async function losses(count: number): Promise<number[]> {
  const list: number[] = [];
  for (let i = 0; i < count; i++) {
    step.send();
    list.push(await step.value());
  }
  return list;
}
