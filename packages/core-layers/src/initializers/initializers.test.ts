import { describeOnEachBackend, distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/coreLayers.json' with { type: 'json' };
import { Conv2DNormActivation, Dense } from '../index';
import * as named from './named';
import { Orthogonal } from './orthogonal';
import { VarianceScaling } from './varianceScaling';

const kernelShape = [5, 3, 24, 256];
const { heNormal, heUniform, glorotNormal, glorotUniform, leCunNormal, leCunUniform, torchUniform } = named;

/** As PyTorch's draws are called; its normal numbers are not cut off. */
const draws: Record<string, () => tf.Tensor> = {
  heNormal: () => heNormal({ seed: 1 }).apply(kernelShape),
  heUniform: () => heUniform({ seed: 1 }).apply(kernelShape),
  'heNormal fanOut': () =>
    new VarianceScaling({ scale: 2, mode: 'fanOut', distribution: 'normal', seed: 1 }).apply(kernelShape),
  glorotNormal: () => glorotNormal({ seed: 1 }).apply(kernelShape),
  glorotUniform: () => glorotUniform({ seed: 1 }).apply(kernelShape),
  leCunNormal: () => leCunNormal({ seed: 1 }).apply(kernelShape),
  leCunUniform: () => leCunUniform({ seed: 1 }).apply(kernelShape),
  torchUniform: () => torchUniform({ seed: 1 }).apply(kernelShape),
  'torchUniform of a bias': () => torchUniform().draw([4096], { seed: 1, kernelShape: [5, 3, 24, 4096] }),
};

async function momentsOf(tensor: tf.Tensor) {
  const values = [...(await tensor.data())];
  const mean = values.reduce((sum, n) => sum + n, 0) / values.length;
  const std = Math.sqrt(values.reduce((sum, n) => sum + (n - mean) ** 2, 0) / values.length);
  return { mean, std, largest: Math.max(...values.map(Math.abs)) };
}

test.each(oracle.initializers)('$name spreads as PyTorch’s', async ({ name, std, largest }) => {
  const moments = await momentsOf((draws[name] as () => tf.Tensor)());
  expect(moments.std / std).toBeCloseTo(1, name.endsWith('bias') ? 1 : 2);
  expect(Math.abs(moments.mean)).toBeLessThan(0.05 * std);
  if (name.includes('Uniform')) expect(moments.largest / largest).toBeCloseTo(1, 2);
  else if (!name.includes('fanOut')) expect(moments.largest).toBeLessThan((2.02 * std) / 0.8796);
});

/** What the first backend drew. */
const drawn = new Map<string, ArrayLike<number>>();

describeOnEachBackend('initializers', () => {
  const all = { ...named, orthogonal: (args: object) => new Orthogonal(args) };
  test.each(Object.entries(all))('%s draws the same on every backend', async (name, make) => {
    const values = await make({ seed: 3 }).apply([3, 2, 4]).data();
    const first = drawn.get(name) ?? values;
    drawn.set(name, first);
    expect(Math.max(...values.map((value, i) => Math.abs(value - (first[i] as number))))).toBeLessThan(2e-6);
    expect(new Set(values).size).toBeGreaterThan(20);
  });
});

test('Orthogonal has orthonormal columns or rows, of any gain', async () => {
  for (const [shape, transpose] of [
    [[3, 4, 6], true],
    [[4, 7], false],
  ] as const) {
    const kernel = new Orthogonal({ seed: 2, gain: 3 }).apply([...shape]);
    const matrix = tf.reshape(kernel, [-1, shape.at(-1) as number]) as tf.Tensor2D;
    const products = tf.matMul(matrix, matrix, transpose, !transpose);
    expect(await distance(products, tf.mul(9, tf.eye(products.shape[0] as number)))).toBeLessThan(1e-5);
  }
  const many = Array.from({ length: 400 }, (_, seed) => new Orthogonal({ seed }).apply([2, 2]).dataSync());
  const mean = many.reduce((sum, [first]) => sum + (first as number), 0) / many.length;
  expect(Math.abs(mean)).toBeLessThan(0.15); // no direction is preferred
});

test('a layer’s weights are those of its seed, or of its name', async () => {
  const weightsOf = (args: object) => {
    const layer = new Conv2DNormActivation({
      filters: 2,
      normalization: 'none',
      biasInitializer: 'torchUniform',
      ...args,
    });
    layer.build([null, 3, 3, 2]);
    return layer.getWeights();
  };
  const gap = async (a: object, b: object, at = 0) =>
    distance(weightsOf(a)[at] as tf.Tensor, weightsOf(b)[at] as tf.Tensor);
  expect(await gap({ seed: 1 }, { seed: 1 })).toBe(0);
  expect(await gap({ seed: 1 }, { seed: 2 })).toBeGreaterThan(0.01);
  expect(await gap({ name: 'a' }, { name: 'a' })).toBe(0);
  expect(await gap({ name: 'a' }, { name: 'b' })).toBeGreaterThan(0.01);
  expect(await gap({}, {})).toBeGreaterThan(0.01);
  const bias = await momentsOf(weightsOf({ seed: 1, filters: 400 })[1] as tf.Tensor);
  expect(bias.largest).toBeCloseTo(1 / Math.sqrt(18), 2); // the fans are the kernel's
});

test('they begin layers of tfjs, too, and are saved with them', async () => {
  const kernelInitializer = heNormal({ seed: 4 });
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 3, inputShape: [2], kernelInitializer })] });
  expect(await distance(model.getWeights()[0] as tf.Tensor, kernelInitializer.apply([2, 3]))).toBe(0);
  const again = await tf.models.modelFromJSON(JSON.parse(JSON.stringify(model.toJSON(null, false))));
  expect(await distance(again.getWeights()[0] as tf.Tensor, kernelInitializer.apply([2, 3]))).toBe(0);
  const [one, other] = [heNormal(), heNormal()].map((initializer) => initializer.apply([4, 4]));
  expect(await distance(one as tf.Tensor, other as tf.Tensor)).toBeGreaterThan(0.01);
  expect(new Dense({ units: 1, kernelInitializer }).getConfig().kernelInitializer).toEqual({
    className: 'Tenon>VarianceScaling',
    config: { scale: 2, mode: 'fanIn', distribution: 'truncatedNormal', seed: 4 },
  });
});

test('bad arguments are refused', () => {
  expect(() => new VarianceScaling({ scale: 0 })).toThrow('VarianceScaling: scale must be a number > 0, got 0');
  expect(() => new VarianceScaling({ mode: 'fan' as 'fanIn' })).toThrow(
    'VarianceScaling: mode must be one of fanIn, fanOut, fanAvg, got fan',
  );
  expect(() => new Orthogonal({ gain: Number.NaN })).toThrow('Orthogonal: gain must be a finite number, got NaN');
  expect(() => new Orthogonal().apply([3])).toThrow('Orthogonal: shape must be of two dimensions or more, got [3]');
});
