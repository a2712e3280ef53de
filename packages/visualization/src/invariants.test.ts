import { Activation, Conv2DNormActivation, Dense, MaxPooling2D, SqueezeExcite } from '@tenonjs/core-layers';
import { distance } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { describe, expect, test } from 'vitest';
import { deconvnet } from './attribution/deconvnet';
import { guidedBackprop } from './attribution/guidedBackprop';
import { occlusionSensitivity } from './attribution/occlusionSensitivity';
import { saliency } from './attribution/saliency';
import { cam } from './cam/cam';
import { gradCam } from './cam/gradCam';
import { layerNames } from './model/graph';
import { subjectOf } from './model/subject';
import { branchedCnn, images, models, nestedCnn, plainCnn, seeded } from './testing/models';

/** A convolution with one filter of ones over one pixel, and a pooling: [1, n, 1] → the mean of the largest of each window. */
function pooledLine(n: number, poolSize: number, strides: number, relu: boolean): tf.LayersModel {
  const model = tf.sequential({
    layers: [
      tf.layers.conv2d({
        name: 'conv',
        filters: 1,
        kernelSize: 1,
        useBias: false,
        activation: relu ? 'relu' : 'linear',
        kernelInitializer: 'ones',
        inputShape: [1, n, 1],
      }),
      tf.layers.maxPooling2d({ name: 'pool', poolSize: [1, poolSize], strides: [1, strides] }),
    ],
  });
  return model;
}

const line = (...values: number[]) => tf.tensor(values, [1, values.length, 1]);

describe('the gradient of the image', () => {
  test.each(Object.keys(models))('of %s is that of finite differences', async (name) => {
    const model = (models[name] as () => tf.LayersModel)();
    const image = images(1);
    for (const target of [0, 2, { layer: layerNames(model)[0] as string }]) {
      const gradient = await saliency(model, image, { target, signed: true }).data();
      const largest = Math.max(...gradient.map(Math.abs));
      const { scoreAt } = subjectOf('test', model, image, { target });
      const values = await image.data();
      for (const i of [0, 17, 45, 64, 101, 127]) {
        const at = (step: number) => {
          const moved = Float32Array.from(values);
          moved[i] = (moved[i] as number) + step;
          return scoreAt(tf.tensor(moved, image.shape)).dataSync()[0] as number;
        };
        const slope = (at(2e-3) - at(-2e-3)) / 4e-3;
        expect(Math.abs((gradient[i] as number) - slope)).toBeLessThan(0.02 * largest + 1e-4);
      }
      expect(largest).toBeGreaterThan(2e-3);
    }
  });

  test('is that of the score before the softmax, and after it where that is asked for', async () => {
    for (const model of [plainCnn(), branchedCnn(), nestedCnn()]) {
      const image = images(1);
      const probability = (x: tf.Tensor) => tf.sum(tf.slice(model.predict(x) as tf.Tensor, [0, 1], [-1, 1]));
      // log p₁ = logit₁ − log Σ exp logits: the gradients of the logits, weighed, are that of the probability.
      const gradients = [0, 1, 2].map((target) => saliency(model, image, { target, signed: true }));
      const p = await (model.predict(image) as tf.Tensor).data();
      const weighed = gradients.map((each, k) =>
        tf.mul(each, (p[1] as number) * ((k === 1 ? 1 : 0) - (p[k] as number))),
      );
      const expected = tf.grad(probability)(image);
      expect(await distance(tf.addN(weighed), expected)).toBeLessThan(1e-5);
      const after = saliency(model, image, { target: 1, signed: true, logits: false });
      expect(await distance(after, expected)).toBeLessThan(1e-6);
      expect(await distance(after, gradients[1] as tf.Tensor)).toBeGreaterThan(1e-2);
    }
  });

  test('without a target is that of the most probable class of each image; a function of the output is one, too', async () => {
    const model = plainCnn();
    const pair = images(6);
    const best = [...(await tf.argMax(model.predict(pair) as tf.Tensor, 1).data())];
    const own = saliency(model, pair, { target: best });
    expect(await distance(saliency(model, pair), own)).toBe(0);
    const asFunction = saliency(model, pair, {
      target: (y) => tf.sum(tf.mul(y, tf.oneHot(tf.tensor1d(best, 'int32'), 3)), 1),
    });
    expect(await distance(asFunction, own)).toBeLessThan(1e-6);
    expect(() => saliency(model, pair, { target: (y) => y })).toThrow(
      /target must be a function that gives one score for each of 6/,
    );
  });
});

describe('deconvnet', () => {
  test('by hand: the strongest unit goes back through its switch, with its activation', async () => {
    const model = pooledLine(6, 2, 2, true);
    const x = line(1, 3, 5, 2, -4, -1);
    // The windows are (1, 3), (5, 2), (−4 → 0, −1 → 0): switches 1, 2, 4; the strongest is 5, at place 2.
    expect([...(await deconvnet(model, x, { target: { layer: 'pool', channel: 0 } }).data())]).toEqual([
      0, 0, 5, 0, 0, 0,
    ]);
    expect([...(await deconvnet(model, x, { target: { layer: 'pool', channel: 0, at: [0, 0] } }).data())]).toEqual([
      0, 3, 0, 0, 0, 0,
    ]);
    // Where it was not positive ReLU lets back what comes back positive, unlike a gradient.
    const all = (y: tf.Tensor) => tf.sum(y, [1, 2, 3]);
    expect([...(await deconvnet(model, x, { target: all }).data())]).toEqual([0, 1, 1, 0, 1, 0]);
    expect([...(await saliency(model, x, { target: all, signed: true }).data())]).toEqual([0, 1, 1, 0, 0, 0]);
    const less = (y: tf.Tensor) => tf.neg(all(y));
    expect([...(await deconvnet(model, x, { target: less }).data())].map(Math.abs)).toEqual([0, 0, 0, 0, 0, 0]);
  });

  test('by hand: windows that overlap have one switch, where a gradient adds up', async () => {
    const model = pooledLine(5, 3, 2, false);
    const x = line(1, 0, 7, 2, 3); // both windows have their largest at place 2
    const all = (y: tf.Tensor) => tf.sum(y, [1, 2, 3]);
    expect([...(await deconvnet(model, x, { target: all }).data())]).toEqual([0, 0, 1, 0, 0]);
    expect([...(await saliency(model, x, { target: all, signed: true }).data())]).toEqual([0, 0, 2, 0, 0]);
  });

  test('without ReLU and max pooling is the gradient', async () => {
    const model = seeded(
      tf.sequential({
        layers: [
          tf.layers.conv2d({ filters: 3, kernelSize: 3, activation: 'tanh', inputShape: [8, 8, 2] }),
          tf.layers.averagePooling2d({ poolSize: 2 }),
          tf.layers.flatten(),
          tf.layers.dense({ units: 3 }),
        ],
      }),
    );
    const x = images(2);
    const gradient = saliency(model, x, { target: 1, signed: true });
    expect(await distance(deconvnet(model, x, { target: 1 }), gradient)).toBe(0);
    expect(await distance(guidedBackprop(model, x, { target: 1 }), gradient)).toBe(0);
    expect(await distance(gradient, tf.zerosLike(gradient))).toBeGreaterThan(0.01);
  });

  test('knows the windows of every max pooling of tf.layers and of core-layers', async () => {
    const pools = [
      tf.layers.maxPooling2d({ poolSize: 2, padding: 'same' }),
      tf.layers.maxPooling2d({ poolSize: [3, 2], strides: [3, 2], padding: 'same' }),
      new MaxPooling2D({ poolSize: 3, padding: 1 }),
      new MaxPooling2D({ poolSize: 3, ceilMode: true }),
      new MaxPooling2D({
        poolSize: 4,
        padding: [
          [1, 2],
          [0, 1],
        ],
      }),
    ];
    for (const pool of pools) {
      const model = tf.sequential({
        layers: [
          tf.layers.zeroPadding2d({
            padding: [
              [0, 0],
              [0, 0],
            ],
            inputShape: [7, 8, 2],
          } as never),
          pool,
        ],
      });
      const x = tf.sub(tf.slice(images(1), [0, 0, 0, 0], [1, 7, 8, 2]), 2); // below the zeros that a padding might be
      const squares = (y: tf.Tensor) => tf.sum(tf.square(y), [1, 2, 3]);
      // Windows lie side by side: with one switch each, unpooling is the gradient.
      const gradient = saliency(model, x, { target: squares, signed: true });
      expect(await distance(deconvnet(model, x, { target: squares }), gradient)).toBe(0);
    }
  });
});

describe('class activation maps', () => {
  test('CAM is Grad-CAM, times the number of places', async () => {
    const model = plainCnn();
    const x = images(3);
    for (const target of [0, [2, 1, 0]]) {
      const [map, byGradient] = [
        cam(model, x, { target, resize: false }),
        gradCam(model, x, { target, relu: false, resize: false }),
      ];
      expect(map.shape).toEqual([3, 4, 4]);
      expect(await distance(map, tf.mul(16, byGradient))).toBeLessThan(1e-5);
      expect(await distance(map, tf.zerosLike(map))).toBeGreaterThan(0.1);
    }
  });

  test('CAM says what a model lacks', () => {
    const x = images(1);
    expect(() => cam(branchedCnn(), x)).toThrow(
      /model must have a global average pooling before its dense layer, got small, a AveragePooling2D/,
    );
    const headless = tf.sequential({
      layers: [tf.layers.conv2d({ name: 'only', filters: 2, kernelSize: 3, inputShape: [8, 8, 2] })],
    });
    expect(() => cam(headless, x)).toThrow(
      /model must have one dense layer at its end, got only, a Conv2D; gradCam works without/,
    );
    const flat = tf.sequential({
      layers: [tf.layers.flatten({ inputShape: [8, 8, 2] }), tf.layers.dense({ units: 3 })],
    });
    expect(() => gradCam(flat, x)).toThrow(/model must be one with a layer of maps/);
  });
});

describe('occlusion', () => {
  test('an occluder as large as the image gives a constant map', async () => {
    const model = plainCnn();
    const x = images(1, 9);
    for (const window of [8, 20]) {
      const { score, attribution } = await occlusionSensitivity(model, x, {
        target: 1,
        window,
        stride: 1,
        fill: 0.5,
        logits: true,
      });
      expect(score.shape).toEqual([1, 1, 1]);
      const { scoreAt } = subjectOf('test', model, x, { target: 1 });
      const covered = scoreAt(tf.fill(x.shape, 0.5));
      expect(await distance(tf.reshape(score, [1]), covered)).toBeLessThan(1e-6);
      expect(
        await distance(
          attribution,
          tf.fill([1, 8, 8], (scoreAt(x).dataSync()[0] as number) - (covered.dataSync()[0] as number)),
        ),
      ).toBeLessThan(1e-5);
    }
  });

  test('the map watched is the strongest, or the one that is named', async () => {
    const model = plainCnn();
    const x = images(1, 9);
    const options = { window: 3, stride: 3, layer: 'conv1' };
    const sums = tf.sum(
      tf.model({ inputs: model.inputs, outputs: model.getLayer('conv1').output }).predict(x) as tf.Tensor,
      [1, 2],
    );
    const [strongest] = await tf.argMax(sums, 1).data();
    const [own, named, other] = await Promise.all([
      occlusionSensitivity(model, x, options),
      occlusionSensitivity(model, x, { ...options, channel: strongest as number }),
      occlusionSensitivity(model, x, { ...options, channel: ((strongest as number) + 1) % 4 }),
    ]);
    expect(await distance(own.featureMap, named.featureMap)).toBe(0);
    expect(await distance(own.featureMap, other.featureMap)).toBeGreaterThan(0.1);
    await expect(occlusionSensitivity(model, x, { ...options, channel: 4 })).rejects.toThrow(
      /channel must be in \[0, 4\)/,
    );
  });
});

describe('the graph of a model', () => {
  test('runs as the model does, whatever it is made of', async () => {
    for (const make of Object.values(models)) {
      const model = make();
      const x = images(2);
      const { scoreAt } = subjectOf('test', model, x, { target: 1, logits: false });
      expect(
        await distance(scoreAt(x), tf.reshape(tf.slice(model.predict(x) as tf.Tensor, [0, 1], [-1, 1]), [2])),
      ).toBeLessThan(1e-6);
    }
  });

  test('has names for nested models and for layers that are applied again', () => {
    expect(layerNames(nestedCnn())).toEqual(['base/conv1', 'base/pool1', 'again', 'again#2', 'gap', 'head/scores']);
    expect(layerNames(branchedCnn())).toEqual([
      'stem',
      'norm',
      'relu',
      'inner',
      'sum',
      'out',
      'narrow',
      'wide',
      'both',
      'small',
      'drop',
      'flat',
      'scores',
      'softmax',
    ]);
    const target = { layer: 'base/conv1', channel: 0 };
    expect(saliency(nestedCnn(), images(1), { target }).shape).toEqual([1, 8, 8]);
  });

  test('sees the activations of core-layers, fused and not, and leaves those inside of a layer alone', async () => {
    const layers = (activation: 'relu' | 'linear') => {
      const own = activation === 'relu' ? [] : [1, 2].map(() => new Activation({ activation: 'relu' }));
      return [
        new Conv2DNormActivation({ filters: 4, padding: 1, activation, inputShape: [8, 8, 2], seed: 1 }),
        ...own.slice(0, 1),
        new SqueezeExcite({ ratio: 2, seed: 2 }),
        new MaxPooling2D({ poolSize: 2 }),
        tf.layers.flatten(),
        new Dense({ units: 5, activation, seed: 3 }),
        ...own.slice(1),
        new Dense({ units: 3, activation: 'sigmoid', seed: 4 }),
      ];
    };
    const [fused, apart] = [tf.sequential({ layers: layers('relu') }), tf.sequential({ layers: layers('linear') })];
    const x = images(2);
    apart.setWeights(fused.getWeights());
    for (const method of [guidedBackprop, deconvnet]) {
      const result = method(fused, x, { target: 1 });
      expect(await distance(result, method(apart, x, { target: 1 }))).toBeLessThan(1e-6);
      expect(await distance(result, saliency(fused, x, { target: 1, signed: true }))).toBeGreaterThan(1e-3);
    }
  });

  test('takes an activation inside of a layer for part of it', async () => {
    const model = tf.sequential({
      layers: [
        new SqueezeExcite({ ratio: 2, seed: 2, inputShape: [8, 8, 2] }),
        tf.layers.flatten(),
        new Dense({ units: 3, seed: 3 }),
      ],
    });
    const x = tf.sub(images(1), 0.5);
    const gradient = saliency(model, x, { target: 1, signed: true });
    expect(await distance(guidedBackprop(model, x, { target: 1 }), gradient)).toBe(0);
    expect((await tf.min(gradient).data())[0]).toBeLessThan(0);
  });

  test('refuses a model of several inputs, and what is none', () => {
    const [a, b] = [tf.input({ shape: [8, 8, 2] }), tf.input({ shape: [8, 8, 2] })];
    const two = tf.model({ inputs: [a, b], outputs: tf.layers.add().apply([a, b]) as tf.SymbolicTensor });
    expect(() => saliency(two, images(1))).toThrow('saliency: model must have one input, got 2');
    expect(() => saliency({} as tf.LayersModel, images(1))).toThrow(
      'saliency: model must be a tf.LayersModel, got object',
    );
    expect(() => saliency(plainCnn(), images(2), { target: [1] })).toThrow(
      /target must be a class for each of 2 images/,
    );
  });
});
