import { existsSync } from 'node:fs';
import * as tf from '@tensorflow/tfjs';
import { afterEach, describe, expect, test } from 'vitest';
import type { Device } from './device';
import { initDevice } from './initDevice';
import { countDispatches } from './tfjs/countDispatches';

let device: Device | undefined;
const open = async (...args: Parameters<typeof initDevice>) => {
  device = await initDevice(...args);
  return device;
};
afterEach(() => {
  device?.dispose();
  device = undefined;
});

const sum = async () => (await tf.sum(tf.tensor1d([1, 2, 3])).data())[0];

describe.each(['wasm', 'cpu'] as const)('%s', (backend) => {
  test('opens, computes, and opens again after dispose', async () => {
    for (let round = 0; round < 2; round++) {
      const opened = await open({ prefer: [backend] });
      expect(opened).toMatchObject({ backend, adapter: null, fallbacks: [] });
      expect(tf.getBackend()).toBe(backend);
      expect(await sum()).toBe(6);
      opened.dispose();
    }
  });
});

test('wasm has SIMD here', async () => {
  expect((await open({ prefer: ['wasm'] })).features).toContain('simd');
});

test('what cannot be had is skipped, and said', async () => {
  const said: string[] = [];
  const fake = { requestAdapter: async () => null };
  await withGpu(fake, async () => {
    const opened = await open({ onFallback: (message) => said.push(message) });
    expect(opened.backend).toBe('wasm');
    expect(opened.fallbacks).toEqual([
      { backend: 'webgpu', reason: expect.stringContaining('no GPU adapter was found') },
    ]);
  });
  expect(said).toEqual([
    expect.stringMatching(/^initDevice: using wasm, since webgpu is not available: no GPU adapter/),
  ]);
});

test('when nothing can be had, the error lists what was tried and why', async () => {
  const broken = { requestAdapter: async () => Promise.reject(new Error('the driver is gone')) };
  await withGpu(broken, () =>
    expect(initDevice({ prefer: ['webgpu'] })).rejects.toThrow(
      'initDevice: no backend can be had; webgpu is not available: the driver is gone',
    ),
  );
});

test('an unknown or empty preference is refused', async () => {
  await expect(initDevice({ prefer: [] })).rejects.toThrow(
    'initDevice: prefer must be a non-empty list of webgpu, wasm, cpu, got []',
  );
  await expect(initDevice({ prefer: ['webgl' as 'cpu'] })).rejects.toThrow(TypeError);
});

test('counting dispatches needs webgpu', async () => {
  await open({ prefer: ['cpu'] });
  await expect(countDispatches(() => 1)).rejects.toThrow('countDispatches: the backend must be webgpu, got cpu');
});

describe('webgpu', () => {
  const found = existsSync(process.env.VK_ICD_FILENAMES ?? '') || process.env.CI !== undefined;
  if (!found) console.warn('skipped: webgpu in Node (no software Vulkan; see CONTRIBUTING.md)');

  test.runIf(found)('opens with what the adapter allows, and opens again after dispose', async () => {
    for (let round = 0; round < 2; round++) {
      const opened = await open({ prefer: ['webgpu'] });
      expect(opened.backend).toBe('webgpu');
      expect(opened.adapter).toMatchObject({ vendor: expect.any(String), description: expect.any(String) });
      const own = tf.backend() as unknown as { device: GPUDevice };
      const adapter = await navigator.gpu.requestAdapter();
      expect(own.device.limits.maxBufferSize).toBe(adapter?.limits.maxBufferSize);
      for (const feature of opened.features) expect(own.device.features.has(feature)).toBe(true);
      for (const feature of ['shader-f16', 'subgroups', 'timestamp-query'] as const) {
        expect(opened.features.includes(feature)).toBe(adapter?.features.has(feature));
      }
      expect(await sum()).toBe(6);
      opened.dispose();
    }
  });

  test.runIf(found)('an older device of the same name does not take the newer one with it', async () => {
    const older = await initDevice({ prefer: ['webgpu'] });
    await open({ prefer: ['webgpu'] });
    older.dispose();
    expect(tf.getBackend()).toBe('webgpu');
  });

  test.runIf(found)('dispatches are counted exactly, and only inside the call', async () => {
    await open({ prefer: ['webgpu'] });
    const x = tf.randomNormal([64, 32]);
    await tf.add(x, 1).data();
    const { dispatches, submits, bytes, result } = await countDispatches(async () => {
      const y = tf.relu(tf.add(x, x)); // two kernels
      return (await y.data()).length;
    });
    expect({ dispatches, result }).toEqual({ dispatches: 2, result: 64 * 32 });
    expect(submits).toBeGreaterThan(0);
    expect(bytes).toBeGreaterThan(0);
    expect((await countDispatches(() => tf.softmax(x))).dispatches).toBe(1);
    expect((await countDispatches(() => 1)).dispatches).toBe(0);
    const own = tf.backend() as unknown as { device: GPUDevice; queue: GPUQueue };
    expect([Object.hasOwn(own.device, 'createCommandEncoder'), Object.hasOwn(own.queue, 'submit')]).toEqual([
      false,
      false,
    ]);
  });
});

/** Runs with another object in the place of `navigator.gpu`. */
async function withGpu(gpu: object, run: () => Promise<unknown>): Promise<void> {
  Object.defineProperty(navigator, 'gpu', { value: gpu, configurable: true });
  await run();
  Object.defineProperty(navigator, 'gpu', { value: undefined, configurable: true });
}
