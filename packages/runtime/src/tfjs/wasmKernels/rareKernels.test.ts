import * as tf from '@tensorflow/tfjs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Device } from '../../device';
import { initDevice } from '../../initDevice';

let wasm: Device;
beforeAll(async () => {
  wasm = await initDevice({ prefer: ['wasm'] });
});
afterAll(() => wasm.dispose());

const normal = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed);

/** The values on cpu and on wasm, and the tensors and buffers that wasm leaves. */
async function onBoth(fn: () => tf.Tensor | tf.Tensor[]) {
  const run = () => {
    const before = { ...tf.memory() };
    const tensors = [tf.tidy(fn)].flat();
    const values = tensors.map((x) => ({ shape: x.shape, dtype: x.dtype, values: [...x.dataSync()] }));
    tf.dispose(tensors);
    const after = tf.memory();
    return { values, left: [after.numTensors - before.numTensors, after.numDataBuffers - before.numDataBuffers] };
  };
  await tf.setBackend('cpu');
  let cpu: ReturnType<typeof run>;
  try {
    cpu = run();
  } finally {
    await tf.setBackend('wasm');
  }
  return { cpu: cpu.values, ...run() };
}

async function expectSame(fn: () => tf.Tensor | tf.Tensor[]): Promise<void> {
  const { cpu, values, left } = await onBoth(fn);
  expect(values.map(({ shape, dtype }) => ({ shape, dtype }))).toEqual(
    cpu.map(({ shape, dtype }) => ({ shape, dtype })),
  );
  values.forEach(({ values: ours }, i) => {
    const theirs = cpu[i]?.values as (number | string)[];
    ours.forEach((value: number | string, at) => {
      if (typeof value === 'string') expect(value).toBe(theirs[at]);
      else expect(Math.abs(value - (theirs[at] as number))).toBeLessThan(1e-4);
    });
    expect(ours.length).toBe(theirs.length);
  });
  expect(left).toEqual([0, 0]);
}

test('no kernel of the cpu backend is missing but the one that draws on a canvas', () => {
  const names = (backend: string) => tf.getKernelsForBackend(backend).map(({ kernelName }) => kernelName);
  const ours = new Set(names('wasm'));
  expect(names('cpu').filter((name) => !ours.has(name) && !name.includes('/'))).toEqual(['Draw']);
});

describe('einsum', () => {
  test.each<[string, number[][]]>([
    [
      'ij,jk->ik',
      [
        [3, 4],
        [4, 5],
      ],
    ],
    [
      'ij,kj->ki',
      [
        [3, 4],
        [5, 4],
      ],
    ],
    [
      'bij,bjk->bik',
      [
        [2, 3, 4],
        [2, 4, 5],
      ],
    ],
    [
      'bhid,bhjd->bhij',
      [
        [2, 3, 4, 5],
        [2, 3, 6, 5],
      ],
    ],
    [
      'bij,bjk->kbi',
      [
        [2, 3, 4],
        [2, 4, 5],
      ],
    ],
    ['i,j->ij', [[3], [4]]],
    ['i,i->', [[5], [5]]],
    [
      'ij,ij->ij',
      [
        [3, 4],
        [3, 4],
      ],
    ],
    ['ij->ji', [[3, 4]]],
    ['ij->', [[3, 4]]],
    ['ijk->ki', [[3, 4, 2]]],
    ['ij->ij', [[3, 4]]],
  ])('%s', (equation, shapes) =>
    expectSame(() => tf.einsum(equation, ...shapes.map((shape, i) => normal(shape, i + 1)))),
  );

  test('with sums that the cpu backend gets wrong, or refuses', () => {
    tf.tidy(() => {
      const [a, b, c] = [normal([3, 4], 1), normal([4, 5], 2), normal([2, 5], 3)];
      const close = (x: tf.Tensor, y: tf.Tensor) => {
        expect(x.shape).toEqual(y.shape);
        expect(tf.max(tf.abs(tf.sub(x, y))).dataSync()[0]).toBeLessThan(1e-5);
      };
      close(tf.einsum('ij,jk->k', a, b), tf.sum(tf.matMul(a, b as tf.Tensor2D), 0));
      close(tf.einsum('ij,kl->il', a, c), tf.outerProduct(tf.sum(a, 1), tf.sum(c, 0)));
    });
  });

  test('sizes that do not match are refused in words of tfjs', () => {
    expect(() => tf.einsum('ij,jk->ik', tf.zeros([3, 4]), tf.zeros([5, 2]))).toThrow('Expected dimension');
  });
});

describe('complex numbers', () => {
  test('are made, taken apart, reshaped and read', () =>
    expectSame(() => {
      const z = tf.complex(normal([3, 4], 1), normal([3, 4], 2));
      // The cpu backend reshapes the original's parts, too.
      const w = tf.reshape(tf.complex(normal([3, 4], 1), normal([3, 4], 2)), [2, 6]);
      return [z, w, tf.real(z), tf.imag(w), tf.abs(z)];
    }));

  test('can be awaited', async () => {
    const z = tf.complex([1, 2], [3, 4]);
    expect([...(await z.data())]).toEqual([1, 3, 2, 4]);
  });

  test.each([8, 5, 1])('are Fourier transformed and back, %d at a time', (n) =>
    expectSame(() => {
      const z = tf.complex(normal([2, n], 1), normal([2, n], 2));
      const transformed = tf.fft(z);
      return [transformed, tf.ifft(transformed)];
    }),
  );

  test('also of real signals', () =>
    expectSame(() => {
      const transformed = tf.spectral.rfft(normal([3, 8], 1));
      return [tf.real(transformed), tf.imag(transformed), tf.spectral.irfft(transformed)];
    }));
});

test('ragged tensors and patterns in text', () =>
  expectSame(() => {
    const numbers = (values: number[]) => tf.tensor1d(values, 'int32');
    const flat = tf.raggedTensorToTensor(
      tf.tensor1d([2, 3], 'int32'),
      tf.tensor1d([0.1, 0.2, 0.3, 0.4]),
      tf.scalar(1.5),
      [numbers([0, 2, 2, 4])],
      ['ROW_SPLITS'],
    );
    const { rtNestedSplits, rtDenseValues } = tf.raggedRange(
      numbers([2, 5]),
      numbers([5, 7]),
      tf.scalar(1, 'int32'),
    ) as unknown as {
      rtNestedSplits: tf.Tensor;
      rtDenseValues: tf.Tensor;
    };
    return [flat, rtNestedSplits, rtDenseValues, tf.string.staticRegexReplace(tf.tensor1d(['aba', 'cb']), 'b', 'x')];
  }));

test('where the cpu backend is not loaded, the error names it', () => {
  const kernel = tf.getKernel('FFT', 'cpu') as tf.KernelConfig;
  tf.unregisterKernel('FFT', 'cpu');
  try {
    expect(() => tf.fft(tf.complex([1, 2], [3, 4]))).toThrow(
      "FFT: tfjs's wasm backend has no such kernel, and the cpu backend's, which could stand in, is not loaded; import '@tensorflow/tfjs-backend-cpu'",
    );
  } finally {
    tf.registerKernel(kernel);
  }
});
