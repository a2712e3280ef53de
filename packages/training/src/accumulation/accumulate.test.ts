import { capture, composeOnly, countDispatches } from '@tenonjs/runtime';
import { describeOnEachBackend, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import { adam } from '../optimizers/adam';
import { sgd } from '../optimizers/sgd';
import { numbersOf } from '../testing/rules';
import { accumulate } from './accumulate';

const variable = (values: number[]) => tf.tidy(() => tf.variable(tf.tensor1d(values)));

/** Eighths, whose means of four are exact. */
const gradientAt = (n: number) => [1, 2, 3].map((i) => ((n * i * 5) % 16) / 8 - 0.75);

const meanOf = (from: number, count: number) =>
  [0, 1, 2].map(
    (i) => Array.from({ length: count }, (_, n) => gradientAt(from + n)[i] as number).reduce((a, b) => a + b) / count,
  );

const apply = (
  optimizer: tf.Optimizer & { applyGradients: (g: Record<string, tf.Tensor>, o?: { unless?: tf.Tensor }) => void },
  w: tf.Variable,
  gradient: number[],
  unless?: tf.Tensor,
) => tf.tidy(() => optimizer.applyGradients({ [w.name]: tf.tensor1d(gradient) }, unless && { unless }));

describeOnEachBackend('accumulated gradients', (backend) => {
  test('make one step of several batches, with the mean of their gradients', async () => {
    const [w, expected] = [variable([1, 2, 3]), variable([1, 2, 3])];
    const [optimizer, plain] = [accumulate(adam({ learningRate: 0.1 }), { steps: 4 }), adam({ learningRate: 0.1 })];
    for (let n = 0; n < 12; n++) {
      expect(await numbersOf([w])).toEqual(await numbersOf([expected]));
      apply(optimizer, w, gradientAt(n));
      if (n % 4 === 3) apply(plain, expected, meanOf(n - 3, 4));
    }
    expect(await numbersOf([w])).toEqual(await numbersOf([expected]));
    expect(await numbersOf([w])).not.toEqual([1, 2, 3]);
    expect(optimizer.iterations).toBe(12);
    for (const one of [optimizer, plain]) one.dispose();
    tf.dispose([w, expected]);
  });

  test('do the same composed of tfjs ops', async () => {
    const [w, v] = [variable([1, 2, 3]), variable([1, 2, 3])];
    const [quick, composed] = [1, 2].map(() => accumulate(sgd({ learningRate: 0.5, momentum: 0.5 }), { steps: 3 })) as [
      ReturnType<typeof accumulate>,
      ReturnType<typeof accumulate>,
    ];
    const [no, yes] = [tf.tensor1d([0], 'int32'), tf.tensor1d([1], 'int32')];
    for (let n = 0; n < 7; n++) {
      const unless = n === 4 ? yes : n === 5 ? no : undefined;
      apply(quick, w, gradientAt(n), unless);
      composeOnly(() => apply(composed, v, gradientAt(n), unless));
    }
    expect(await numbersOf([w])).toEqual((await numbersOf([v])).map((value) => expect.closeTo(value, 5)));
    for (const one of [quick, composed]) one.dispose();
    tf.dispose([w, v, no, yes]);
  });

  test('leave out a batch that is told not to count', async () => {
    const w = variable([0, 0, 0]);
    const optimizer = accumulate(sgd({ learningRate: 1 }), { steps: 2 });
    const yes = tf.scalar(3, 'int32');
    apply(optimizer, w, [9, 9, 9], yes);
    apply(optimizer, w, [1, 2, 3]);
    apply(optimizer, w, [9, 9, 9], yes);
    expect(await numbersOf([w])).toEqual([0, 0, 0]);
    apply(optimizer, w, [1, 0, -1]);
    expect(await numbersOf([w])).toEqual([-1, -1, -1]);
    apply(optimizer, w, [9, 9, 9], yes);
    expect(await numbersOf([w])).toEqual([-1, -1, -1]);
    optimizer.dispose();
    tf.dispose([w, yes]);
  });

  test('go on from a state in the middle of a group exactly', async () => {
    const [a, b] = [variable([1, 2, 3]), variable([1, 2, 3])];
    const make = () => accumulate(adam({ learningRate: (step) => 0.1 / (1 + step), clipNorm: 0.5 }), { steps: 3 });
    const [whole, resumed] = [make(), make()];
    for (let n = 0; n < 5; n++) apply(whole, a, gradientAt(n));
    await resumed.setWeights(await whole.getWeights());
    tf.tidy(() => b.assign(tf.add(a, 0)));
    for (let n = 5; n < 10; n++) {
      apply(whole, a, gradientAt(n));
      apply(resumed, b, gradientAt(n));
      expect(await numbersOf([b])).toEqual(await numbersOf([a]));
      expect(resumed.learningRate).toBe(whole.learningRate);
    }
    expect([whole.iterations, whole.learningRate]).toEqual([10, 0.1 / 3]);
    for (const one of [whole, resumed]) one.dispose();
    tf.dispose([a, b]);
  });

  test('leave nothing behind but their state, and give that back', async () => {
    const w = variable([1, 2, 3]);
    const before = tf.memory().numTensors;
    const optimizer = accumulate(adam(), { steps: 2 });
    const step = () => {
      apply(optimizer, w, gradientAt(1));
      return [];
    };
    step();
    for (let n = 0; n < 3; n++) expect(await leaked(step)).toBe(0);
    optimizer.dispose();
    expect(tf.memory().numTensors).toBe(before);
    w.dispose();
  });

  if (backend === 'webgpu') {
    test('two dispatches a variable and one more; a captured step goes on as an eager one', async () => {
      const [w, v] = [variable([1, 2, 3]), variable([1, 2, 3])];
      const make = () => accumulate(adam({ learningRate: (step) => 0.1 / (1 + step) }), { steps: 3 });
      const [eager, captured] = [make(), make()];
      captured.build([v]);
      const step = capture((gradient: tf.Tensor) => {
        captured.updateVariables({ [v.name]: gradient });
        return gradient;
      });
      for (let n = 0; n < 10; n++) {
        apply(eager, w, gradientAt(n));
        const gradient = tf.tensor1d(gradientAt(n));
        captured.prepareStep();
        step(gradient).dispose();
        gradient.dispose();
        expect(await numbersOf([v])).toEqual(await numbersOf([w]));
      }
      expect(step.recordings).toBe(1);
      const gradient = tf.add(tf.ones([3]), 0) as tf.Tensor;
      const count = await countDispatches(() => {
        eager.updateVariables({ [w.name]: gradient });
        return [];
      });
      expect(count).toMatchObject({ dispatches: 3, bytes: 0 });
      step.dispose();
      for (const one of [eager, captured]) one.dispose();
      tf.dispose([w, v, gradient]);
    });
  }
});

test('can be made again from what it says of itself, by a saved model too', async () => {
  const optimizer = accumulate(adam({ learningRate: 0.125, beta1: 0.5 }), { steps: 3 });
  const model = tf.sequential({ layers: [tf.layers.dense({ units: 1, inputShape: [1] })] });
  model.compile({ optimizer, loss: 'meanSquaredError' });
  let saved: tf.io.ModelArtifacts = {};
  await model.save(
    tf.io.withSaveHandler(async (artifacts) => {
      saved = artifacts;
      return { modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' } };
    }),
    { includeOptimizer: true },
  );
  const again = (await tf.loadLayersModel(tf.io.fromMemory(saved))) as tf.Sequential;
  expect(again.optimizer.getClassName()).toBe('TenonAccumulated');
  expect(again.optimizer.getConfig()).toEqual(optimizer.getConfig());
  expect(again.optimizer.getConfig()).toMatchObject({ steps: 3, optimizer: { config: { beta1: 0.5 } } });
});

test('refuses what is no count, and states of others', async () => {
  expect(() => accumulate(adam(), { steps: 0 })).toThrow('accumulate: steps must be a positive integer, got 0');
  await expect(accumulate(adam(), { steps: 2 }).setWeights(await adam().getWeights())).rejects.toThrow(
    'accumulate: weights must be those of accumulated gradients, got iter',
  );
});
