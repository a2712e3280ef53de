import { createRandom, deriveSeed, permutation } from '@tenonjs/runtime';
import type { Numbers, OpEntry, Values } from '@tenonjs/testing';
import type * as tf from '@tensorflow/tfjs-core';
import { cutmix } from '../../../augmentation/cutmix';
import { cutout } from '../../../augmentation/cutout';
import type { Batch } from '../../../augmentation/mixing';
import { mixup } from '../../../augmentation/mixup';
import { randomErasing } from '../../../augmentation/randomErasing';
import { clamp, type Four, flat, imageOf, noImages, photos, SEED, uniforms } from './draws';

type Box = { top: number; bottom: number; left: number; right: number };

/** Each number of images, by its place. */
function mapped(
  { shape, values }: Numbers,
  of: (value: number, b: number, i: number, j: number, at: number) => number,
) {
  const [, H, W, C] = shape as Four;
  return values.map((value, at) => {
    const pixel = Math.floor(at / C);
    return of(value, Math.floor(pixel / (H * W)), Math.floor(pixel / W) % H, pixel % W, at);
  });
}

const isInside = ({ top, bottom, left, right }: Box, i: number, j: number) =>
  i >= top && i < bottom && j >= left && j < right;

/** A box of a height and width about a place, cut off at the ends of the image. */
function boxAround([row, column]: [number, number], [h, w]: [number, number], [H, W]: [number, number]): Box {
  const [top, left] = [row - Math.floor(h / 2), column - Math.floor(w / 2)];
  return {
    top: clamp(top, 0, H),
    bottom: clamp(top + h, 0, H),
    left: clamp(left, 0, W),
    right: clamp(left + w, 0, W),
  };
}

const blanks: OpEntry[] = [
  {
    name: 'cutout',
    run: ({ x }) => cutout(x as tf.Tensor, { size: [2, 3], fill: 0.5, probability: 0.7, seed: SEED }),
    reference(inputs) {
      const x = imageOf(inputs);
      const [B, H, W] = x.shape as Four;
      const draws = uniforms(3 * B);
      const boxes = Array.from({ length: B }, (_, b) => {
        const [row, column, chance] = draws.slice(3 * b, 3 * b + 3) as [number, number, number];
        const place: [number, number] = [Math.floor(row * H), Math.floor(column * W)];
        return chance < 0.7 ? boxAround(place, [2, 3], [H, W]) : undefined;
      });
      const of = (box: Box | undefined, i: number, j: number) => box !== undefined && isInside(box, i, j);
      return { y: mapped(x, (value, b, i, j) => (of(boxes[b], i, j) ? 0.5 : value)) };
    },
    samples: [photos(4, 4, 5, 2), photos(1, 1, 1, 1)],
    gradients: ['x'],
    refusals: [
      [() => cutout(flat([2, 2]), { size: 1, seed: 1 }), noImages('cutout')],
      [
        () => cutout(flat([1, 2, 2, 1]), { size: 1, probability: 2, seed: 1 }),
        'cutout: probability must be a number in [0, 1], got 2',
      ],
    ],
  },
  {
    name: 'randomErasing',
    run: ({ x }) =>
      randomErasing(x as tf.Tensor, { probability: 0.8, scale: [0.1, 0.6], ratio: [0.4, 3], fill: -1, seed: SEED }),
    reference(inputs) {
      const x = imageOf(inputs);
      const [B, H, W] = x.shape as Four;
      const draws = uniforms(23 * B);
      const boxes = Array.from({ length: B }, (_, b): Box | undefined => {
        const u = draws.slice(23 * b, 23 * b + 23);
        const sizes = Array.from({ length: 10 }, (_, t) => {
          const area = H * W * (0.1 + 0.5 * (u[t] as number));
          const aspect = 0.4 * (3 / 0.4) ** (u[10 + t] as number);
          return [Math.round(Math.sqrt(area * aspect)), Math.round(Math.sqrt(area / aspect))] as const;
        });
        const found = sizes.find(([h, w]) => h < H && w < W);
        if (!found || (u[22] as number) >= 0.8) return undefined;
        const [top, left] = found.map((size, d) =>
          Math.floor((u[20 + d] as number) * ((d === 0 ? H : W) + 1 - size)),
        ) as [number, number];
        return { top, bottom: top + found[0], left, right: left + found[1] };
      });
      const of = (box: Box | undefined, i: number, j: number) => box !== undefined && isInside(box, i, j);
      return { y: mapped(x, (value, b, i, j) => (of(boxes[b], i, j) ? -1 : value)) };
    },
    samples: [photos(5, 4, 5, 1), photos(2, 1, 1, 3)],
    gradients: ['x'],
    refusals: [
      [() => randomErasing(flat([2, 2]), { seed: 1 }), noImages('randomErasing')],
      [
        () => randomErasing(flat([1, 2, 2, 1]), { ratio: [0, 1], seed: 1 }),
        'randomErasing: ratio must be two numbers > 0, got [0,1]',
      ],
    ],
  },
];

/** Beta(α, α) by the polar formula, from a uniform number and two normal ones. */
function betas(B: number, alpha: number, seed: number): number[] {
  const u = uniforms(B, deriveSeed(seed, 0));
  const random = createRandom(deriveSeed(seed, 1));
  return u.map((uniform) => {
    const [a, b] = [random.normal(), random.normal()];
    const q = (uniform ** (-1 / alpha) - 1) * (a ** 2 / (a ** 2 + b ** 2));
    return 0.5 + 0.5 * Math.sign(a) * Math.sqrt(q / (1 + q));
  });
}

/** Rows of images and labels with those of their partners. */
function mixed(inputs: Values, own: (b: number, i: number, j: number) => number, share: readonly number[]) {
  const [x, y] = [imageOf(inputs), inputs.y as Numbers];
  const order = permutation(x.shape[0] as number, { seed: deriveSeed(SEED, 1) });
  const other = ({ values }: Numbers, b: number, at: number) => {
    const row = values.length / order.length;
    return values[(order[b] as number) * row + (at % row)] as number;
  };
  const classes = y.shape[1] as number;
  return {
    x: mapped(x, (value, b, i, j, at) => own(b, i, j) * value + (1 - own(b, i, j)) * other(x, b, at)),
    y: y.values.map((value, at) => {
      const b = Math.floor(at / classes);
      return (share[b] as number) * value + (1 - (share[b] as number)) * other(y, b, at);
    }),
  };
}

const mix = (name: string, op: typeof mixup, alpha: number, reference: OpEntry['reference']): OpEntry => ({
  name,
  run: ({ x, y }) => ({ ...(op(x as tf.Tensor, y as tf.Tensor, { alpha, seed: SEED }) satisfies Batch) }),
  reference,
  samples: [
    { ...photos(4, 3, 4, 2), y: { shape: [4, 3] } },
    { ...photos(1, 2, 2, 1), y: { shape: [1, 2] } },
  ],
  gradients: ['x', 'y'],
  tolerance: 2e-5,
  refusals: [
    [() => op(flat([2, 2]), flat([2, 2]), { seed: 1 }), noImages(name)],
    [() => op(flat([1, 2, 2, 1]), flat([1, 2]), { alpha: -1, seed: 1 }), `${name}: alpha must be a finite number > 0`],
  ],
});

const mixes: OpEntry[] = [
  mix('mixup', mixup, 0.8, (inputs) => {
    const shares = betas(imageOf(inputs).shape[0] as number, 0.8, deriveSeed(SEED, 0));
    return mixed(inputs, (b) => shares[b] as number, shares);
  }),
  mix('cutmix', cutmix, 1, (inputs) => {
    const [B, H, W] = imageOf(inputs).shape as Four;
    const shares = betas(B, 1, deriveSeed(SEED, 0));
    const draws = uniforms(2 * B, deriveSeed(SEED, 2));
    const boxes = shares.map((share, b) => {
      const side = Math.sqrt(1 - share);
      const place: [number, number] = [
        Math.floor((draws[2 * b] as number) * H),
        Math.floor((draws[2 * b + 1] as number) * W),
      ];
      return boxAround(place, [Math.floor(side * H), Math.floor(side * W)], [H, W]);
    });
    const rests = boxes.map(({ top, bottom, left, right }) => 1 - ((bottom - top) * (right - left)) / (H * W));
    return mixed(inputs, (b, i, j) => (isInside(boxes[b] as Box, i, j) ? 0 : 1), rests);
  }),
];

export const blanksAndMixes: OpEntry[] = [...blanks, ...mixes];
