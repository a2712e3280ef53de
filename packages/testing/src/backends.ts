import { type BackendName, type Device, initDevice } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { afterAll, beforeAll, describe } from 'vitest';

const inBrowser = typeof window !== 'undefined';

/** A browser fetches the .wasm files from its server; Node finds them in the package. */
const wasmPaths = inBrowser ? (await import('./wasmPaths')).wasmPaths : undefined;

const open = (backend: BackendName): Promise<Device> =>
  initDevice({ prefer: [backend], ...(wasmPaths && { wasmPaths }) });

/** The backends of this machine: cpu and wasm always, webgpu where an adapter is found. */
export const backends: readonly BackendName[] = ['cpu', 'wasm', ...(await findWebgpu())];

async function findWebgpu(): Promise<BackendName[]> {
  try {
    (await open('webgpu')).dispose();
    return ['webgpu'];
  } catch (error) {
    // A browser test cannot see the environment; its project is only run where a Chromium with an adapter is.
    if (inBrowser || process.env.CI) throw error;
    console.warn('skipped: tests on webgpu, for want of an adapter (see CONTRIBUTING.md, "A GPU without a GPU")');
    return [];
  }
}

/** `describe`, once for each backend of this machine, with tfjs computing on it. */
export function describeOnEachBackend(title: string, body: (backend: BackendName) => void): void {
  describe.each(backends)(`${title}, on %s`, (backend) => {
    let device: Device;
    beforeAll(async () => {
      device = await open(backend);
    });
    afterAll(async () => {
      device.dispose();
      await tf.setBackend('cpu'); // for the tests that follow and do not say where they run
    });
    body(backend);
  });
}
