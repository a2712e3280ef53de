// Draws the picture on the card of "Build a CNN": a digit, what two convolutions make of it, and ten bars, by a network that is
// trained for it on the digits of that page.
//
//     pnpm draw-card        after the packages are built
import '@tensorflow/tfjs';
import { readFileSync, writeFileSync } from 'node:fs';
import {
  Conv2DNormActivation,
  categoricalCrossentropy,
  Dense,
  MaxPooling2D,
  trainableModel,
} from '@tenonjs/core-layers';
import { readIdx } from '@tenonjs/datasets';
import { initDevice } from '@tenonjs/runtime';
import { adam, fit } from '@tenonjs/training';
import * as tf from '@tensorflow/tfjs-core';
import { input, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { labelOf, SHADES } from '../build-a-cnn/handwriting.ts';
import { PIXELS, SIDE } from '../digits/shape.ts';

const [WIDTH, HEIGHT] = [480, 300];
/** Shades that the card has. */
const LEVELS = 5;
const file = (path: string) => new Uint8Array(readFileSync(new URL(path, import.meta.url)));

await initDevice({ prefer: ['wasm'] });
const { data, shape } = await readIdx(file('../build-a-cnn/handwriting.idx.gz'));
const count = shape[0] as number;
const x = tf.tensor4d(
  Float32Array.from(data, (shade) => shade / (SHADES - 1)),
  [count, SIDE, SIDE, 1],
);
const y = tf.tensor1d(
  Int32Array.from({ length: count }, (_, i) => labelOf(i)),
  'int32',
);

interface Layer {
  apply(x: SymbolicTensor): unknown;
}

const put = (x: SymbolicTensor, layer: Layer) => layer.apply(x) as SymbolicTensor;
const plain = { normalization: 'none' } as const;
const digit = input({ shape: [SIDE, SIDE, 1] });
const strokes = put(
  put(digit, new Conv2DNormActivation({ filters: 4, kernelSize: 5, ...plain, seed: 1 })),
  new MaxPooling2D(),
);
const parts = put(
  put(strokes, new Conv2DNormActivation({ filters: 9, kernelSize: 5, ...plain, seed: 2 })),
  new MaxPooling2D(),
);
const logits = put(put(parts, layers.flatten()), new Dense({ units: 10, seed: 3 }));
const loss = (y: tf.Tensor, p: tf.Tensor) => categoricalCrossentropy(y, p, { fromLogits: true });
const options = { optimizer: adam({ learningRate: 0.005 }), epochs: 6, batchSize: 32, seed: 1 };
await fit(trainableModel(model({ inputs: digit, outputs: logits }), loss), { x, y }, options);

const shown = file('../digits/digits.idx').subarray(16 + 12 * PIXELS, 16 + 13 * PIXELS);
const image = tf.tensor4d(
  Float32Array.from(shown, (level) => level / 255),
  [1, SIDE, SIDE, 1],
);
const seen = model({ inputs: digit, outputs: [strokes, parts, logits] }).apply(image) as tf.Tensor[];
const [first, second, scores] = (await Promise.all(seen.map((tensor) => tensor.data()))) as [Floats, Floats, Floats];
const odds = await tf.softmax(tf.tensor1d(scores)).data();
type Floats = Float32Array;

/** One channel of an image as squares, a path a shade. */
function squares(
  values: ArrayLike<number>,
  side: number,
  channels: number,
  channel: number,
  place: Place,
  cell: number,
) {
  const at = (i: number) => values[i * channels + channel] as number;
  const most = Math.max(...Array.from({ length: side * side }, (_, i) => at(i))) || 1;
  const paths = Array.from({ length: LEVELS }, () => '');
  for (let i = 0; i < side * side; i++) {
    const shade = Math.round((at(i) / most) * LEVELS);
    const [left, top] = [place[0] + (i % side) * cell, place[1] + Math.floor(i / side) * cell];
    if (shade > 0) paths[shade - 1] += `M${left} ${top}h${cell}v${cell}h-${cell}z`;
  }
  const [edge, shades] = [
    side * cell,
    paths.map((path, i) => path && `<path d="${path}" opacity="${(i + 1) / LEVELS}"/>`),
  ];
  return `<rect x="${place[0]}" y="${place[1]}" width="${edge}" height="${edge}" class="paper"/>${shades.join('')}`;
}
type Place = readonly [number, number];

const maps = [
  `<g class="ink">${squares(shown, SIDE, 1, 0, [24, 94], 4)}</g>`,
  ...Array.from({ length: 4 }, (_, i) => squares(first, 14, 4, i, [164, 26 + 64 * i], 4)),
  ...Array.from({ length: 9 }, (_, i) =>
    squares(second, 7, 9, i, [252 + 38 * (i % 3), 94 + 40 * Math.floor(i / 3)], 4),
  ),
];
const bars = Array.from(odds, (p, kind) => {
  const [top, length] = [48 + 21 * kind, Math.max(2, Math.round(74 * p))];
  return `<rect x="390" y="${top}" width="${length}" height="15" class="${kind === 3 ? 'data' : 'rest'}"/>`;
});
// What one place of the second maps sees of the digit: 16 pixels.
const field = '<rect x="48" y="118" width="64" height="64" class="field"/>';
writeFileSync(
  new URL('./pictures/build-a-cnn.svg', import.meta.url),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<title>A three, the maps of two convolutions, and ten bars, the third the longest</title>
<style>
path { fill: #0f6b6b } .ink path { fill: #211e1a } .paper { fill: #0f6b6b; opacity: 0.07 } .ink .paper { fill: none }
.data { fill: #a84e06 } .rest { fill: #8d8475 } .field { fill: none; stroke: #a84e06; stroke-width: 2.5 }
@media (prefers-color-scheme: dark) {
path { fill: #5cc8bf } .ink path { fill: #ede8de } .paper { fill: #5cc8bf } .data { fill: #f0a04b } .field { stroke: #f0a04b }
}
</style>
${[...maps, field, ...bars].join('\n')}
</svg>
`,
);
