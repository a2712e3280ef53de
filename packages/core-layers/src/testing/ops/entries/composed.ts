import type { Numbers, OpEntry } from '@tenonjs/testing';
import * as tf from '@tensorflow/tfjs-core';
import { adaptiveAveragePool2d } from '../../../ops/adaptiveAveragePool2d';
import { dropBlock } from '../../../ops/dropBlock';
import { spectralNorm } from '../../../ops/spectralNorm';
import { stochasticDepth } from '../../../ops/stochasticDepth';
import { type Four, SEED, uniforms } from './draws';

const adaptive = (rows: number, columns: number, samples: number[][]): OpEntry => ({
  name: `adaptiveAveragePool2d to ${rows} × ${columns}`,
  run: ({ x }) => adaptiveAveragePool2d(x as tf.Tensor, [rows, columns]),
  reference(inputs) {
    const { shape, values } = inputs.x as Numbers;
    const [B, H, W, C] = shape as Four;
    const ends = (i: number, n: number, length: number) =>
      [Math.floor((i * length) / n), Math.ceil(((i + 1) * length) / n)] as const;
    const y: number[] = [];
    for (let b = 0; b < B; b++)
      for (let i = 0; i < rows; i++)
        for (let j = 0; j < columns; j++)
          for (let c = 0; c < C; c++) {
            const [[top, bottom], [left, right]] = [ends(i, rows, H), ends(j, columns, W)];
            let sum = 0;
            for (let h = top; h < bottom; h++)
              for (let w = left; w < right; w++) sum += values[((b * H + h) * W + w) * C + c] as number;
            y.push(sum / ((bottom - top) * (right - left)));
          }
    return { y };
  },
  samples: samples.map((shape) => ({ x: { shape } })),
  gradients: ['x'],
  refusals: [
    [
      () => adaptiveAveragePool2d(tf.zeros([2, 3]), 2),
      'adaptiveAveragePool2d: x must be float32 of 4 dimensions, got float32 of shape [2,3]',
    ],
    [
      () => adaptiveAveragePool2d(tf.zeros([1, 2, 3, 1]), [2, 0]),
      'adaptiveAveragePool2d: outputSize must be one integer or two ≥ 1, got [2,0]',
    ],
  ],
});

const rows = (mode: 'row' | 'batch'): OpEntry => ({
  name: `stochasticDepth by the ${mode}`,
  run: ({ x }) => stochasticDepth(x as tf.Tensor, { rate: 0.4, seed: SEED, mode }),
  reference(inputs) {
    const { shape, values } = inputs.x as Numbers;
    const draws = uniforms(shape[0] as number);
    const width = values.length / (shape[0] as number);
    const at = (i: number) => draws[mode === 'row' ? Math.floor(i / width) : 0] as number;
    return { y: values.map((value, i) => (at(i) < 0.6 ? value / 0.6 : 0)) };
  },
  samples: [{ x: { shape: [5, 2, 3] } }, { x: { shape: [1, 1] } }],
  gradients: ['x'],
  refusals: [
    [
      () => stochasticDepth(tf.zeros([2, 2]), { rate: -1, seed: 1 }),
      'stochasticDepth: rate must be a number in [0, 1], got -1',
    ],
  ],
});

const squares: OpEntry = {
  name: 'dropBlock',
  run: ({ x }) => dropBlock(x as tf.Tensor, { rate: 0.3, blockSize: 2, seed: SEED }),
  reference(inputs) {
    const { shape, values } = inputs.x as Numbers;
    const [B, H, W, C] = shape as Four;
    const side = Math.min(2, H, W);
    const [down, across] = [H - side + 1, W - side + 1];
    const gamma = Math.min(1, (0.3 * H * W) / (side ** 2 * down * across));
    const draws = uniforms(B * down * across * C);
    const mask = new Float64Array(values.length).fill(1);
    for (const [n, u] of draws.entries()) {
      if (u >= gamma) continue;
      const [b, i, j, c] = [
        Math.floor(n / (down * across * C)),
        Math.floor(n / (across * C)) % down,
        Math.floor(n / C) % across,
        n % C,
      ];
      for (let k = 0; k < side ** 2; k++) {
        mask[((b * H + i + Math.floor(k / side)) * W + j + (k % side)) * C + c] = 0;
      }
    }
    const kept = Math.max(
      1,
      mask.reduce((sum, one) => sum + one, 0),
    );
    return { y: values.map((value, i) => (value * (mask[i] as number) * values.length) / kept) };
  },
  samples: [{ x: { shape: [2, 4, 5, 2] } }, { x: { shape: [1, 1, 3, 2] } }],
  gradients: ['x'],
  refusals: [
    [
      () => dropBlock(tf.zeros([1, 2, 2, 1]), { rate: 0.1, blockSize: 1.5, seed: 1 }),
      'dropBlock: blockSize must be an integer ≥ 1, got 1.5',
    ],
  ],
};

/** Where power iteration has come to its end, the gradient with u and v as they are is that of W / σ itself. */
const spectral: OpEntry = {
  name: 'spectralNorm at its end',
  run({ kernel, vector }) {
    const { value, vector: last } = spectralNorm(kernel as tf.Tensor, vector as tf.Tensor, { iterations: 6 });
    last.dispose();
    return value;
  },
  reference(inputs) {
    const [{ values: w, shape }, { values: start }] = [inputs.kernel as Numbers, inputs.vector as Numbers];
    const [R, O] = shape as [number, number];
    const unit = (v: number[]) => v.map((n) => n / Math.hypot(...v));
    const right = (u: number[]) =>
      Array.from({ length: R }, (_, r) => u.reduce((sum, n, o) => sum + n * (w[r * O + o] as number), 0));
    const left = (v: number[]) =>
      Array.from({ length: O }, (_, o) => v.reduce((sum, n, r) => sum + n * (w[r * O + o] as number), 0));
    let u = [...start];
    for (let i = 0; i < 40; i++) u = unit(left(unit(right(u))));
    const sigma = Math.hypot(...right(u));
    return { y: w.map((n) => n / sigma) };
  },
  samples: [
    {
      kernel: { shape: [3, 2], values: [2, 0.3, 0.4, 0.5, -0.2, 0.1] },
      vector: { shape: [2], values: [1, 0.5] },
    },
  ],
  gradients: ['kernel'],
  twice: false, // u and v are taken as they are
  refusals: [
    [
      () => spectralNorm(tf.zeros([2, 3]), tf.zeros([3]), { iterations: -1 }),
      'spectralNorm: iterations must be an integer ≥ 0, got -1',
    ],
  ],
};

export const composed: OpEntry[] = [
  adaptive(3, 2, [
    [2, 7, 5, 2],
    [1, 4, 6, 1],
  ]),
  adaptive(4, 5, [[1, 2, 3, 2]]),
  rows('row'),
  rows('batch'),
  squares,
  spectral,
];
