import '@tensorflow/tfjs';
import { capture } from '@tenonjs/runtime';
import { describeOnEachBackend, distance, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { type Loss, type LossEntry, lossRegistry } from '../testing/losses';
import { binaryCrossentropy } from './binaryCrossentropy';
import { binaryFocalCrossentropy } from './binaryFocalCrossentropy';
import { categoricalCrossentropy } from './categoricalCrossentropy';
import { categoricalFocalCrossentropy } from './categoricalFocalCrossentropy';
import { contrastiveLoss } from './contrastiveLoss';
import { euclideanDistance } from './euclideanDistance';
import { huber } from './huber';
import { meanSquaredError } from './meanSquaredError';
import { tripletLoss } from './tripletLoss';
import { tripletMarginLoss } from './tripletMarginLoss';

const entries = Object.entries(lossRegistry);
const bound =
  ({ loss, options }: LossEntry): Loss =>
  (t, p, more) =>
    loss(t, p, { ...options, ...more });
const slope = (loss: Loss, t: tf.Tensor, p: tf.Tensor) => tf.grad((p) => tf.sum(loss(t, p)))(p);

describeOnEachBackend('every loss', (backend) => {
  test.each(entries)('%s leaves nothing behind', async (_, entry) => {
    const [t, p] = [entry.yTrue(), entry.yPred()];
    expect(await leaked(() => bound(entry)(t, p))).toBe(0);
    const sampleWeight = tf.scalar(2);
    expect(await leaked(() => bound(entry)(t, p, { reduction: 'weightedMean', sampleWeight }))).toBe(0);
    expect(await leaked(() => slope(bound(entry), t, p))).toBe(0);
    tf.dispose([t, p, sampleWeight]);
  });

  if (backend === 'webgpu') {
    test('the losses are in a replay what they are by themselves', async () => {
      const inputs = Object.fromEntries(
        entries.map(([name, { yTrue, yPred }]) => [name, [yTrue(), yPred()]] as [string, tf.Tensor[]]),
      );
      const work = () =>
        Object.fromEntries(
          entries.map(([name, entry]) => {
            const [t, p] = inputs[name] as [tf.Tensor, tf.Tensor];
            return [name, slope(bound(entry), t, p)];
          }),
        );
      const [step, expected] = [capture(work), tf.tidy(work)];
      for (let call = 0; call < 4; call++) {
        const got = step();
        for (const [name] of entries) {
          expect(await distance(got[name] as tf.Tensor, expected[name] as tf.Tensor), name).toBe(0);
        }
        tf.dispose(got);
      }
      expect(step.recordings).toBe(1);
      step.dispose();
      tf.dispose([inputs, expected]);
    });
  }
});

describe('in tf.layers', () => {
  // tfjs wants targets of the shape of the outputs.
  const fitting = entries.filter(([, { yTrue, yPred }]) => yTrue().shape.join() === yPred().shape.join());

  test.each(fitting)('%s is a loss to compile with', async (_, entry) => {
    const [t, p] = [entry.yTrue(), entry.yPred()];
    const columns = p.size / (p.shape[0] as number);
    const [target, x] = [t, p].map((tensor) => tf.reshape(tensor, [-1, columns])) as [tf.Tensor, tf.Tensor];
    const kernel = tf.eye(columns);
    const model = tf.sequential({
      layers: [tf.layers.dense({ units: columns, useBias: false, inputShape: [columns], weights: [kernel] })],
    });
    const loss = bound(entry);
    model.compile({ optimizer: tf.train.adam(1e-3), loss: (t, p) => loss(t, p) });
    const [own] = await loss(target, x).data();
    const first = (await model.trainOnBatch(x, target)) as number;
    expect(first).toBeCloseTo(own as number, 5);
    for (let i = 0; i < 5; i++) await model.trainOnBatch(x, target);
    expect((await model.trainOnBatch(x, target)) as number).toBeLessThan(first);
  });
});

describe('how losses become one', () => {
  test.each(entries)('%s', async (_, entry) => {
    const loss = bound(entry);
    const [t, p] = [entry.yTrue(), entry.yPred()];
    const each = loss(t, p, { reduction: 'none' });
    const numbers = [...(await each.data())];
    const total = numbers.reduce((a, b) => a + b, 0);
    const number = async (options: object) => (await loss(t, p, options).data())[0] as number;
    expect(total).toBeGreaterThan(0);
    expect(await number({ reduction: 'sum' })).toBeCloseTo(total, 4);
    expect(await number({})).toBeCloseTo(total / numbers.length, 4);
    expect(await number({ reduction: 'weightedMean' })).toBeCloseTo(total / numbers.length, 4);

    const B = each.shape[0] as number;
    const weights = Array.from({ length: B }, (_, b) => b); // the first does not count
    const weighted = numbers.reduce((sum, loss, i) => sum + loss * Math.floor((i * B) / numbers.length), 0);
    const sampleWeight = tf.tensor1d(weights, 'int32');
    expect(await number({ sampleWeight, reduction: 'sum' })).toBeCloseTo(weighted, 4);
    expect(await number({ sampleWeight })).toBeCloseTo(weighted / numbers.length, 4);
    const all = (numbers.length / B) * weights.reduce((a, b) => a + b, 0);
    expect(await number({ sampleWeight, reduction: 'weightedMean' })).toBeCloseTo(weighted / all, 4);
    expect(await number({ sampleWeight: tf.zeros([B]), reduction: 'weightedMean' })).toBe(0);
    expect(await number({ sampleWeight: tf.scalar(3), reduction: 'sum' })).toBeCloseTo(3 * total, 3);
  });

  test('of nothing is 0', async () => {
    for (const [name, entry] of entries) {
      const [t, p] = [entry.yTrue(), entry.yPred()].map((x) => tf.slice(x, [0], [0])) as [tf.Tensor, tf.Tensor];
      expect([...(await bound(entry)(t, p).data())], name).toEqual([0]);
    }
    const none = tf.tensor([-1, -1], [2], 'int32');
    const options = { fromLogits: true, ignoredIndex: -1, sampleWeight: tf.tensor1d([1, 2]) };
    expect([...(await categoricalCrossentropy(none, tf.zeros([2, 3]), options).data())]).toEqual([0]);
    expect([...(await tripletLoss(none, tf.randomNormal([2, 3])).data())]).toEqual([0]);
  });

  test('labels that are no class do not count, from logits or probabilities, weighted or not', async () => {
    const logits = tf.tensor2d([1, 2, 0.5, 0, -1, 1, 2, 2, 0], [3, 3]);
    const [first] = await categoricalCrossentropy(tf.tensor1d([1], 'int32'), tf.slice(logits, [0], [1]), {
      fromLogits: true,
    }).data();
    for (const other of [-1, -7, 3, 9]) {
      const labels = tf.tensor1d([1, other, other], 'int32');
      for (const loss of [categoricalCrossentropy, categoricalFocalCrossentropy]) {
        const plain = { gamma: 0, alpha: 1 };
        for (const weights of [{}, { sampleWeight: tf.tensor1d([1, 5, 2]) }]) {
          const of = async (pred: tf.Tensor, options: object) =>
            (await loss(labels, pred, { ...plain, ...weights, ...options }).data())[0];
          expect(await of(logits, { fromLogits: true })).toBeCloseTo(first as number, 5);
          expect(await of(tf.softmax(logits), {})).toBeCloseTo(first as number, 5);
        }
      }
    }
  });

  test('labels have slopes, too, as those that another network gives', async () => {
    const [t, p] = [tf.tensor2d([0.2, 0.8, 0.6, 0.4], [2, 2]), tf.tensor2d([0.3, 0.7, 0.9, 0.1], [2, 2])];
    const slopeOf = (loss: Loss) => tf.grad((t) => tf.sum(loss(t, p, { reduction: 'none' })))(t);
    expect(await distance(slopeOf(categoricalCrossentropy), tf.neg(tf.log(p)))).toBeLessThan(1e-6);
    expect(await distance(slopeOf(binaryCrossentropy), tf.log(tf.div(tf.sub(1, p), p)))).toBeLessThan(1e-6);
  });

  test('vectors as close as 10⁻⁴ are apart', async () => {
    const x = tf.tensor2d([0, 0, 1e-4, 0, 0, 3e-4], [3, 2]);
    const loss = tripletLoss(tf.tensor1d([0, 0, 1], 'int32'), x, { margin: 0.1, reduction: 'none' });
    const far = Math.sqrt(1e-8 + 9e-8);
    const expected = tf.tensor1d([0.1 + 1e-4 - 3e-4, 0.1 + 1e-4 - far, 0]);
    expect(await distance(loss, expected)).toBeLessThan(1e-7);
  });

  test('integers may stand in a column, and weights have more dimensions', async () => {
    const logits = tf.randomNormal([2, 3, 4], 0, 1, 'float32', 1);
    const labels = tf.tensor([0, 1, 3, 2, 2, 1], [2, 3], 'int32');
    const options = { fromLogits: true, sampleWeight: tf.tensor2d([1, 2, 3, 4, 5, 6], [2, 3]) };
    const [a, b] = [labels, tf.expandDims(labels, 2)].map((t) => categoricalCrossentropy(t, logits, options));
    expect(await distance(a as tf.Tensor, b as tf.Tensor)).toBe(0);
    const oneHot = tf.oneHot(tf.cast(labels, 'int32'), 4);
    expect(await distance(categoricalCrossentropy(oneHot, logits, options), a as tf.Tensor)).toBeLessThan(1e-6);
  });
});

describe('what is sure', () => {
  test('has a finite loss and slope, by whatever power', async () => {
    const x = tf.tensor1d([-1e4, 1e4, 0, -100]);
    for (const gamma of [0, 0.5, 1, 2, 5]) {
      for (const label of [0, 1]) {
        const loss: Loss = (t, p) => binaryFocalCrossentropy(t, p, { fromLogits: true, gamma, alpha: null });
        const t = tf.fill([4], label);
        const numbers = [...(await loss(t, x).data()), ...(await slope(loss, t, x).data())];
        expect(numbers.every(Number.isFinite), `${gamma} ${label} ${numbers}`).toBe(true);
      }
      const logits = tf.tensor2d([1e4, -1e4, 0, 1e4], [2, 2]);
      const loss: Loss = (t, p) => categoricalFocalCrossentropy(t, p, { fromLogits: true, gamma });
      const t = tf.tensor1d([0, 0], 'int32');
      const numbers = [...(await loss(t, logits).data()), ...(await slope(loss, t, logits).data())];
      expect(numbers.every(Number.isFinite), `${gamma} ${numbers}`).toBe(true);
    }
  });

  test('focal losses without a power are cross entropies', async () => {
    const [x, t] = [tf.tensor2d([0.5, -1, 2, 0.1], [2, 2]), tf.tensor1d([0, 1], 'int32')];
    const focal = categoricalFocalCrossentropy(t, x, { fromLogits: true, gamma: 0, alpha: 1 });
    expect(await distance(focal, categoricalCrossentropy(t, x, { fromLogits: true }))).toBeLessThan(1e-6);
    const yes = tf.oneHot(t, 2);
    const binary = binaryFocalCrossentropy(yes, x, { fromLogits: true, gamma: 0, alpha: null });
    expect(await distance(binary, binaryCrossentropy(yes, x, { fromLogits: true }))).toBeLessThan(1e-6);
  });
});

test.each<[string, () => unknown, string]>([
  [
    'shapes that would be broadcast',
    () => meanSquaredError(tf.zeros([3]), tf.zeros([3, 1])),
    'meanSquaredError: yTrue must be of the shape of yPred, [3,1], got [3]',
  ],
  [
    'predictions that are integers',
    () => huber(tf.zeros([3]), tf.zeros([3], 'int32')),
    'huber: yPred must be float32, got int32',
  ],
  [
    'no delta',
    () => huber(tf.zeros([3]), tf.zeros([3]), { delta: 0 }),
    'huber: delta must be a finite number > 0, got 0',
  ],
  [
    'an unknown reduction',
    () => meanSquaredError(tf.zeros([3]), tf.zeros([3]), { reduction: 'all' as 'sum' }),
    'meanSquaredError: reduction must be one of mean, weightedMean, sum, none, got all',
  ],
  [
    'weights of other samples',
    () => meanSquaredError(tf.zeros([3, 2]), tf.zeros([3, 2]), { sampleWeight: tf.ones([2]) }),
    'meanSquaredError: sampleWeight must be of shape [3,2] or its first dimensions, got [2]',
  ],
  [
    'labels of other samples',
    () => categoricalCrossentropy(tf.zeros([2], 'int32'), tf.zeros([3, 2])),
    'categoricalCrossentropy: yTrue must be int32 of shape [3] or of the shape of yPred, [3,2], got int32 of shape [2]',
  ],
  [
    'an ignored class of dense labels',
    () => categoricalCrossentropy(tf.zeros([3, 2]), tf.zeros([3, 2]), { ignoredIndex: 1 }),
    'categoricalCrossentropy: ignoredIndex must be left out when labels are dense, got 1',
  ],
  [
    'too much smoothing',
    () => binaryCrossentropy(tf.zeros([3]), tf.zeros([3]), { labelSmoothing: 2 }),
    'binaryCrossentropy: labelSmoothing must be a number in [0, 1], got 2',
  ],
  [
    'a negative gamma',
    () => binaryFocalCrossentropy(tf.zeros([3]), tf.zeros([3]), { gamma: -1 }),
    'binaryFocalCrossentropy: gamma must be a finite number ≥ 0, got -1',
  ],
  [
    'weights of other classes',
    () => categoricalFocalCrossentropy(tf.zeros([3], 'int32'), tf.zeros([3, 2]), { alpha: [1, 2, 3] }),
    'categoricalFocalCrossentropy: alpha must be a number ≥ 0, or 2 of them, got [1,2,3]',
  ],
  [
    'no margin',
    () => contrastiveLoss(tf.zeros([3]), tf.zeros([3]), { margin: 0 }),
    'contrastiveLoss: margin must be a finite number > 0, got 0',
  ],
  [
    'vectors without counterparts',
    () => euclideanDistance(tf.zeros([3, 2]), tf.zeros([2, 2])),
    'euclideanDistance: b must be float32 of shape [3,2], got float32 of shape [2,2]',
  ],
  [
    'triplets of two sizes',
    () => tripletMarginLoss(tf.zeros([3, 2]), tf.zeros([3, 2]), tf.zeros([3, 3])),
    'tripletMarginLoss: negative must be float32 of shape [3,2], got float32 of shape [3,3]',
  ],
  [
    'an unknown mining',
    () => tripletLoss(tf.zeros([3]), tf.zeros([3, 2]), { mining: 'hard' as 'batchHard' }),
    'tripletLoss: mining must be batchHard or batchAll, got hard',
  ],
  [
    'an unknown distance',
    () => tripletLoss(tf.zeros([3]), tf.zeros([3, 2]), { distance: 'cosine' as 'euclidean' }),
    'tripletLoss: distance must be euclidean or squaredEuclidean, got cosine',
  ],
  [
    'labels for other vectors',
    () => tripletLoss(tf.zeros([2]), tf.zeros([3, 2])),
    'tripletLoss: yTrue must be of shape [3], got [2]',
  ],
])('refuses %s', (_, call, message) => {
  expect(call).toThrow(message);
});
