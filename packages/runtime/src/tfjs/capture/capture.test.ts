import '@tensorflow/tfjs';
import { backends, describeOnEachBackend } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Device } from '../../device';
import { initDevice } from '../../initDevice';
import { randomNormal } from '../../random/randomNormal';
import { countDispatches } from '../countDispatches';
import { overwrite } from '../ops/overwrite';
import { capture } from './capture';
import { dependsOnHost } from './dependsOnHost';

const numbers = async (tensor: tf.Tensor) => [...(await tensor.data())];
/** The number of a line of this file, as a stack shows it; a browser shows those of the compiled file. */
async function lineEndingWith(mark: string): Promise<string> {
  if (typeof window !== 'undefined') return '\\d+:';
  const { readFileSync } = await import('node:fs');
  const lines = readFileSync(new URL(import.meta.url), 'utf8').split('\n');
  return `${lines.findIndex((text) => text.trimEnd().endsWith(mark)) + 1}:`;
}

const variable = (values: number[]) => tf.tidy(() => tf.variable(tf.tensor(values)));

describeOnEachBackend('capture', (backend) => {
  const gpu = backend === 'webgpu';

  test('every call does the work once, whether it runs, is recorded or replayed', async () => {
    const total = variable([0, 0]);
    const step = capture((x: tf.Tensor) => {
      overwrite(total, tf.add(total, x) as tf.Tensor);
      return { sum: tf.sum(total), twice: [tf.mul(x, 2)] };
    });
    for (let i = 1; i <= 6; i++) {
      const { sum, twice } = step(tf.tensor([i, 10 * i]));
      expect(await numbers(sum)).toEqual([(11 * i * (i + 1)) / 2]);
      expect(await numbers(twice[0] as tf.Tensor)).toEqual([2 * i, 20 * i]);
      expect(step.recordings).toBe(gpu && i > 1 ? 1 : 0);
    }
    expect(await numbers(total)).toEqual([21, 210]);
  });

  test('arguments may live on the device or come from the host; results are tensors of their own', async () => {
    const square = capture((x: tf.Tensor) => tf.square(x));
    const results: tf.Tensor[] = [];
    for (let i = 0; i < 5; i++) {
      const x = tf.tensor([i, 1]);
      results.push(square(i % 2 === 0 ? x : tf.add(x, 1)));
    }
    expect(await Promise.all(results.map(numbers))).toEqual([
      [0, 1],
      [4, 4],
      [4, 1],
      [16, 4],
      [16, 1],
    ]);
  });

  test('an argument or a variable that is returned is a tensor of its own', async () => {
    const v = variable([5]);
    const same = capture((x: tf.Tensor) => [x, v as tf.Tensor]);
    for (let i = 0; i < 4; i++) {
      const x = tf.tensor([i]);
      const results = same(x);
      tf.dispose(x);
      expect(await Promise.all(results.map(numbers))).toEqual([[i], [5]]);
      tf.dispose(results);
    }
    expect(v.isDisposed).toBe(false);
  });

  test('nothing accumulates over a thousand calls, and dispose gives all back', async () => {
    const w = variable([1, 2, 3]);
    const step = capture((x: tf.Tensor) => {
      overwrite(w, tf.add(tf.mul(w, 0.5), x) as tf.Tensor);
      return tf.sum(tf.exp(tf.neg(tf.square(w))));
    });
    const x = tf.tensor([1, 0, 1]);
    for (let i = 0; i < 3; i++) step(x).dispose();
    await x.data();
    const before = tf.memory() as tf.MemoryInfo & { numBytesAllocatedInGPU?: number };
    for (let i = 0; i < 1000; i++) step(x).dispose();
    await w.data();
    const after = tf.memory() as tf.MemoryInfo & { numBytesAllocatedInGPU?: number };
    expect(after.numTensors).toBe(before.numTensors);
    expect(after.numBytes).toBe(before.numBytes);
    // Of the pool: one result and one buffer to read from.
    if (gpu) expect((after.numBytesAllocatedInGPU ?? 0) - (before.numBytesAllocatedInGPU ?? 0)).toBeLessThan(64);
    step.dispose();
    expect(step.recordings).toBe(0);
    expect(await numbers(step(x))).toHaveLength(1);
  });

  test('a step may be made of other captured steps, two of them in turns', async () => {
    const v = variable([1]);
    const double = capture((x: tf.Tensor) => {
      overwrite(v, tf.mul(v, 2) as tf.Tensor);
      return tf.add(v, x);
    });
    const add = capture((x: tf.Tensor) => {
      overwrite(v, tf.add(v, x) as tf.Tensor);
      return tf.clone(v);
    });
    let expected = 1;
    for (let i = 0; i < 6; i++) {
      expected *= 2;
      expect(await numbers(double(tf.tensor([0.5])))).toEqual([expected + 0.5]);
      expected += i;
      expect(await numbers(add(tf.tensor([i])))).toEqual([expected]);
    }
  });

  test('whoever shares the numbers of a variable before a replay keeps them', async () => {
    const v = variable([1]);
    const step = capture((x: tf.Tensor) => {
      overwrite(v, tf.add(v, x) as tf.Tensor);
      return tf.sum(v);
    });
    const one = tf.tensor([1]);
    const held: tf.Tensor[] = [];
    for (let i = 0; i < 5; i++) {
      held.push(tf.clone(v), tf.reshape(v, [1, 1]));
      step(one).dispose();
    }
    const seen = await Promise.all(held.map(numbers));
    expect(seen.flat()).toEqual([1, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
    expect(await numbers(v)).toEqual([6]);
  });

  test('what is read of a variable between replays is not taken for its value later', async () => {
    const v = variable([1]);
    const step = capture((x: tf.Tensor) => {
      overwrite(v, tf.add(v, x) as tf.Tensor);
      return tf.sum(v);
    });
    const one = tf.tensor([1]);
    for (let i = 0; i < 5; i++) {
      step(one).dispose();
      expect(await numbers(v)).toEqual([i + 2]);
    }
  });

  test('a variable that was reassigned or overwritten outside is seen', async () => {
    const v = variable([1]);
    const step = capture((x: tf.Tensor) => tf.mul(v, x));
    const two = tf.tensor([2]);
    for (let i = 0; i < 8; i++) {
      if (i % 3 === 1) tf.tidy(() => v.assign(tf.tensor([i])));
      else overwrite(v, [i]);
      expect(await numbers(step(two))).toEqual([2 * i]);
    }
  });

  test('a variable that was reassigned is seen also while somebody holds its old numbers', async () => {
    const v = variable([1]);
    const step = capture((x: tf.Tensor) => tf.mul(v, x));
    const two = tf.tensor([2]);
    for (let i = 0; i < 3; i++) step(two).dispose();
    const old = tf.clone(v);
    tf.tidy(() => v.assign(tf.tensor([5])));
    for (let i = 0; i < 3; i++) expect(await numbers(step(two))).toEqual([10]);
    expect(await numbers(old)).toEqual([1]);
  });

  test('a tensor from outside is the same when the recording that saw it first is gone', async () => {
    let scale = tf.tensor([1]);
    const step = capture((x: tf.Tensor) => tf.mul(x, scale));
    step(tf.tensor([1])).dispose();
    scale = tf.tensor([3]); // still on the host: it is uploaded in the recorded call
    for (let i = 0; i < 3; i++) expect(await numbers(step(tf.tensor([i])))).toEqual([3 * i]);
    step.dispose();
    expect(await numbers(tf.add(scale, tf.scalar(0)))).toEqual([3]);
    expect(await numbers(scale)).toEqual([3]);
  });

  test('a tensor from outside that was disposed is not read from memory that others have', async () => {
    let scale = tf.add(tf.tensor([2, 2]), 0);
    const step = capture((x: tf.Tensor) => tf.mul(x, scale));
    const x = tf.tensor([1, 3]);
    for (let i = 0; i < 3; i++) expect(await numbers(step(x))).toEqual([2, 6]);
    scale.dispose();
    scale = tf.add(tf.tensor([5, 5]), 0);
    for (let i = 0; i < 4; i++) expect(await numbers(step(x))).toEqual([5, 15]);
    tf.mul(scale, x).dispose(); // waits in the queue, and with it the end of its arguments
    scale.dispose();
    scale = tf.add(tf.tensor([7, 7]), 0);
    for (let i = 0; i < 4; i++) expect(await numbers(step(x))).toEqual([7, 21]);
  });

  test('shapes are recorded one by one, and the longest unused goes', async () => {
    const sum = capture((x: tf.Tensor) => tf.sum(tf.square(x)), { shapes: 2 });
    for (const round of [1, 2, 3]) {
      for (const n of [2, 3]) expect(await numbers(sum(tf.fill([n], round)))).toEqual([n * round ** 2]);
    }
    expect(sum.recordings).toBe(gpu ? 2 : 0);
    for (let i = 0; i < 3; i++) expect(await numbers(sum(tf.fill([5], 2)))).toEqual([20]);
    expect(sum.recordings).toBe(gpu ? 2 : 0);
    expect(await numbers(sum(tf.fill([2], 3)))).toEqual([18]);
  });

  test('whole numbers and truth values pass', async () => {
    const step = capture((indices: tf.Tensor, keep: tf.Tensor) =>
      tf.where(keep, tf.add(indices, tf.scalar(1, 'int32')), tf.neg(indices)),
    );
    for (let i = 0; i < 4; i++) {
      const result = step(tf.tensor([i, i], [2], 'int32'), tf.tensor([true, false], [2], 'bool'));
      expect(result.dtype).toBe('int32');
      expect((await numbers(result)).map((n) => n + 0)).toEqual([i + 1, -i + 0]);
    }
  });

  test('variables may be made in the first call', async () => {
    let slot: tf.Variable | undefined;
    const step = capture((x: tf.Tensor) => {
      slot ??= tf.variable(tf.zerosLike(x));
      overwrite(slot, tf.add(slot, x) as tf.Tensor);
      return tf.sum(slot);
    });
    for (let i = 1; i <= 4; i++) expect(await numbers(step(tf.tensor([1, 2])))).toEqual([3 * i]);
    expect(step.recordings).toBe(gpu ? 1 : 0);
  });

  test('an error of the function is thrown, and the next call is none the worse', async () => {
    const v = variable([1]);
    let fails = false;
    const step = capture((x: tf.Tensor) => {
      const y = tf.mul(v, x);
      if (fails) throw new Error('mine');
      return y;
    });
    const x = tf.tensor([3]);
    for (const failing of [false, true, true, false, false, false]) {
      fails = failing;
      if (failing) expect(() => step(x)).toThrow('mine');
      else expect(await numbers(step(x))).toEqual([3]);
    }
  });

  test('what is no tensor is refused, as is a promise, and a call inside a gradient', () => {
    const step = capture((x: tf.Tensor) => tf.square(x));
    expect(() => step(3 as unknown as tf.Tensor)).toThrow('capture: the arguments must be tensors');
    const number = capture((() => 3) as unknown as () => tf.Tensor);
    expect(() => number()).toThrow('capture: the result must be tensors');
    const later = capture((async () => tf.scalar(1)) as unknown as () => tf.Tensor);
    expect(() => later()).toThrow('capture: fn must be synchronous');
    expect(() => tf.grad((x) => step(x))(tf.tensor([1]))).toThrow('must not be called inside a gradient');
    expect(() => capture(() => tf.scalar(1), { shapes: 0 })).toThrow(
      'capture: shapes must be a positive integer, got 0',
    );
  });
});

describe.runIf(backends.includes('webgpu'))('what cannot be replayed is refused with the line that did it', () => {
  const kept: tf.Tensor[] = [];
  const rules: [string, () => (x: tf.Tensor) => tf.Tensor, RegExp][] = [
    [
      'reading back',
      () => (x) => tf.mul(x, (tf.sum(x).dataSync()[0] as number) > 1 ? 1 : 2), // reads
      /must not read a tensor back.*, at .*capture\.test\.ts.*:LINE/,
    ],
    [
      'reassigning a variable',
      () => {
        const v = variable([1, 1]);
        return (x) => {
          v.assign(tf.add(v, x)); // reassigns
          return tf.sum(v);
        };
      },
      /must not reassign a variable, got .*\.assign\(…\); .*, at .*capture\.test\.ts.*:LINE/,
    ],
    [
      'a number that changes',
      () => {
        let step = 0;
        return (x) => tf.mul(x, step++); // number
      },
      /a number from the host must be the same in every call; .*, at .*capture\.test\.ts.*:LINE/,
    ],
    [
      'branching',
      () => {
        let step = 0;
        return (x) => {
          if (step++ % 2 === 1) return tf.sum(tf.exp(x));
          return tf.sum(x); // branches
        };
      },
      /every call must do the same operations on the device, got .*, at .*capture\.test\.ts.*:LINE/,
    ],
    [
      'keeping a tensor',
      () => {
        kept.length = 0;
        return (x) => {
          const y = tf.square(x); // keeps
          kept.push(tf.keep(y));
          return tf.sum(y);
        };
      },
      /a tensor made inside must not outlive the call, .*, at .*capture\.test\.ts.*:LINE/,
    ],
  ];
  rules.push([
    'what says that it depends on the host',
    () => (x) => {
      dependsOnHost('the weather'); // says
      return tf.sum(x);
    },
    /must not depend on the weather, which differs from call to call, at .*capture\.test\.ts.*:LINE/,
  ]);
  rules.push([
    'writing an argument',
    () => (x) => {
      overwrite(x as tf.Variable, [7, 7]); // writes
      return tf.sum(x);
    },
    /an argument must not be written in place, .*, at .*capture\.test\.ts.*:LINE/,
  ]);
  const marks = ['// reads', '// reassigns', '// number', '// branches', '// keeps', '// says', '// writes'];

  test.each(rules.map((rule, i) => [...rule, marks[i] as string] as const))('%s', async (_, make, complaint, mark) => {
    const device = await initDevice({ prefer: ['webgpu'] });
    const expected = new RegExp(complaint.source.replace('LINE', await lineEndingWith(mark)));
    const x = tf.add(tf.tensor([1, 2]), 0);
    const strict = capture(make());
    const calls = () => {
      for (let i = 0; i < 4; i++) strict(x);
    };
    expect(calls).toThrow(expected);

    const reasons: string[] = [];
    const lenient = capture(make(), { onRefused: ({ message }) => reasons.push(message) });
    if (mark !== '// reads') for (let i = 0; i < 5; i++) lenient(x); // dataSync does not work in Node
    if (mark !== '// reads') expect(reasons).toEqual([expect.stringMatching(expected)]);
    if (mark === '// keeps') expect(await Promise.all(kept.map(numbers))).toEqual(new Array(5).fill([1, 4]));
    device.dispose();
    await tf.setBackend('cpu');
  });
});

describe.runIf(backends.includes('webgpu'))('a replay', () => {
  let device: Device;
  beforeEach(async () => {
    device = await initDevice({ prefer: ['webgpu'] });
  });
  afterEach(async () => {
    device.dispose();
    await tf.setBackend('cpu');
  });
  const bytes = () => (tf.memory() as tf.MemoryInfo & { numBytesAllocatedInGPU: number }).numBytesAllocatedInGPU;

  test('is one submit of the dispatches that the function has, and writes nothing from the host', async () => {
    const w = tf.tidy(() => tf.variable(randomNormal([8, 8], { seed: 1 })));
    const step = capture((x: tf.Tensor) => tf.sum(tf.relu(tf.matMul(x as tf.Tensor2D, w as unknown as tf.Tensor2D))));
    const x = tf.add(randomNormal([4, 8], { seed: 2 }), 0);
    const eager = await countDispatches(() => step(x));
    step(x);
    const replayed = await countDispatches(() => step(x));
    expect(replayed.dispatches).toBe(eager.dispatches);
    expect(replayed).toMatchObject({ submits: 2, bytes: 0 }); // one of them closes the count
    expect(await numbers(replayed.result)).toEqual(await numbers(eager.result));
  });

  test('uses its memory again in the recorded order, and gives all of it back', async () => {
    const size = 4096;
    const chain = capture((x: tf.Tensor) => {
      let y = x;
      for (let i = 0; i < 20; i++) y = tf.tidy(() => tf.sqrt(tf.add(tf.square(y), 1)));
      return tf.sum(y);
    });
    const x = tf.tensor(new Float32Array(size));
    chain(x).dispose();
    await x.data();
    const before = bytes();
    const recorded = chain(x);
    expect(chain.recordings).toBe(1);
    const whole = 20 * 3 * size * 4;
    // In the outer tidy each link's result lives to the end; what is between them is used again.
    expect(bytes() - before).toBeLessThan(0.45 * whole);
    expect((await numbers(recorded))[0]).toBeCloseTo(size * Math.sqrt(20), 0);
    recorded.dispose();
    chain.dispose();
    expect(bytes() - before).toBeLessThan(64); // the result's own few bytes, in tfjs's pool
  });

  test('that is under way when its recording is disposed comes to its end', async () => {
    const w = variable([2, 3]);
    const results: tf.Tensor[] = [];
    for (let round = 0; round < 5; round++) {
      const step = capture((x: tf.Tensor) => {
        overwrite(w, tf.add(w, x) as tf.Tensor);
        return tf.sum(tf.square(w));
      });
      for (let i = 0; i < 4; i++) results.push(step(tf.tensor([1, 0])));
      step.dispose();
    }
    const expected = Array.from({ length: 20 }, (_, i) => [(3 + i) ** 2 + 9]);
    expect(await Promise.all(results.map(numbers))).toEqual(expected);
  });

  test('does what plain calls do, for random chains of operations', async () => {
    const operations: ((x: tf.Tensor, w: tf.Tensor) => tf.Tensor)[] = [
      (x, w) => tf.matMul(x as tf.Tensor2D, w as tf.Tensor2D),
      (x, w) => tf.add(x, tf.slice(w, [0, 0], [1, 3])),
      (x) => tf.tanh(x),
      (x) => tf.reshape(tf.transpose(x), x.shape),
      (x) => tf.softmax(x),
      (x, w) => tf.sub(x, tf.mean(w, 0)),
      (x) => tf.concat([tf.slice(x, [1, 0]), tf.slice(x, [0, 0], [1, -1])]),
      (x) => tf.leakyRelu(x, 0.3),
    ];
    const indices = fc.array(fc.nat(operations.length - 1), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(indices, fc.nat(), async (chosen, seed) => {
        type Step = (x: tf.Tensor) => tf.Tensor;
        const run = async (wrap: (fn: Step) => Step) => {
          const w = tf.tidy(() => tf.variable(randomNormal([3, 3], { seed, std: 0.3 })));
          const step = wrap((x: tf.Tensor) => {
            const { value, grads } = tf.variableGrads(
              () =>
                tf.mean(
                  tf.square([0, ...chosen].reduce<tf.Tensor>((y, i) => operations[i]?.(y, w) as tf.Tensor, x)),
                ) as tf.Scalar,
              [w],
            );
            const [gradient] = Object.values(grads) as [tf.Tensor];
            overwrite(w, tf.sub(w, tf.mul(0.01, gradient)) as tf.Tensor);
            return value as tf.Tensor;
          });
          const losses = [0, 1, 2, 3, 4].map((i) => step(randomNormal([4, 3], { seed: seed + i })));
          const seen = (await Promise.all([...losses, w as tf.Tensor].map(numbers))).flat();
          w.dispose();
          return seen;
        };
        const tidied = (fn: Step) => (x: tf.Tensor) => tf.tidy(() => fn(x));
        const [plain, captured] = [await run(tidied), await run((fn) => capture(fn))];
        expect(captured.map((value, i) => Math.abs(value - (plain[i] as number)))).toEqual(
          plain.map(() => expect.closeTo(0, 4)),
        );
      }),
      { numRuns: 8, seed: 3 },
    );
  });
});
