import type { Numbers, OpEntry } from '@tenonjs/testing';
import type * as tf from '@tensorflow/tfjs-core';
import { adjustColor } from '../../../augmentation/adjustColor';
import { affineTransform } from '../../../augmentation/affineTransform';
import { colorJitter } from '../../../augmentation/colorJitter';
import { clamp, type Four, flat, imageOf, noImages, photos, SEED, uniforms } from './draws';

/** Colours of images by factors [B, 4], pixel by pixel; hue by way of the angle on the circle of colours. */
function coloured(x: Numbers, factors: ArrayLike<number>) {
  const [B, H, W, C] = x.shape as Four;
  const grey = (p: number[]) =>
    C === 1 ? (p[0] as number) : 0.2989 * (p[0] as number) + 0.587 * (p[1] as number) + 0.114 * (p[2] as number);
  const y = new Float64Array(x.values.length);
  for (let b = 0; b < B; b++) {
    const [brightness, contrast, saturation, hue] = [0, 1, 2, 3].map((k) => factors[4 * b + k]) as Four;
    const pixels = Array.from({ length: H * W }, (_, p) =>
      Array.from({ length: C }, (_, c) => clamp(brightness * (x.values[(b * H * W + p) * C + c] as number))),
    );
    const mean = pixels.reduce((sum, pixel) => sum + grey(pixel), 0) / (H * W);
    for (const [p, pixel] of pixels.entries()) {
      const contrasted = pixel.map((v) => clamp(contrast * v + (1 - contrast) * mean));
      const tone = grey(contrasted);
      const saturated = C === 1 ? contrasted : contrasted.map((v) => clamp(saturation * v + (1 - saturation) * tone));
      for (const [c, v] of (C === 1 ? saturated : turned(saturated, hue)).entries()) y[(b * H * W + p) * C + c] = v;
    }
  }
  return y;
}

/** A colour turned by so much of the circle: by hexagon, chroma and what lies between. */
function turned(rgb: number[], by: number): number[] {
  const [r, g, b] = rgb as [number, number, number];
  const [most, least] = [Math.max(...rgb), Math.min(...rgb)];
  const chroma = most - least;
  if (chroma === 0) return rgb;
  const sixth = most === r ? (g - b) / chroma : most === g ? (b - r) / chroma + 2 : (r - g) / chroma + 4;
  const hue = (((sixth + 6 * by) % 6) + 6) % 6;
  const between = chroma * (1 - Math.abs((hue % 2) - 1));
  const sector = [
    [chroma, between, 0],
    [between, chroma, 0],
    [0, chroma, between],
    [0, between, chroma],
    [between, 0, chroma],
    [chroma, 0, between],
  ][Math.floor(hue)] as number[];
  return sector.map((share) => share + least);
}

const colors: OpEntry[] = [
  {
    name: 'adjustColor',
    run: ({ x, factors }) => adjustColor(x as tf.Tensor, factors as tf.Tensor),
    reference: (inputs) => ({ y: coloured(imageOf(inputs), (inputs.factors as Numbers).values) }),
    samples: [
      { ...photos(2, 2, 3, 3), factors: { shape: [2, 4], values: [0.8, 1.3, 0.6, 0.2, 1.2, 0.7, 1.4, -0.37] } },
      { ...photos(1, 3, 2, 1), factors: { shape: [1, 4], values: [1.1, 0.5, 2, 0.3] } },
      { ...photos(1, 17, 19, 3), factors: { shape: [1, 4], values: [0.9, 1.2, 0.5, 0.45] } },
    ],
    gradients: ['x', 'factors'],
    twice: false, // tfjs has no second gradient of what it compares
    tolerance: 2e-5,
    refusals: [
      [() => adjustColor(flat([2, 2]), flat([2, 4])), noImages('adjustColor')],
      [() => adjustColor(flat([1, 2, 2, 2]), flat([1, 4])), 'adjustColor: x must be of 1 or 3 channels, got [1,2,2,2]'],
      [
        () => adjustColor(flat([2, 2, 2, 3]), flat([1, 4])),
        'adjustColor: factors must be float32 of shape [2,4], got float32 of shape [1,4]',
      ],
    ],
  },
  {
    name: 'adjustColor, of no images too', // whose gradient tfjs cannot add up on WebGPU
    run: ({ x, factors }) => adjustColor(x as tf.Tensor, factors as tf.Tensor),
    reference: (inputs) => ({ y: coloured(imageOf(inputs), (inputs.factors as Numbers).values) }),
    samples: [
      { ...photos(1, 2, 2, 3), factors: { shape: [1, 4], values: [0.9, 1.2, 0.5, 0.1] } },
      { ...photos(0, 2, 2, 3), factors: { shape: [0, 4] } },
    ],
    tolerance: 2e-5,
  },
  {
    name: 'colorJitter',
    run: ({ x }) =>
      colorJitter(x as tf.Tensor, { brightness: 0.3, contrast: [0.5, 1.5], saturation: 0.5, hue: 0.4, seed: SEED }),
    reference(inputs) {
      const x = imageOf(inputs);
      const [low, width] = [
        [0.7, 0.5, 0.5, -0.4],
        [0.6, 1, 1, 0.8],
      ] as [number[], number[]];
      const draws = uniforms(4 * (x.shape[0] as number));
      return {
        y: coloured(
          x,
          draws.map((u, i) => (low[i % 4] as number) + (width[i % 4] as number) * u),
        ),
      };
    },
    samples: [photos(2, 3, 2, 3), photos(3, 2, 2, 1)],
    gradients: ['x'],
    twice: false, // as adjustColor
    tolerance: 2e-5,
  },
];

const moved: OpEntry = {
  name: 'affineTransform',
  run: ({ x, matrices }) => affineTransform(x as tf.Tensor, matrices as tf.Tensor, { size: [3, 5], fill: 0.25 }),
  reference(inputs) {
    const { shape, values } = imageOf(inputs);
    const { values: matrices } = inputs.matrices as Numbers;
    const [B, H, W, C] = shape as Four;
    const y: number[] = [];
    for (let b = 0; b < B; b++)
      for (let i = 0; i < 3; i++)
        for (let j = 0; j < 5; j++) {
          const m = (k: number) => matrices[6 * b + k] as number;
          const [X, Y] = [j - 2, i - 1]; // from the middle
          const column = m(0) * X + m(1) * Y + m(2) + (W - 1) / 2;
          const row = m(3) * X + m(4) * Y + m(5) + (H - 1) / 2;
          for (let c = 0; c < C; c++) {
            let sum = 0;
            for (const r of [Math.floor(row), Math.floor(row) + 1])
              for (const q of [Math.floor(column), Math.floor(column) + 1]) {
                const share = (1 - Math.abs(row - r)) * (1 - Math.abs(column - q));
                const there = r >= 0 && r < H && q >= 0 && q < W;
                sum += share * (there ? (values[((b * H + r) * W + q) * C + c] as number) : 0.25);
              }
            y.push(sum);
          }
        }
    return { y };
  },
  samples: [
    { x: { shape: [2, 4, 5, 2] }, matrices: { shape: [2, 6] } },
    { x: { shape: [1, 1, 1, 1] }, matrices: { shape: [1, 6] } },
    { x: { shape: [0, 3, 2, 3] }, matrices: { shape: [0, 6] } },
  ],
  gradients: ['x'],
  refusals: [
    [() => affineTransform(flat([2, 2]), flat([2, 6])), noImages('affineTransform')],
    [
      () => affineTransform(flat([2, 3, 3, 1]), flat([2, 4])),
      'affineTransform: matrices must be float32 of shape [2,6], got float32 of shape [2,4]',
    ],
    [
      () => affineTransform(flat([1, 3, 3, 1]), flat([1, 6]), { size: 0 }),
      'affineTransform: size must be one integer or two ≥ 1, got 0',
    ],
  ],
};

export const colorsAndMoves: OpEntry[] = [...colors, moved];
