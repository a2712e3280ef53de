import { describeOnEachBackend, distance, numericalJacobian } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { Autoregressive } from '../bijectors/autoregressive';
import { affine } from '../maps/affine';
import { perturb } from '../testing/registered';
import { type MadeOptions, made } from './made';

const network = (options: Partial<MadeOptions>) =>
  made({ dim: 5, parameters: 2, hidden: [16, 16], activation: 'tanh', seed: 3, ...options });

/** A MADE moved away from where it starts, as something with variables to move. */
const moved = (options: Partial<MadeOptions>) => {
  const made = network(options);
  perturb({ variables: made.variables } as Autoregressive, 4);
  return made;
};

/** Which of the outputs depend on which of the inputs. */
const dependencies = async (options: Partial<MadeOptions>) => {
  const { apply } = moved(options);
  const jacobian = await numericalJacobian((x) => apply(x as tf.Tensor2D), [0.3, -1, 0.5, 2, -0.7], [5], 0.1);
  return jacobian.map((row) => row.map((slope) => slope !== 0));
};

describeOnEachBackend('MADE', () => {
  test('in the natural order, number i depends on all before it and on nothing else', async () => {
    const found = await dependencies({ order: 'natural' });
    expect(found).toEqual(found.map((_, i) => [0, 1, 2, 3, 4].map((j) => j < i % 5)));
    const reversed = await dependencies({ order: 'reversed' });
    expect(reversed).toEqual(reversed.map((_, i) => [0, 1, 2, 3, 4].map((j) => j > i % 5)));
  });

  test('a random order is one of the seed, and nothing is left out', async () => {
    const found = await dependencies({ order: 'random', seed: 8 });
    const places = found.slice(0, 5).map((row) => row.filter(Boolean).length); // how many are before
    expect([...places].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(places).not.toEqual([0, 1, 2, 3, 4]);
    expect(found.slice(0, 5)).toEqual(places.map((place) => places.map((other) => other < place)));
    expect(found.slice(5)).toEqual(found.slice(0, 5));
    expect(await dependencies({ order: 'random', seed: 8 })).toEqual(found);
    expect(await dependencies({ order: 'random', seed: 9 })).not.toEqual(found);
  });

  test('a context is seen by all, even by the first', async () => {
    const { apply } = moved({ context: 2 });
    const at = (row: number[]) => apply(tf.ones([1, 5]), tf.tensor2d([row]));
    const changes = [...(await tf.abs(tf.sub(at([1, 0]), at([0.5, 0]))).data())];
    expect(Math.min(...changes)).toBeGreaterThan(1e-4);
    expect(() => apply(tf.ones([3, 5]))).toThrow('made: context must be [3, 2] or [1, 2], got none');
    expect(() => apply(tf.ones([3, 5]), tf.ones([2, 2]))).toThrow('made: context must be [3, 2] or [1, 2], got [2, 2]');
  });

  test('a point of one number depends on nothing but its context', async () => {
    const { apply } = moved({ dim: 1 });
    expect(await distance(apply(tf.tensor2d([[5]])), apply(tf.tensor2d([[-5]])))).toBe(0);
  });

  test('starts at zero; an IAF is a MAF read the other way', async () => {
    const x = tf.tensor2d([[0.3, -1, 0.5, 2, -0.7]]);
    expect(await distance(network({}).apply(x), tf.zeros([1, 10]))).toBe(0);
    const shared = moved({});
    const swapped = { ...affine, move: affine.moveBack, moveBack: affine.move };
    const maf = new Autoregressive({ dim: 5, map: affine, network: shared });
    const iaf = new Autoregressive({ dim: 5, map: swapped, network: shared, reads: 'latent' });
    expect(await distance(maf.inverse(x).value, iaf.forward(x).value)).toBe(0);
    expect(await distance(maf.forward(x).value, iaf.inverse(x).value)).toBe(0);
  });
});

test('masks are folded into its kernels once for all passes of the long way, and again in the next', async () => {
  const shared = moved({});
  let prepared = 0;
  const counting = {
    ...shared,
    prepare: () => {
      prepared++;
      return shared.prepare?.() as NonNullable<typeof shared.apply>;
    },
  };
  const maf = new Autoregressive({ dim: 5, map: affine, network: counting });
  const z = tf.randomNormal([4, 5], 0, 1, 'float32', 1);
  const before = maf.forward(z).value;
  expect(prepared).toBe(1);
  // A kernel that changes is seen by the next call: nothing is kept between calls.
  const kernel = shared.variables.kernel2 as tf.Variable;
  kernel.assign(tf.mul(kernel, 2));
  expect(await distance(maf.forward(z).value, before)).toBeGreaterThan(1e-3);
  expect(prepared).toBe(2);
});

test('it refuses sizes that make no sense', () => {
  expect(() => network({ hidden: [0] })).toThrow('made: every size must be a positive integer, got 0');
  expect(() => new Autoregressive({ dim: 0, map: affine, network: network({}) })).toThrow(
    'Autoregressive: dim must be a positive integer, got 0',
  );
});
