import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { Bernoulli, type BernoulliOptions } from './families/bernoulli';
import { Beta } from './families/beta';
import { Categorical, type CategoricalOptions } from './families/categorical';
import { Dirichlet } from './families/dirichlet';
import { Gamma } from './families/gamma';
import { Laplace } from './families/laplace';
import { Logistic } from './families/logistic';
import { Mixture, type MixtureOptions } from './families/mixture';
import { MultivariateNormal, type MultivariateNormalOptions } from './families/multivariateNormal';
import { Normal } from './families/normal';
import { StudentT } from './families/studentT';
import { TransformedDistribution } from './families/transformed';
import { Uniform } from './families/uniform';

const gaussian = (options: object) => () => new MultivariateNormal(options as MultivariateNormalOptions);
const mixture = (options: object) => () =>
  new Mixture({ components: [new Normal()], ...options } as unknown as MixtureOptions);
const never = (): never => {
  throw new Error('not called');
};
const two = [new Normal({ shape: [2] }), new Logistic({ shape: [2] })];

test.each<[message: string, error: typeof RangeError | typeof TypeError, call: () => unknown]>([
  ['Normal: std must be positive, got 0', RangeError, () => new Normal({ std: 0 })],
  ['Normal: std must be positive, got -2', RangeError, () => new Normal({ std: [1, -2] })],
  ['Normal: std must be positive, got 1e-60', RangeError, () => new Normal({ std: 1e-60 })],
  [
    'Normal: std must broadcast to [3], got [2]; sizes align from the last axis',
    RangeError,
    () => new Normal({ mean: [1, 2, 3], std: [1, 2] }),
  ],
  [
    'Normal: mean must broadcast to [], got [3]; sizes align from the last axis',
    RangeError,
    () => new Normal({ mean: [1, 2, 3], shape: [] }),
  ],
  ['Normal: shape must be positive integers, got [2,0]', RangeError, () => new Normal({ shape: [2, 0] })],
  [
    'Normal: mean must be a number, regularly nested numbers or a tensor, got an irregular array',
    TypeError,
    () => new Normal({ mean: [[1, 2], [3]] }),
  ],
  ['Normal: mean must be finite, got NaN', RangeError, () => new Normal({ mean: Number.NaN })],
  [
    'Normal: std must be a number, regularly nested numbers or a tensor, got 2',
    TypeError,
    () => new Normal({ std: '2' as unknown as number }),
  ],
  [
    'Normal: mean must be float32, got int32; convert it with tf.cast',
    TypeError,
    () => new Normal({ mean: tf.tensor1d([1], 'int32') }),
  ],
  ['Logistic: scale must be positive, got -1', RangeError, () => new Logistic({ scale: -1 })],
  ['Laplace: scale must be positive, got 0', RangeError, () => new Laplace({ scale: 0 })],
  ['Gamma: concentration must be positive, got 0', RangeError, () => new Gamma({ concentration: [1, 0] })],
  ['Gamma: rate must be positive, got -1', RangeError, () => new Gamma({ rate: -1 })],
  ['Beta: alpha must be positive, got 0', RangeError, () => new Beta({ alpha: 0 })],
  ['Beta: beta must be positive, got 0', RangeError, () => new Beta({ beta: 0 })],
  ['StudentT: df must be positive, got 0', RangeError, () => new StudentT({ df: 0 })],
  [
    'Dirichlet: concentration must be [K] with K at least 2, got [1]',
    RangeError,
    () => new Dirichlet({ concentration: [1] }),
  ],
  ['Dirichlet: concentration must be positive, got 0', RangeError, () => new Dirichlet({ concentration: [1, 0] })],
  ['Bernoulli: probs must be in [0, 1], got 1.5', RangeError, () => new Bernoulli({ probs: [0, 1.5] })],
  [
    'Bernoulli: options must be with exactly one of logits, probs, got none',
    TypeError,
    () => new Bernoulli({} as unknown as BernoulliOptions),
  ],
  [
    'Categorical: options must be with exactly one of logits, probs, got both',
    TypeError,
    () => new Categorical({ logits: [0], probs: [1] } as unknown as CategoricalOptions),
  ],
  [
    'Categorical: logits must be [..., K], got []; K counts the classes',
    RangeError,
    () => new Categorical({ logits: 1 }),
  ],
  [
    'Categorical: probs must sum to 1 on the last axis, got 0.75; logits may have any sum',
    RangeError,
    () =>
      new Categorical({
        probs: [
          [0.5, 0.5],
          [0.5, 0.25],
        ],
      }),
  ],
  [
    'TransformedDistribution: samples must be a positive integer, got 0',
    RangeError,
    () =>
      new TransformedDistribution({
        base: new Normal(),
        bijector: { forward: () => never(), inverse: () => never() },
        samples: 0,
      }),
  ],
  [
    'Gamma.cdf: x must be [batch], got []; the first axis counts the points',
    RangeError,
    () => new Gamma().cdf(tf.scalar(1)),
  ],
  ['Uniform: high must be above low = 2, got 2', RangeError, () => new Uniform({ low: 2, high: 2 })],
  ['Uniform: high must be above low = 5, got 4', RangeError, () => new Uniform({ low: [0, 5], high: [[6], [4]] })],
  [
    'MultivariateNormal: options must be with exactly one of diagonal, covariance, scaleTril, got none',
    TypeError,
    gaussian({ mean: [0, 0] }),
  ],
  [
    'MultivariateNormal: options must be with exactly one of diagonal, covariance, scaleTril, got diagonal and covariance',
    TypeError,
    gaussian({ diagonal: 1, covariance: [[1]] }),
  ],
  ['MultivariateNormal: diagonal must be positive, got 0', RangeError, gaussian({ diagonal: [1, 0] })],
  [
    'MultivariateNormal: mean and diagonal must broadcast to [dim], got []; an event is one vector',
    RangeError,
    gaussian({ mean: 0, diagonal: 1 }),
  ],
  [
    'MultivariateNormal: covariance must be square, got 1 rows and one of 2 columns',
    RangeError,
    gaussian({ covariance: [[1, 2]] }),
  ],
  [
    'MultivariateNormal: covariance must be rows of numbers, number[][]; it is factored on the host',
    TypeError,
    gaussian({ covariance: tf.eye(2) }),
  ],
  [
    'MultivariateNormal: mean must broadcast to [2], got [3]; sizes align from the last axis',
    RangeError,
    gaussian({
      mean: [1, 2, 3],
      covariance: [
        [1, 0],
        [0, 1],
      ],
    }),
  ],
  [
    'Mixture: components must be at least one distribution, got none',
    RangeError,
    mixture({ components: [], weights: [] }),
  ],
  [
    'Mixture: components must have one event shape, got [] and [2]',
    RangeError,
    mixture({ components: [new Normal(), ...two], weights: [0.2, 0.3, 0.5] }),
  ],
  ['Mixture: options must be with exactly one of weights, logits, got none', TypeError, mixture({})],
  [
    'Mixture: options must be with exactly one of weights, logits, got both',
    TypeError,
    mixture({ weights: [1], logits: [0] }),
  ],
  [
    'Mixture: weights must be [2], one for each component, got [1]',
    RangeError,
    mixture({ components: two, weights: [1] }),
  ],
  [
    'Mixture: weights must be positive, got 0; leave out a component that never occurs',
    RangeError,
    mixture({ components: two, weights: [1, 0] }),
  ],
  [
    'Mixture: weights must sum to 1, got 1.1; logits may have any sum',
    RangeError,
    mixture({ components: two, weights: [0.5, 0.6] }),
  ],
  ['Mixture: logits must be [2], one for each component, got []', RangeError, mixture({ components: two, logits: 0 })],
  [
    'Normal.logProb: x must be [batch, 2], got [2]; the first axis counts the points',
    RangeError,
    () => new Normal({ shape: [2] }).logProb(tf.ones([2])),
  ],
  [
    'Normal.logProb: x must be [batch], got []; the first axis counts the points',
    RangeError,
    () => new Normal().logProb(tf.scalar(1)),
  ],
  [
    'Uniform.logProb: x must be [batch, 2], got [4,3]; the first axis counts the points',
    RangeError,
    () => new Uniform({ shape: [2] }).logProb(tf.ones([4, 3])),
  ],
  [
    'MultivariateNormal.logProb: x must be [batch, 2], got [4]; the first axis counts the points',
    RangeError,
    () => new MultivariateNormal({ mean: [0, 0], diagonal: 1 }).logProb(tf.ones([4])),
  ],
  [
    'Mixture.logProb: x must be [batch, 2], got [4,1]; the first axis counts the points',
    RangeError,
    () => new Mixture({ components: two, weights: [0.5, 0.5] }).logProb(tf.ones([4, 1])),
  ],
  ['Logistic.sample: n must be a positive integer, got 0', RangeError, () => new Logistic().sample(0, { seed: 1 })],
  [
    'MultivariateNormal.sample: n must be a positive integer, got 1.5',
    RangeError,
    () => new MultivariateNormal({ mean: [0, 0], diagonal: 1 }).sample(1.5, { seed: 1 }),
  ],
  [
    'Mixture.entropy: samples must be a positive integer, got -1',
    RangeError,
    () => new Mixture({ components: two, weights: [0.5, 0.5] }).entropy({ samples: -1 }),
  ],
  [
    'randomNormal: seed must be an integer in [0, 2^53), got -1',
    RangeError,
    () => new Normal().sample(1, { seed: -1 }),
  ],
])('%s', (message, error, call) => {
  expect(call).toThrow(error);
  expect(call).toThrow(message);
});

test('a constructor that throws leaves no tensor behind', () => {
  const before = tf.memory().numTensors;
  const components: Normal[] = [];
  for (const fails of [
    () => new Normal({ mean: [1, 2, 3], std: [1, 2] }),
    () => new Uniform({ low: [0, 1], high: [2, 1] }),
    gaussian({ mean: [1, 2], covariance: [[1]] }),
    gaussian({ mean: [[1, 2]], diagonal: [1, 1] }),
    () => new Mixture({ components, weights: [] }),
  ]) {
    expect(fails).toThrow();
  }
  expect(tf.memory().numTensors).toBe(before);
});

test('parameters broadcast, and a shape spreads them', async () => {
  const row = new Normal({ mean: [1, 2, 3], std: [[1], [2]] });
  expect(row.eventShape).toEqual([2, 3]);
  expect(await row.variance.array()).toEqual([
    [1, 1, 1],
    [4, 4, 4],
  ]);
  const image = new Uniform({ high: 255, shape: [4, 4, 3] });
  expect(image.mean.shape).toEqual([4, 4, 3]);
  expect(new Normal({ mean: new Float32Array([1, 2]) }).eventShape).toEqual([2]);
});

test('a variable is used by reference: its later values count, and dispose leaves it', async () => {
  const mean = tf.variable(tf.tensor1d([1, 2]));
  const normal = new Normal({ mean, std: 2 });
  mean.assign(tf.tensor1d([5, 6]));
  expect(await normal.mean.array()).toEqual([5, 6]);
  const { grads } = tf.variableGrads(() => tf.sum(normal.logProb(tf.zeros([3, 2]))) as tf.Scalar);
  expect(Object.keys(grads)).toEqual([mean.name]);
  normal.dispose();
  normal.dispose();
  expect(mean.isDisposed).toBe(false);
});
