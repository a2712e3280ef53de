import { capture, composeOnly, countDispatches, createRandom } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, test } from 'vitest';
import { describeOnEachBackend } from './backends';
import { gradientOf, type Numbers, secondGradientOf, type Values, weights } from './finiteDifferences';
import { leaked } from './tensors';

/** Tensors by name. */
export type Named = Record<string, tf.Tensor>;

/** An input: its shape, and numbers drawn from [low, high) where none are given. int32 ones are rounded down. */
export interface Sample {
  shape: number[];
  dtype?: 'float32' | 'int32';
  values?: readonly number[];
  low?: number;
  high?: number;
}

/** An op and what is promised of it. */
export interface OpEntry {
  name: string;
  /** The op, its options fixed; tensors by name in, one tensor (named y) or several out. */
  run(inputs: Named): tf.Tensor | Named;
  /** The same by plain loops in float64: every output by name, and the new numbers of what is written. */
  reference(inputs: Values): Record<string, ArrayLike<number>>;
  /** Inputs to try: the first is the common case, others are odd (1, primes, nothing, more than a workgroup). */
  samples: readonly Record<string, Sample>[];
  /** Inputs that have a gradient. */
  gradients?: readonly string[];
  /** Whether gradients can be differentiated; promised by the first sample. Default true. */
  twice?: boolean;
  /** Inputs that are variables, overwritten in place. */
  writes?: readonly string[];
  /** Kernels started on WebGPU for the first sample, by the call, and by it and all its gradients. Exact; of an op with kernels. */
  dispatches?: { forward: number; withGradient?: number };
  /** Largest difference allowed, relative to max(1, |value|). Default 1e-5; of gradients ten times that. */
  tolerance?: number;
  /** Inputs that take more than 65,535 workgroups, made on the device; the kernel is held against the composition. */
  large?: () => Named;
  /** Calls that are refused, each with its message. */
  refusals?: readonly (readonly [call: () => unknown, message: string | RegExp])[];
}

/**
 * One suite for every op: on each backend of this machine the kernel and the composition against float64 loops, gradients
 * and second gradients against finite differences of those loops, inputs that come from transposes, slices and reshapes,
 * no leaks, dispatches counted, replays of a captured call, bad input refused.
 *
 * @param entries - each is listed once and gets all the checks.
 */
export function opContract(entries: readonly OpEntry[]): void {
  describeOnEachBackend('the contract of ops', (backend) => {
    describe.each(entries.map((entry) => [entry.name, entry] as const))('%s', (_, entry) => {
      const {
        run,
        reference,
        samples,
        gradients = [],
        twice = true,
        writes = [],
        dispatches,
        tolerance = 1e-5,
      } = entry;
      const cases = samples.map((sample) => [describeSample(sample), sample] as const);
      const first = samples[0] as Record<string, Sample>;
      const outputsOnly = (inputs: Values) =>
        Object.fromEntries(Object.entries(reference(inputs)).filter(([name]) => !writes.includes(name)));

      describe.each([
        ['kernel', (fn: () => Named) => fn()],
        ['composition', (fn: () => Named) => composeOnly(fn)],
      ] as const)('the %s', (_, within) => {
        test.each(cases)('is its formula: %s', async (_, sample) => {
          const values = valuesOf(sample);
          const inputs = tensorsOf(values, sample, writes);
          const results = within(() => tf.tidy(() => named(run(inputs))));
          const expected = reference(values);
          for (const name of writes) results[name] = inputs[name] as tf.Tensor;
          expect(Object.keys(results).sort()).toEqual(Object.keys(expected).sort());
          for (const [name, tensor] of Object.entries(results)) {
            expectClose(await tensor.data(), expected[name] as ArrayLike<number>, tolerance, name);
          }
          tf.dispose([results, inputs]);
        });

        if (gradients.length > 0) {
          test.each(cases)('has its gradient: %s', async (_, sample) => {
            const values = valuesOf(sample);
            const inputs = tensorsOf(values, sample, writes);
            const found = within(() => gradientsOf(run, inputs, gradients));
            const expected = gradientOf(outputsOnly, values, gradients);
            for (const name of gradients.filter((name) => name in sample)) {
              const tensor = found[name] as tf.Tensor;
              expect(tensor.shape, name).toEqual(sample[name]?.shape);
              expectClose(
                await tensor.data(),
                expected[name] as Float64Array,
                10 * tolerance,
                `gradient of ${name}`,
                Number.isNaN,
              );
            }
            tf.dispose([found, inputs]);
          });
        }

        if (gradients.length > 0 && twice) {
          test('has its second gradient', async () => {
            const values = valuesOf(first);
            const inputs = tensorsOf(values, first, writes);
            const found = within(() => secondGradientsOf(run, inputs, gradients));
            const expected = secondGradientOf(outputsOnly, values, gradients);
            for (const name of gradients) {
              const got = await (found[name] as tf.Tensor).data();
              expectClose(
                got,
                expected[name] as Float64Array,
                30 * tolerance,
                `second gradient of ${name}`,
                Number.isNaN,
              );
            }
            tf.dispose([found, inputs]);
          });
        }

        test('leaves nothing behind', async () => {
          const inputs = tensorsOf(valuesOf(first), first, writes);
          expect(await leaked(() => within(() => named(run(inputs))))).toBe(0);
          if (gradients.length > 0 && writes.length === 0) {
            expect(await leaked(() => within(() => gradientsOf(run, inputs, gradients)))).toBe(0);
          }
          tf.dispose(inputs);
        });
      });

      test.each(Object.entries(origins))('takes inputs that were %s', async (_, origin) => {
        const values = valuesOf(first);
        const inputs = tensorsOf(values, first, []);
        const results = tf.tidy(() => {
          const moved = Object.entries(inputs).map(([name, tensor]) => {
            const from = origin(tensor);
            return [name, writes.includes(name) ? tf.variable(from) : from];
          });
          return named(run(Object.fromEntries(moved)));
        });
        const expected = reference(values);
        for (const [name, tensor] of Object.entries(results)) {
          expectClose(await tensor.data(), expected[name] as ArrayLike<number>, tolerance, name);
        }
        tf.dispose([results, inputs]);
      });

      if (entry.refusals !== undefined && entry.refusals.length > 0) {
        test('refuses bad input', () => {
          for (const [call, message] of entry.refusals ?? []) expect(call).toThrow(message);
        });
      }

      if (backend === 'webgpu' && dispatches !== undefined) {
        test('takes as many dispatches as promised', async () => {
          const inputs = tensorsOf(valuesOf(first), first, writes);
          const forward = await allOnGpu(() => countDispatches(() => named(run(inputs))));
          const counted: { forward: number; withGradient?: number } = { forward: forward.dispatches };
          if (gradients.length > 0) {
            const dy = tf.tidy(() => tf.ones(firstOf(forward.result).shape));
            const both = await allOnGpu(() => countDispatches(() => plainGradientsOf(run, inputs, gradients, dy)));
            counted.withGradient = both.dispatches;
            tf.dispose([both.result, dy]);
          }
          expect(counted).toEqual(dispatches);
          tf.dispose([forward.result, inputs]);
        });
      }

      if (backend === 'webgpu') {
        test('does in a replay what it does by itself', async () => {
          const [plain, replayed] = [0, 1].map(() => tensorsOf(valuesOf(first), first, writes)) as [Named, Named];
          const variables = (inputs: Named) =>
            Object.fromEntries(writes.map((name) => [name, inputs[name] as tf.Tensor]));
          const given = Object.fromEntries(Object.entries(replayed).filter(([name]) => !writes.includes(name)));
          const work = (inputs: Named): Named => {
            const grads = gradients.length > 0 ? Object.entries(gradientsOf(run, inputs, gradients)) : [];
            return { ...named(run(inputs)), ...Object.fromEntries(grads.map(([name, grad]) => [`d ${name}`, grad])) };
          };
          const step = capture((inputs: Named) => work({ ...inputs, ...variables(replayed) }));
          for (let call = 1; call <= 4; call++) {
            const [expected, got] = [tf.tidy(() => work(plain)), step(given)];
            for (const name of Object.keys(expected)) {
              const [a, b] = [await got[name]?.data(), await expected[name]?.data()];
              expectClose(a as tf.TypedArray, b as tf.TypedArray, tolerance, `${name}, call ${call}`);
            }
            tf.dispose([expected, got]);
          }
          expect(step.recordings).toBe(1);
          for (const name of writes) {
            const [a, b] = [await replayed[name]?.data(), await plain[name]?.data()];
            expectClose(a as tf.TypedArray, b as tf.TypedArray, tolerance, name);
          }
          step.dispose();
          tf.dispose([plain, replayed]);
        });

        if (entry.large !== undefined) {
          test('takes more than 65,535 workgroups', async () => {
            const inputs = tf.tidy(entry.large as () => Named);
            const gaps = tf.tidy(() => {
              const composed = composeOnly(() => named(run(inputs)));
              return Object.entries(named(run(inputs))).map(([name, tensor]) => {
                const gap = tf.reshape(tf.abs(tf.sub(tensor, composed[name] as tf.Tensor)), [-1]);
                return tf.slice(gap, Math.max(0, gap.size - 1000)); // what the last groups have done
              });
            });
            for (const gap of gaps) expect(Math.max(...(await gap.data()))).toBeLessThan(tolerance);
            tf.dispose([gaps, inputs]);
          });
        }
      }
    });
  });
}

const firstOf = (result: tf.Tensor | Named): tf.Tensor => Object.values(named(result))[0] as tf.Tensor;

const named = (result: tf.Tensor | Named): Named => (result instanceof tf.Tensor ? { y: result } : { ...result });

const sizeOf = (shape: readonly number[]) => shape.reduce((size, n) => size * n, 1);

const describeSample = (sample: Record<string, Sample>) =>
  Object.entries(sample)
    .map(([name, { shape }]) => `${name} [${shape}]`)
    .join(', ');

/** The numbers of a sample: the same in every run, and exact in float32. */
function valuesOf(sample: Record<string, Sample>): Record<string, Numbers> {
  const random = createRandom(20);
  return Object.fromEntries(
    Object.entries(sample).map(([name, { shape, dtype = 'float32', values, low = -1.5, high = 1.5 }]) => {
      const drawn = values ?? Array.from({ length: sizeOf(shape) }, () => low + (high - low) * random.uniform());
      const exact = drawn.map((value) => (dtype === 'int32' ? Math.floor(value) : Math.fround(value)));
      return [name, { shape, values: Float64Array.from(exact) }];
    }),
  );
}

function tensorsOf(values: Values, sample: Record<string, Sample>, writes: readonly string[]): Named {
  return tf.tidy(() =>
    Object.fromEntries(
      Object.entries(values).map(([name, { shape, values }]) => {
        const tensor = tf.tensor([...values], [...shape], sample[name]?.dtype ?? 'float32');
        return [name, writes.includes(name) ? tf.variable(tensor) : tensor];
      }),
    ),
  );
}

/** Calls with every op on the GPU: tfjs computes small ones on the host while their inputs are there. */
async function allOnGpu<T>(fn: () => Promise<T>): Promise<T> {
  const before = tf.env().getBool('WEBGPU_CPU_FORWARD');
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  try {
    return await fn();
  } finally {
    tf.env().set('WEBGPU_CPU_FORWARD', before);
  }
}

/** Σ of all outputs, each number with a weight of its own, so that no gradient is hidden by symmetry. */
function weighted(result: tf.Tensor | Named): tf.Scalar {
  const sums = Object.values(named(result))
    .filter(({ dtype }) => dtype === 'float32')
    .map((tensor) => tf.sum(tf.mul(tensor, tf.tensor(weights(tensor.size), tensor.shape))));
  return tf.addN(sums) as tf.Scalar;
}

function gradientsOf(run: OpEntry['run'], inputs: Named, gradients: readonly string[]): Named {
  const names = gradients.filter((name) => name in inputs);
  const of = (xs: tf.Tensor[]) => named(run({ ...inputs, ...zip(names, xs) }));
  // tfjs cannot sum nothing on every backend.
  const nothing = tf.tidy(() => firstOf(run(inputs)).size === 0);
  if (nothing) return tf.tidy(() => plainGradientsOf(run, inputs, names));
  const grads = tf.grads((...xs) => weighted(of(xs)));
  return zip(names, grads(names.map((name) => inputs[name] as tf.Tensor)));
}

/** Gradients of the first output alone, with nothing of the test's own around the op. */
function plainGradientsOf(run: OpEntry['run'], inputs: Named, gradients: readonly string[], dy?: tf.Tensor): Named {
  const grads = tf.grads((...xs) => firstOf(run({ ...inputs, ...zip(gradients, xs) })));
  return zip(
    gradients,
    grads(
      gradients.map((name) => inputs[name] as tf.Tensor),
      dy,
    ),
  );
}

/** The gradient of Σ u · gradient, u a direction of its own for each input. */
function secondGradientsOf(run: OpEntry['run'], inputs: Named, gradients: readonly string[]): Named {
  const outer = tf.grads((...xs) => {
    const inner = gradientsOf(run, { ...inputs, ...zip(gradients, xs) }, gradients);
    const along = gradients.map((name) => {
      const gradient = inner[name] as tf.Tensor;
      return tf.sum(tf.mul(gradient, tf.tensor(weights(gradient.size), gradient.shape)));
    });
    // An input that the gradient does not depend on has the second gradient 0.
    // One by one: `tf.addN` binds all of them at once, more than a GPU may take.
    return [...along, ...xs.map((x) => tf.mul(0, tf.sum(x)))].reduce((sum, term) => tf.add(sum, term));
  });
  return zip(gradients, outer(gradients.map((name) => inputs[name] as tf.Tensor)));
}

const zip = (names: readonly string[], tensors: tf.Tensor[]): Named =>
  Object.fromEntries(names.map((name, i) => [name, tensors[i] as tf.Tensor]));

/** Ways in which a tensor comes to be that is not simply an array that was handed in. */
const origins: Readonly<Record<string, (x: tf.Tensor) => tf.Tensor>> = {
  transposed: (x) => tf.transpose(tf.transpose(x)),
  'sliced out of a larger one': (x) =>
    x.rank === 0 ? tf.clone(x) : tf.slice(tf.concat([x, x], 0), [0, ...x.shape.slice(1).map(() => 0)], x.shape),
  reshaped: (x) => tf.reshape(tf.reshape(x, [-1]), x.shape),
};

/** Worst difference first, so that a failure says where it is. What was not probed is expected to be NaN. */
function expectClose(
  got: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance: number,
  what: string,
  unprobed: (value: number) => boolean = () => false,
): void {
  expect(got.length, what).toBe(expected.length);
  let worst = { gap: 0, at: -1, got: 0, expected: 0 };
  for (let at = 0; at < got.length; at++) {
    const [a, b] = [got[at] as number, expected[at] as number];
    const gap = a === b || unprobed(b) ? 0 : Math.abs(a - b) / Math.max(1, Math.abs(b));
    if (!Number.isNaN(worst.gap) && !(gap <= worst.gap)) worst = { gap, at, got: a, expected: b };
  }
  expect(worst.gap, `${what}: ${JSON.stringify(worst)}`).toBeLessThanOrEqual(tolerance);
}
