import { distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { images, plainCnn, seeded } from '../testing/models';
import { gaussLegendre } from './gaussLegendre';
import { guidedBackprop } from './guidedBackprop';
import { integratedGradients } from './integratedGradients';
import { boxMasks, occluderBoxes } from './occluders';
import { occlusionSensitivity } from './occlusionSensitivity';
import { saliency } from './saliency';
import { smoothGrad } from './smoothGrad';

/** Scores of two classes, linear in the pixels of an image [4, 5, 2]. */
const linear = () =>
  seeded(
    tf.sequential({
      layers: [
        tf.layers.conv2d({ name: 'maps', filters: 3, kernelSize: 1, inputShape: [4, 5, 2] }),
        tf.layers.flatten(),
        tf.layers.dense({ units: 2 }),
      ],
    }),
  );
const small = (n: number, seed = 3) => tf.slice(images(n, seed), [0, 0, 0, 0], [n, 4, 5, 2]);

describe('saliency', () => {
  test('is the largest absolute value of the channels', async () => {
    const [model, x] = [plainCnn(), images(2)];
    const signed = saliency(model, x, { target: 1, signed: true });
    const map = saliency(model, x, { target: 1 });
    const [first, second] = tf.unstack(tf.abs(signed), 3) as [tf.Tensor, tf.Tensor];
    expect(await distance(map, tf.maximum(first, second))).toBe(0);
    expect((await tf.min(signed).data())[0]).toBeLessThan(-0.01);
    expect(await distance(first, second)).toBeGreaterThan(0.01);
  });

  test('keeps a sigmoid that the model does not end in, and a ReLU’s upper end', async () => {
    const conv = (activation: 'sigmoid' | 'relu6') =>
      seeded(
        tf.sequential({
          layers: [
            tf.layers.conv2d({ filters: 3, kernelSize: 3, activation, inputShape: [8, 8, 2] }),
            tf.layers.globalAveragePooling2d({}),
            tf.layers.dense({ units: 3, activation: 'softmax' }),
          ],
        }),
      );
    const x = images(1);
    const model = conv('sigmoid');
    const logits = tf.model({ inputs: model.inputs, outputs: model.outputs });
    const log = (y: tf.Tensor) => tf.log(tf.slice(logits.predict(y) as tf.Tensor, [0, 0], [1, 2]));
    // The logits' difference is that of the logarithms of the probabilities.
    const expected = tf.grad((y: tf.Tensor) => tf.sum(tf.mul(log(y), [1, -1])))(x);
    const [one, other] = [0, 1].map((target) => saliency(model, x, { target, signed: true })) as [tf.Tensor, tf.Tensor];
    expect(await distance(tf.sub(one, other), expected)).toBeLessThan(1e-5);
    expect(await distance(expected, tf.zerosLike(expected))).toBeGreaterThan(1e-3);
    expect(await distance(guidedBackprop(model, x, { target: 0 }), one)).toBe(0);

    const capped = tf.sequential({
      layers: [
        tf.layers.conv2d({
          name: 'conv',
          filters: 1,
          kernelSize: 1,
          activation: 'relu6',
          useBias: false,
          kernelInitializer: 'ones',
          inputShape: [1, 4, 1],
        }),
        tf.layers.reLU({ maxValue: 4 }),
      ],
    });
    const all = (y: tf.Tensor) => tf.sum(y, [1, 2, 3]);
    const lit = tf.tensor4d([-1, 3, 5, 8], [1, 1, 4, 1]);
    expect([...(await guidedBackprop(capped, lit, { target: all }).data())]).toEqual([0, 1, 0, 0]);
    const before = guidedBackprop(capped, lit, { target: { layer: 'conv' } });
    expect([...(await before.data())]).toEqual([0, 0.25, 0.25, 0]);
  });
});

describe('SmoothGrad', () => {
  test('is a mean: without noise what it is of', async () => {
    const x = images(2);
    expect(
      await distance(
        smoothGrad((y) => tf.square(y), x, { seed: 1, samples: 3, noise: 0 }),
        tf.square(x),
      ),
    ).toBeLessThan(1e-6);
  });

  test('its noise is a part of each image’s own range, drawn anew for each copy', async () => {
    const ramp = tf.tile(tf.reshape(tf.linspace(0, 1, 40), [1, 40, 1, 1]), [1, 1, 40, 1]);
    const x = tf.concat([ramp, tf.mul(ramp, 10)]);
    const seen: tf.Tensor[] = [];
    const mean = smoothGrad((y) => tf.keep(seen[seen.push(tf.sub(y, x)) - 1] as tf.Tensor), x, {
      seed: 1,
      samples: 4,
      noise: 0.2,
    });
    const spreadOf = async (y: tf.Tensor) => [...(await tf.sqrt(tf.mean(tf.square(y), [1, 2, 3])).data())];
    for (const noise of seen) {
      const [small, large] = await spreadOf(noise);
      expect(small).toBeCloseTo(0.2, 1);
      expect((large as number) / 10).toBeCloseTo(0.2, 1);
    }
    const [small, large] = await spreadOf(mean); // of four independent draws, half of one
    expect(Math.abs((small as number) - 0.1)).toBeLessThan(0.01);
    expect(Math.abs((large as number) - 1)).toBeLessThan(0.1);
  });
});

describe('integrated gradients', () => {
  test('Gauss–Legendre of n points integrates polynomials up to degree 2n − 1', () => {
    for (const n of [1, 2, 3, 5, 8]) {
      const { points, weights } = gaussLegendre(n);
      for (let degree = 0; degree < 2 * n; degree++) {
        const sum = points.reduce((all, x, i) => all + (weights[i] as number) * x ** degree, 0);
        expect(sum).toBeCloseTo(1 / (degree + 1), 12);
      }
    }
  });

  test('of a linear score are the pixels’ distances from the baseline, by their weights', async () => {
    const [model, x, baseline] = [linear(), small(2), small(2, 4)];
    const weights = saliency(model, x, { target: 1, signed: true });
    const found = integratedGradients(model, x, { target: 1, baseline, steps: 3 });
    expect(await distance(found, tf.mul(tf.sub(x, baseline), weights))).toBeLessThan(1e-6);
    const grey = integratedGradients(model, x, { target: 1, baseline: 0.5, steps: 3 });
    expect(await distance(grey, tf.mul(tf.sub(x, 0.5), weights))).toBeLessThan(1e-6);
    expect(() => integratedGradients(model, x, { baseline: Number.NaN })).toThrow(
      'integratedGradients: baseline must be a finite number, got NaN',
    );
    expect(() => integratedGradients(model, x, { baseline: small(1) })).toThrow(
      'integratedGradients: baseline must be a number or of shape [2,4,5,2], got [1,4,5,2]',
    );
  });
});

test('integrated gradients add up to the difference of the scores, wherever the way begins', async () => {
  const model = tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [4, 5, 2] }),
      tf.layers.dense({
        units: 3,
        activation: 'softmax',
        kernelInitializer: tf.initializers.randomNormal({ stddev: 0.2, seed: 1 }),
      }),
    ],
  });
  const [x, baseline] = [small(2), small(2, 4)];
  const probability = (y: tf.Tensor) => tf.slice(model.predict(y) as tf.Tensor, [0, 1], [-1, 1]);
  for (const [start, from] of [
    [baseline, baseline],
    [0.7, tf.fill(x.shape, 0.7)],
  ] as const) {
    const found = integratedGradients(model, x, { target: 1, logits: false, baseline: start, steps: 40 });
    const difference = tf.sub(probability(x), probability(from));
    expect(await distance(tf.sum(found, [1, 2, 3]), tf.reshape(difference, [2]))).toBeLessThan(1e-5);
    expect(await distance(difference, tf.zerosLike(difference))).toBeGreaterThan(0.01);
  }
});

describe('occluders', () => {
  test('lie a stride apart, the last at the border', async () => {
    const { rows, columns, boxes } = occluderBoxes([4, 5], [2, 3], [2, 2]);
    expect([rows, columns]).toEqual([2, 2]);
    expect(boxes.map(({ top, left }) => [top, left])).toEqual([
      [0, 0],
      [0, 2],
      [2, 0],
      [2, 2],
    ]);
    expect(occluderBoxes([6, 6], [3, 6], [2, 1]).boxes.map(({ top }) => top)).toEqual([0, 2, 3]);
    const masks = tf.squeeze(boxMasks([{ top: 1, left: 2, height: 2, width: 3 }], [4, 5]));
    expect(await masks.array()).toEqual([
      [0, 0, 0, 0, 0],
      [0, 0, 1, 1, 1],
      [0, 0, 1, 1, 1],
      [0, 0, 0, 0, 0],
    ]);
  });

  test('of a linear score: what is covered is missed, and shared among all that cover it', async () => {
    const [model, x] = [linear(), small(1)];
    const weights = tf.squeeze(saliency(model, x, { target: 1, signed: true }), [0]);
    const image = tf.squeeze(x, [0]);
    const mean = tf.mean(image, [0, 1], true); // of each channel
    const lost = (await tf.sum(tf.mul(weights, tf.sub(image, mean)), 2).array()) as number[][]; // by each pixel
    const { boxes } = occluderBoxes([4, 5], [2, 2], [1, 1]);
    const losses = boxes.map(({ top, left }) =>
      [0, 1].flatMap((i) => [0, 1].map((j) => lost[top + i]?.[left + j] as number)).reduce((a, b) => a + b),
    );
    const { score, attribution, featureMap } = await occlusionSensitivity(model, image, {
      target: 1,
      window: 2,
      stride: 1,
      channel: 2,
      batchSize: 5,
    });
    const whole = (model.predict(x) as tf.Tensor).dataSync()[1] as number;
    for (const [i, value] of (await score.data()).entries())
      expect(value).toBeCloseTo(whole - (losses[i] as number), 4);
    const shares = (await attribution.array()) as number[][];
    for (const [row, line] of shares.entries()) {
      for (const [column, share] of line.entries()) {
        const over = losses.filter((_, k) => {
          const { top, left } = boxes[k] as (typeof boxes)[number];
          return row >= top && row < top + 2 && column >= left && column < left + 2;
        });
        expect(share).toBeCloseTo(over.reduce((a, b) => a + b) / over.length, 4);
      }
    }
    // What the layer sees of the first occluded image, of channel 2 alone.
    const first = boxMasks(boxes.slice(0, 1), [4, 5]);
    const occluded = tf.add(tf.mul(x, tf.sub(1, first)), tf.mul(mean, first));
    const maps = model.getLayer('maps').apply(occluded) as tf.Tensor;
    const sum = tf.sum(tf.slice(maps, [0, 0, 0, 2], [1, 4, 5, 1]));
    expect((await featureMap.data())[0]).toBeCloseTo((await sum.data())[0] as number, 4);
  });

  test('are an eighth of the longer side, half of it apart; the map watched answers most', async () => {
    const model = seeded(
      tf.sequential({
        layers: [
          tf.layers.conv2d({ name: 'conv', filters: 3, kernelSize: 1, inputShape: [8, 32, 1] }),
          tf.layers.globalAveragePooling2d({}),
          tf.layers.dense({ units: 2 }),
        ],
      }),
    );
    const x = tf.ones([8, 32, 1]);
    const { score, featureMap } = await occlusionSensitivity(model, x, { fill: 1 });
    expect(score.shape).toEqual([3, 15]); // 4 pixels high and wide, 2 apart
    const answers = await tf.sum(model.getLayer('conv').apply(tf.expandDims(x)) as tf.Tensor, [0, 1, 2]).data();
    expect((await featureMap.data())[0]).toBeCloseTo(Math.max(...answers), 3);
  });
});
