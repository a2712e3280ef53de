import { distance, leaked } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs';
import { decode } from 'fast-png';
import { describe, expect, test } from 'vitest';
import samples from '../../../../tools/oracles/colorMaps.json' with { type: 'json' };
import { grid } from '../grids/grid';
import { toPng } from '../png';
import { colorize } from './colorize';
import type { ColorMapName } from './colorMaps';
import { normalizeImage, normalizeMap } from './normalize';
import { overlay } from './overlay';
import { toRgba } from './toRgba';

describe('colour maps', () => {
  test.each(Object.entries(samples))('%s is matplotlib’s', async (name, colours) => {
    const places = tf.tensor2d([colours.map((_, i) => (15 * i) / 255)]);
    const found = colorize(places, { colorMap: name as ColorMapName, range: [0, 1] });
    expect(await distance(found, tf.tensor3d([colours]))).toBeLessThan(0.026);
  });

  test('go from the least to the largest number, or about 0, and are cut off outside of a range', async () => {
    const gray = (values: number[], options: object) =>
      colorize(tf.tensor2d([values]), { colorMap: 'gray', ...options }).data();
    expect([...(await gray([2, 4, 3], {}))]).toEqual([0, 0, 0, 1, 1, 1, 0.5, 0.5, 0.5]);
    expect([...(await gray([-1, 0, 4], { symmetric: true }))]).toEqual([0.375, 0.375, 0.375, 0.5, 0.5, 0.5, 1, 1, 1]);
    expect([...(await gray([-1, 0.5, 4], { range: [0, 2] }))]).toEqual([0, 0, 0, 0.25, 0.25, 0.25, 1, 1, 1]);
    expect(() => colorize(tf.zeros([2, 2]), { colorMap: 'jet' as never })).toThrow(
      /colorMap must be one of viridis, inferno/,
    );
    for (const range of [[1, 1], [0, Number.NaN], 5] as unknown as [number, number][]) {
      expect(() => colorize(tf.zeros([2, 2]), { range })).toThrow('range must be two different finite numbers');
    }
  });
});

describe('pictures', () => {
  test('each map of a batch has a range of its own; a flat one is 0, or ½', async () => {
    const maps = tf.tensor3d([[[0, 10]], [[5, 6]], [[3, 3]]]);
    expect([...(await normalizeMap(maps).data())]).toEqual([0, 1, 0, 1, 0, 0]);
    expect([...(await normalizeMap(tf.zeros([1, 2]), { symmetric: true }).data())]).toEqual([0.5, 0.5]);
    expect([
      ...(await normalizeImage(
        tf.tensor3d([
          [
            [0, 4],
            [1, 2],
          ],
        ]),
      ).data()),
    ]).toEqual([0, 1, 0.25, 0.5]);
  });

  test('an overlay is so much of each, the map enlarged', async () => {
    const image = tf.fill([4, 4, 1], 0.2);
    const heat = tf.tensor2d([
      [0, 1],
      [0, 1],
    ]);
    const shown = await overlay(image, heat, { alpha: 0.25, colorMap: 'gray' }).array();
    const row = (shown as number[][][])[2]?.map(([red]) => red as number) as number[];
    expect(row[0]).toBeCloseTo(0.15, 5);
    expect(row[3]).toBeCloseTo(0.75 * 0.2 + 0.25, 5);
    expect(row[1]).toBeCloseTo(0.75 * 0.2 + 0.25 * 0.25, 5); // about the middles of pixels
    expect(overlay(tf.zeros([2, 4, 6, 3]), tf.zeros([2, 3, 2])).shape).toEqual([2, 4, 6, 3]);
    expect(() => overlay(image, tf.zeros([2, 4, 4]))).toThrow(/map must be a map for each of the images/);
  });

  test('a grid has gaps between its images and none around, and a background where one is missing', async () => {
    const cells = tf.tensor4d([1, 2, 3], [3, 1, 1, 1]);
    const sheet = grid(cells, { columns: 2, gap: 1, background: 9 });
    expect(await tf.squeeze(sheet).array()).toEqual([
      [1, 9, 2],
      [9, 9, 9],
      [3, 9, 9],
    ]);
    expect(await leaked(() => grid(cells))).toBe(0);
  });

  test('int32 are bytes, as those of a canvas or a camera', async () => {
    const [bytes, heat] = [tf.tensor3d([[[0], [51], [255]]], [1, 3, 1], 'int32'), tf.tensor2d([[0, 1, 2]])];
    const numbers = tf.div(bytes, 255);
    expect(await distance(overlay(bytes, heat), overlay(numbers, heat))).toBeLessThan(1e-6);
    expect(await toRgba(bytes)).toEqual(await toRgba(numbers));
    const sheet = grid(tf.expandDims(bytes, 0));
    expect(await distance(sheet, numbers)).toBeLessThan(1e-6);
  });

  test('bytes are what a canvas takes, and a PNG file has them', async () => {
    const image = tf.tensor3d([
      [
        [0, 0.5, 1],
        [2, -1, 0.2],
      ],
    ]);
    const bytes = [0, 128, 255, 255, 255, 0, 51, 255];
    expect(await toRgba(image)).toEqual({ width: 2, height: 1, data: Uint8ClampedArray.from(bytes) });
    const png = decode(await toPng(image));
    expect([png.width, png.height, png.channels]).toEqual([2, 1, 4]);
    expect([...png.data]).toEqual(bytes);
    expect([...(await toRgba(tf.tensor2d([[1, 0]]))).data]).toEqual([255, 255, 255, 255, 0, 0, 0, 255]);
    expect([...(await toRgba(tf.tensor3d([[[1, 0, 0, 0.2]]]))).data]).toEqual([255, 0, 0, 51]);
    await expect(toRgba(tf.zeros([2, 2, 2]))).rejects.toThrow(/with 1, 3 or 4 channels/);
  });
});
