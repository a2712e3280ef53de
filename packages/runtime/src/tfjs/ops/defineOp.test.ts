import '@tensorflow/tfjs';
import { describeOnEachBackend, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test, vi } from 'vitest';
import { countDispatches } from '../countDispatches';
import { defineOp } from './defineOp';
import { sizeOf } from './tensorSpec';

/** y = a·x², n = the number of elements; two outputs, and a gradient that needs an output. */
const scaledSquare = defineOp<'x', 'y' | 'root', { a: number }>({
  name: 'test/scaledSquare',
  outputs: ({ x }) => ({ y: x, root: x }),
  compose: ({ x }, { a }) => ({ y: tf.mul(a, tf.square(x)), root: tf.mul(Math.sqrt(a), x) }),
  webgpu: ({ inputs: { x }, attributes: { a } }) => ({
    code: `@compute @workgroup_size(64)
      fn main(@builtin(workgroup_id) group: vec3<u32>, @builtin(num_workgroups) groups: vec3<u32>,
              @builtin(local_invocation_index) local: u32) {
        let i = groupIndex(group, groups) * 64 + local;
        if (i < params.size) {
          root[i] = sqrt(params.a) * x[i];
          y[i] = params.a * x[i] * x[i];
        }
      }`,
    reads: ['x'],
    writes: ['y', 'root'],
    groups: Math.ceil(sizeOf(x.shape) / 64),
    integers: { size: sizeOf(x.shape) },
    floats: { a },
  }),
  wasm: ({ inputs: { x }, outputs: { y, root }, attributes: { a } }) => {
    for (const [i, value] of x.entries()) {
      root[i] = Math.sqrt(a) * value;
      y[i] = a * value * value;
    }
  },
  grad: {
    saves: ['root'],
    of: ({ y: dy, root: dRoot }, { root }, { a }) => ({
      x: () => tf.add(tf.mul(tf.mul(dy, 2 * Math.sqrt(a)), root), tf.mul(dRoot, Math.sqrt(a))),
    }),
  },
});

/** The same without a gradient of its own, and an input that may be left out. */
const shifted = defineOp<'x' | 'shift', 'y', object>({
  name: 'test/shifted',
  outputs: ({ x }) => ({ y: x }),
  compose: ({ x, shift }) => ({ y: shift === undefined ? x : tf.add(tf.square(x), shift) }),
});

/** v ← v + by, in place; returns what was there. */
const increase = defineOp<'v' | 'by', 'old', object>({
  name: 'test/increase',
  writes: ['v'],
  outputs: ({ v }) => ({ old: v }),
  compose: ({ v, by }) => ({ v: tf.add(v, by), old: tf.clone(v) }),
  webgpu: ({ inputs: { v } }) => ({
    code: `@compute @workgroup_size(1) fn main(@builtin(global_invocation_id) id: vec3<u32>) {
      old[id.x] = v[id.x]; v[id.x] += by[id.x];
    }`,
    reads: ['by'],
    writes: ['v', 'old'],
    groups: sizeOf(v.shape),
  }),
  cpu: ({ inputs: { v, by }, outputs: { old } }) => {
    old.set(v);
    for (const [i, value] of by.entries()) v[i] = (v[i] as number) + value;
  },
});
const increaseComposed = defineOp<'v' | 'by', 'old', object>({
  name: 'test/increaseComposed',
  writes: ['v'],
  outputs: ({ v }) => ({ old: v }),
  compose: ({ v, by }) => ({ v: tf.add(v, by), old: tf.clone(v) }),
});

const numbers = async (tensor: tf.Tensor) => [...(await tensor.data())];

describeOnEachBackend('defineOp', (backend) => {
  test.each([[1], [63], [130], [3, 5, 7]])('all outputs are computed, shape %j', async (...shape) => {
    const x = tf.range(0, sizeOf(shape)).reshape(shape) as tf.Tensor;
    const { y, root } = scaledSquare({ x }, { a: 4 });
    expect(y.shape).toEqual(shape);
    expect(await numbers(y)).toEqual((await numbers(x)).map((value) => 4 * value * value));
    expect(await numbers(root)).toEqual((await numbers(x)).map((value) => 2 * value));
  });

  test('an empty tensor is computed without a kernel', async () => {
    const { y } = scaledSquare({ x: tf.zeros([0, 3]) }, { a: 4 });
    expect(y.shape).toEqual([0, 3]);
    expect(await numbers(y)).toEqual([]);
  });

  test('the gradient goes through every output, and can be differentiated again', async () => {
    const x = tf.tensor([1, -2, 3]);
    const first = (x: tf.Tensor) => tf.grad((x) => tf.sum(scaledSquare({ x }, { a: 4 }).y))(x);
    expect(await numbers(first(x))).toEqual([8, -16, 24]);
    const both = tf.grad((x) => {
      const { y, root } = scaledSquare({ x }, { a: 4 });
      return tf.add(tf.sum(y), tf.sum(root));
    });
    expect(await numbers(both(x))).toEqual([10, -14, 26]);
    const second = tf.grad((x) => tf.sum(tf.mul(first(x), tf.tensor([1, 10, 100]))));
    expect(await numbers(second(x))).toEqual([8, 80, 800]);
  });

  test('without a gradient of its own an op has that of its composition, of any order', async () => {
    const x = tf.tensor([1, -2]);
    const shift = tf.scalar(3);
    const grads = tf.grads((x, shift) => tf.sum(shifted({ x, shift }, {}).y));
    expect(await Promise.all(grads([x, shift]).map(numbers))).toEqual([[2, -4], [2]]);
    const second = tf.grad((x) => tf.sum(tf.square(tf.grad((x) => tf.sum(shifted({ x, shift }, {}).y))(x))));
    expect(await numbers(second(x))).toEqual([8, -16]); // d/dx (2x)² = 8x
  });

  test('an input may be left out; one that is handed through is a tensor of its own', async () => {
    const x = tf.tensor([1, -2]);
    const { y } = shifted({ x }, {});
    x.dispose();
    expect(await numbers(y)).toEqual([1, -2]);
  });

  test.each([
    ['by a kernel', increase],
    ['composed', increaseComposed],
  ])('a variable is written in place, %s; who shared its numbers keeps the old ones', async (_, op) => {
    const initial = tf.tensor([1, 2]);
    const v = tf.variable(initial);
    const clone = tf.clone(v);
    const reshaped = tf.reshape(v, [2, 1]);
    const by = tf.tensor([10, 20]);
    const { old } = op({ v, by }, {});
    expect(await numbers(v)).toEqual([11, 22]);
    for (const shared of [initial, clone, reshaped, old]) expect(await numbers(shared)).toEqual([1, 2]);
    const id = v.dataId;
    op({ v, by }, {});
    expect(await numbers(v)).toEqual([21, 42]);
    if (op === increase && backend !== 'wasm') expect(v.dataId).toBe(id);
  });

  test("the user's own array is never written", async () => {
    const mine = new Float32Array([1, 2]);
    const v = tf.tidy(() => tf.variable(tf.tensor(mine)));
    const seen = v.dataSync();
    increase({ v, by: tf.tensor([1, 1]) }, {});
    expect([...mine, ...seen]).toEqual([1, 2, 1, 2]);
  });

  test('a read that was under way while a variable was written is not taken for its value later', async () => {
    const v = tf.tidy(() => tf.variable(tf.tensor([1, 2])));
    increase({ v, by: tf.tensor([1, 1]) }, {}); // where there is a GPU, it is there now
    const early = v.data();
    increase({ v, by: tf.tensor([10, 20]) }, {});
    expect([...(await early)]).toEqual([2, 3]);
    expect(await numbers(v)).toEqual([12, 23]);
  });

  test('nothing leaks', async () => {
    const x = tf.tensor([1, 2, 3]);
    const v = tf.tidy(() => tf.variable(tf.tensor([1, 2, 3])));
    expect(await leaked(() => scaledSquare({ x }, { a: 2 }))).toBe(0);
    expect(await leaked(() => tf.grad((x) => tf.sum(scaledSquare({ x }, { a: 2 }).y))(x))).toBe(0);
    expect(await leaked(() => shifted({ x }, {}))).toBe(0);
    expect(await leaked(() => increase({ v, by: x }, {}))).toBe(0);
    expect(await leaked(() => increaseComposed({ v, by: x }, {}))).toBe(0);
  });

  test('tf.profile sees the op by its name', async () => {
    const x = tf.tensor([1, 2, 3]);
    const { kernels } = await tf.profile(() => scaledSquare({ x }, { a: 2 }).y);
    // What is composed shows what it is composed of, too.
    expect(kernels.map(({ name }) => name).slice(backend === 'cpu' ? 3 : 0)).toEqual(['test/scaledSquare']);
  });

  if (backend === 'webgpu') {
    test('is one dispatch, and sends nothing to the GPU when it is called again', async () => {
      const x = tf.tensor([1, 2, 3]);
      tf.dispose(scaledSquare({ x }, { a: 2 }));
      const count = await countDispatches(() => scaledSquare({ x }, { a: 2 }));
      expect(count).toMatchObject({ dispatches: 1, bytes: 0 });
    });

    test('has variants for what the device can do', async () => {
      const kinds: string[] = [];
      const total = defineOp<'x', 'sum', object>({
        name: 'test/total',
        outputs: () => ({ sum: { shape: [1], dtype: 'int32' } }),
        compose: ({ x }) => ({ sum: tf.reshape(tf.sum(x), [1]) }),
        webgpu({ features }) {
          const together = features.has('subgroups');
          kinds.push(together ? 'subgroups' : 'one by one');
          const add = together
            ? 'let part = subgroupAdd(x[local]); if (subgroupElect()) { atomicAdd(&whole, part); }'
            : 'atomicAdd(&whole, x[local]);';
          return {
            enable: together ? ['subgroups'] : [],
            code: `var<workgroup> whole: atomic<i32>;
              @compute @workgroup_size(64) fn main(@builtin(local_invocation_index) local: u32) {
                ${add}
                workgroupBarrier();
                if (local == 0u) { sum[0] = atomicLoad(&whole); }
              }`,
            reads: ['x'],
            writes: ['sum'],
            groups: 1,
          };
        },
      });
      const { sum } = total({ x: tf.range(0, 64, 1, 'int32') }, {});
      expect(await numbers(sum)).toEqual([2016]);
      const { features } = (tf.backend() as unknown as { device: GPUDevice }).device;
      expect(kinds).toEqual([features.has('subgroups') ? 'subgroups' : 'one by one']);
    });

    test('more groups than one dimension allows are spread over two', async () => {
      const many = 65_535 * 64 + 65;
      const { y } = tf.tidy(() => scaledSquare({ x: tf.fill([many], 3) }, { a: 1 }));
      const ends = tf.concat([tf.slice(y, [0], [1]), tf.slice(y, [many - 1], [1])]);
      expect(await numbers(ends)).toEqual([9, 9]);
      tf.dispose([y, ends]);
    });

    test('a kernel that does not compile names the op, the line and what is wrong', async () => {
      const broken = defineOp<'x', 'y', object>({
        name: 'test/broken',
        outputs: ({ x }) => ({ y: x }),
        compose: ({ x }) => ({ y: x }),
        webgpu: () => ({
          code: '@compute @workgroup_size(1)\nfn main() {\n  y[0] = nonsense;\n}',
          reads: ['x'],
          writes: ['y'],
          groups: 1,
        }),
      });
      const uncaptured = vi.spyOn(console, 'warn').mockImplementation(() => {});
      const { y } = broken({ x: tf.tensor([1]) }, {});
      const complaint = /^defineOp: the WebGPU kernel of test\/broken must compile, got at line 3: .*nonsense/;
      await expect(y.data()).rejects.toThrow(complaint);
      expect(() => broken({ x: tf.tensor([1]) }, {})).toThrow(complaint);
      uncaptured.mockRestore();
    });
  }
});

describe('defineOp itself', () => {
  test('takes a name once', () => {
    expect(() => defineOp({ name: 'test/shifted', outputs: () => ({}), compose: () => ({}) })).toThrow(
      'defineOp: name must be new, got test/shifted, which is defined already',
    );
  });
});
