import { describeOnEachBackend } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { numbersOf } from '../testing/rules';
import { adagrad } from './adagrad';
import { adam } from './adam';
import { adamW } from './adamW';
import type { InPlaceOptimizer } from './inPlaceOptimizer';
import { lion } from './lion';
import { rmsProp } from './rmsProp';
import { sgd } from './sgd';

const each: [string, (learningRate: number) => InPlaceOptimizer][] = [
  ['sgd', (learningRate) => sgd({ learningRate, momentum: 0.9 })],
  ['rmsProp', (learningRate) => rmsProp({ learningRate })],
  ['adagrad', (learningRate) => adagrad({ learningRate: 5 * learningRate })],
  ['adam', (learningRate) => adam({ learningRate })],
  ['adamW', (learningRate) => adamW({ learningRate, clipNorm: 10 })],
  ['lion', (learningRate) => lion({ learningRate })],
];

/** A curved function of two numbers, without symmetries whose gradients would be nothing but rounding. */
const task = () => {
  const layers = [
    tf.layers.dense({
      units: 8,
      inputShape: [2],
      activation: 'tanh',
      kernelInitializer: tf.initializers.glorotUniform({ seed: 3 }),
    }),
    tf.layers.dense({ units: 1, kernelInitializer: tf.initializers.glorotUniform({ seed: 4 }) }),
  ];
  const points = Array.from({ length: 16 }, (_, i) => [Math.sin(i + 1), Math.cos(1.7 * i) + 0.3] as const);
  const x = tf.tensor2d(points.flat(), [16, 2]);
  const y = tf.tensor2d(
    points.map(([a, b]) => 1.5 * a * b + 0.5 * b + 0.25),
    [16, 1],
  );
  return { model: tf.sequential({ layers }), x, y };
};

const train = async (optimizer: tf.Optimizer, epochs: number) => {
  const { model, x, y } = task();
  model.compile({ optimizer, loss: 'meanSquaredError' });
  const { history } = await model.fit(x, y, { epochs, shuffle: false, verbose: 0 });
  const weights = await numbersOf(model.getWeights());
  tf.dispose([x, y]);
  model.dispose();
  return { losses: history.loss as number[], weights };
};

describeOnEachBackend('a model of plain tfjs, compiled', (backend) => {
  // The rules themselves are compared on every backend elsewhere; software WebGPU takes a second a step.
  test.each(backend === 'webgpu' ? [] : each)('with %s learns', async (_, make) => {
    const optimizer = make(0.05);
    const { losses } = await train(optimizer, 12);
    expect(losses.at(-1)).toBeLessThan(0.8 * (losses[0] as number));
    optimizer.dispose();
  });

  test('with adam has the weights that it has on cpu', async () => {
    const optimizer = adam({ learningRate: 0.05 });
    const here = await train(optimizer, 8);
    optimizer.dispose();
    await tf.setBackend('cpu');
    const there = await train(adam({ learningRate: 0.05 }), 8);
    await tf.setBackend(backend);
    expect(here.weights).toEqual(there.weights.map((weight) => expect.closeTo(weight, 4)));
    expect(here.losses.at(-1)).toBeLessThan(0.8 * (here.losses[0] as number));
  });
});

describe('a saved model', () => {
  test('brings its optimizer and the state of it along', async () => {
    const { model, x, y } = task();
    const optimizer = adam({ learningRate: 0.05, beta1: 0.8 });
    model.compile({ optimizer, loss: 'meanSquaredError' });
    await model.fit(x, y, { epochs: 3, shuffle: false, verbose: 0 });
    let saved: tf.io.ModelArtifacts = {};
    await model.save(
      tf.io.withSaveHandler(async (artifacts) => {
        saved = artifacts;
        return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
      }),
      { includeOptimizer: true },
    );
    const again = (await tf.loadLayersModel(tf.io.fromMemory(saved))) as tf.Sequential;
    expect(again.optimizer.getConfig()).toEqual(optimizer.getConfig());
    await Promise.all([model, again].map((one) => one.fit(x, y, { epochs: 3, shuffle: false, verbose: 0 })));
    expect(await numbersOf(again.getWeights())).toEqual(await numbersOf(model.getWeights()));
  });
});

describe('every optimizer', () => {
  test('can be made again from what it says of itself', () => {
    for (const [, make] of each) {
      const optimizer = make(0.125);
      const Class = optimizer.constructor as unknown as tf.serialization.SerializableConstructor<InPlaceOptimizer>;
      const again = new Class(optimizer.getConfig());
      expect(again.getConfig()).toEqual(optimizer.getConfig());
      expect(again.getClassName()).toMatch(/^Tenon[A-Z]/);
    }
  });

  test('refuses options out of range', () => {
    expect(() => adam({ learningRate: -1 })).toThrow('adam: learningRate must not be negative, got -1');
    expect(() => adam({ beta1: 1 })).toThrow('adam: beta1 must be in [0, 1), got 1');
    expect(() => adam({ beta2: Number.NaN })).toThrow('adam: beta2 must be in [0, 1), got NaN');
    expect(() => adamW({ epsilon: 0 })).toThrow('adamW: epsilon must be positive, got 0');
    expect(() => sgd({ momentum: 1 })).toThrow('sgd: momentum must be in [0, 1), got 1');
    expect(() => sgd({ nesterov: true })).toThrow(
      'sgd: nesterov must have a momentum and no dampening, got momentum 0',
    );
    expect(() => rmsProp({ decay: -0.1 })).toThrow('rmsProp: decay must be in [0, 1), got -0.1');
    expect(() => adagrad({ initialSum: -1 })).toThrow('adagrad: initialSum must not be negative, got -1');
    expect(() => lion({ weightDecay: -1 })).toThrow('lion: weightDecay must not be negative, got -1');
    expect(() => sgd({ clipValue: 0 })).toThrow('sgd: clipValue must be positive, got 0');
    expect(() => sgd({ clipValue: 1, clipNorm: 1 })).toThrow(
      'sgd: one of clipValue and clipNorm may be given, got both',
    );
    expect(() => adam({ learningRate: () => Number.NaN })).toThrow('adam: learningRate must not be negative, got NaN');
  });

  test('refuses gradients and states that are not its own, and changes nothing', async () => {
    const w = tf.variable(tf.tensor([1, 2]));
    const optimizer = adam();
    expect(() => optimizer.applyGradients({ [w.name]: tf.ones([1, 2]) })).toThrow(
      `adam: the gradient of ${w.name} must have shape [2], got [1,2]`,
    );
    expect(() => optimizer.applyGradients({ [w.name]: tf.ones([2]) }, { unless: tf.scalar(0) })).toThrow(
      'adam: unless must be an int32 of one element, got float32 of shape []',
    );
    expect(() => optimizer.applyGradients({ nobody: tf.ones([2]) })).toThrow('got nobody');
    optimizer.applyGradients({ [w.name]: tf.ones([2]) });
    const others = rmsProp();
    others.applyGradients({ [w.name]: tf.ones([2]) });
    await expect(optimizer.setWeights(await others.getWeights())).rejects.toThrow(
      'adam: weights must be the step and mean, square, clock for each variable, got 0.square',
    );
    expect(optimizer.iterations).toBe(1);
    const wider = tf.variable(tf.zeros([3]));
    const other = adam();
    await other.setWeights(await optimizer.getWeights());
    expect(() => other.applyGradients({ [wider.name]: tf.ones([3]) })).toThrow(
      'adam: the state loaded for variable 0 must have its shape [3], got [2]',
    );
  });

  test('keeps apart what belongs to variables of several calls', async () => {
    const [a, b, c] = [1, 2, 3].map((value) => tf.variable(tf.scalar(value)));
    const together = sgd({ learningRate: 1, momentum: 0.5 });
    const gradient = tf.scalar(1);
    const step = (...variables: (tf.Variable | undefined)[]) =>
      together.applyGradients(variables.map((v) => ({ name: v?.name as string, tensor: gradient })));
    step(a, b);
    step(b); // its velocity, though it is now the first
    step(c, a);
    expect(await numbersOf([a, b, c] as tf.Variable[])).toEqual([1 - 1 - 1.5, 2 - 1 - 1.5, 3 - 1]);
  });
});
