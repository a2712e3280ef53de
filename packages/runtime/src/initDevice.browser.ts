import { describe, expect, test } from 'vitest';
import '@tensorflow/tfjs';
import simd from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core';
import { initDevice } from './initDevice';
import { randomNormal } from './random/randomNormal';
import { countDispatches } from './tfjs/countDispatches';

/** One URL for each file name; only the one this browser takes is there. */
const wasmPaths = {
  'tfjs-backend-wasm.wasm': '/nowhere.wasm',
  'tfjs-backend-wasm-simd.wasm': simd,
  'tfjs-backend-wasm-threaded-simd.wasm': '/nowhere.wasm',
};

const product = async () => {
  const x = randomNormal([8, 8], { seed: 1 });
  return [...(await tf.matMul(x, x).data())];
};

describe('in a browser', () => {
  test('webgpu, wasm and cpu open one after the other and agree', async () => {
    const results: number[][] = [];
    for (const backend of ['webgpu', 'wasm', 'cpu'] as const) {
      const device = await initDevice({ prefer: [backend], wasmPaths });
      expect(device).toMatchObject({ backend, fallbacks: [] });
      expect(tf.getBackend()).toBe(backend);
      expect(device.adapter === null).toBe(backend !== 'webgpu');
      results.push(await product());
      device.dispose();
    }
    const [webgpu, wasm, cpu] = results as [number[], number[], number[]];
    for (const [i, value] of cpu.entries()) {
      expect(webgpu[i]).toBeCloseTo(value, 4);
      expect(wasm[i]).toBeCloseTo(value, 4);
    }
  });

  test('dispatches are counted here too', async () => {
    const device = await initDevice({ prefer: ['webgpu'] });
    const x = randomNormal([64, 32], { seed: 1 });
    await tf.add(x, 1).data();
    expect((await countDispatches(() => tf.relu(tf.add(x, x)))).dispatches).toBe(2);
    device.dispose();
  });

  test('a browser without WebGPU falls to wasm, and says why', async () => {
    Object.defineProperty(navigator, 'gpu', { value: undefined, configurable: true });
    const said: string[] = [];
    const device = await initDevice({ wasmPaths, onFallback: (message) => said.push(message) });
    expect(device.backend).toBe('wasm');
    expect(said).toEqual(['initDevice: using wasm, since webgpu is not available: this browser has no WebGPU']);
    Reflect.deleteProperty(navigator, 'gpu');
    device.dispose();
  });
});
