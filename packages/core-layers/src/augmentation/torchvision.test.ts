import '@tensorflow/tfjs';
import { composeOnly } from '@tenonjs/runtime';
import { describeOnEachBackend } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/augmentation.json' with { type: 'json' };
import { adjustColor } from './adjustColor';
import { drawMatrices } from './affineMatrices';
import { affineTransform } from './affineTransform';
import { randomRotation } from './randomRotation';

interface Saved {
  shape: number[];
  values: number[];
}

const tensorOf = ({ shape, values }: Saved) => tf.tensor(values, shape, 'float32');

async function expectValues(tensor: tf.Tensor, { shape, values }: Saved, tolerance = 1e-5) {
  expect(tensor.shape).toEqual(shape);
  const got = await tensor.data();
  const gaps = values.map((value, i) => Math.abs((got[i] as number) - value));
  const worst = gaps.indexOf(Math.max(...gaps));
  expect(gaps[worst], `at ${worst}: ${got[worst]}, not ${values[worst]}`).toBeLessThan(tolerance);
}

const always = <T>(value: T): [T, T] => [value, value];

describeOnEachBackend('augmentation is torchvision’s', (backend) => {
  const how = [
    ['kernel', <T>(fn: () => T) => fn()],
    ['composition', composeOnly],
  ] as const;

  test.each(how)('rotation, translation, scale and shear, by the %s', async (name, within) => {
    // WGSL's own sine and cosine are off by more.
    const tolerance = backend === 'webgpu' && name === 'composition' ? 1e-3 : 1e-5;
    for (const { options, x, y } of oracle.affine) {
      const [right, down] = options.translate as [number, number];
      const moves = {
        angle: always(options.angle),
        right: always(right),
        down: always(down),
        scale: always(options.scale),
        shearX: always(options.shear[0] as number),
        shearY: always(options.shear[1] as number),
      };
      const found = within(() =>
        tf.tidy(() => affineTransform(tensorOf(x), drawMatrices(1, moves, 3), { fill: options.fill })),
      );
      await expectValues(found, y, tolerance);
    }
  });

  test('rotation goes against the clock', async () => {
    for (const { degrees, x, y } of oracle.rotate) {
      await expectValues(randomRotation(tensorOf(x), { degrees: always(degrees), seed: 1 }), y);
    }
  });

  test.each(how)('any matrix to any size, and its gradient, by the %s', async (_, within) => {
    for (const { matrices, size, x, y, dy, dx } of oracle.sample) {
      const sample = (x: tf.Tensor): tf.Tensor =>
        affineTransform(x, tf.tensor2d(matrices), { size: size as [number, number] });
      const { value, grad } = within(() => tf.valueAndGrad(sample)(tensorOf(x), tensorOf(dy)));
      await expectValues(value, y);
      await expectValues(grad, dx);
    }
  });

  test.each(how)('brightness, contrast, saturation and hue, by the %s', async (_, within) => {
    for (const { factors, x, y } of oracle.color) {
      await expectValues(
        within(() => adjustColor(tensorOf(x), tf.tensor2d(factors))),
        y,
      );
    }
  });
});
