// Draws the pictures on the cards of the two pages of digits: a way through latent space beside a fade, and half a digit
// filled in four times.
//
//     pnpm draw-card        after the packages are built
import '@tensorflow/tfjs';
import { readFileSync, writeFileSync } from 'node:fs';
import { readIdx } from '@tenonjs/datasets';
import { initDevice } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { LEVELS } from '../autoregressive-images/halves.ts';
import { digitModel, inLevels } from '../autoregressive-images/model.ts';
import { PIXELS, SIDE } from '../digits/shape.ts';
import { faceFlow } from '../flow-faces/model.ts';

const [WIDTH, HEIGHT] = [480, 300];
const file = (path: string) => new Uint8Array(readFileSync(new URL(path, import.meta.url)));

await initDevice({ prefer: ['wasm'] });
const digits = (await readIdx(file('../digits/digits.idx'))).data as Uint8Array;
const imageOf = (i: number) =>
  tf.tensor3d(Int32Array.from(digits.subarray(i * PIXELS, (i + 1) * PIXELS)), [SIDE, SIDE, 1], 'int32');

/** Shades that a card has. */
const SHADES = 5;

/** An image as squares of ink at a place, `cell` wide each, a path a shade; `name` is their class. */
function ink(
  image: ArrayLike<number>,
  most: number,
  [left, top]: [number, number],
  cell: number,
  name: string,
): string {
  const paths = Array.from({ length: SHADES }, () => '');
  Array.from(image).forEach((value, i) => {
    const shade = Math.round((value / most) * SHADES);
    if (shade > 0)
      paths[shade - 1] += `M${left + (i % SIDE) * cell} ${top + Math.floor(i / SIDE) * cell}h${cell}v${cell}h-${cell}z`;
  });
  const shades = paths.map((path, i) => (path === '' ? '' : `<path d="${path}" opacity="${(i + 1) / SHADES}"/>`));
  return `<g class="${name}">${shades.join('')}</g>`;
}

const keep = (name: string, title: string, inside: string) =>
  writeFileSync(
    new URL(`./pictures/${name}.svg`, import.meta.url),
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<title>${title}</title>
<style>
.model { fill: #0f6b6b } .data { fill: #a84e06 } .ink { fill: #211e1a }
@media (prefers-color-scheme: dark) { .model { fill: #5cc8bf } .data { fill: #f0a04b } .ink { fill: #ede8de } }
</style>
${inside}
</svg>
`,
  );

// Five stations of each way.
const flow = faceFlow(0);
flow.load(file('../flow-faces/faces.safetensors'));
const [a, b] = [imageOf(14), imageOf(33)];
const way = await flow.interpolate(a, b, 5, { seed: 1 }).data();
const fade = await tf.stack([0, 0.25, 0.5, 0.75, 1].map((t) => tf.add(tf.mul(1 - t, a), tf.mul(t, b)))).data();
const strips = [way, fade].flatMap((images, row) =>
  Array.from({ length: 5 }, (_, i) => {
    const place: [number, number] = [22 + 89 * i, row === 0 ? 48 : 166];
    return ink(images.subarray(i * PIXELS, (i + 1) * PIXELS), 255, place, 3, row === 0 ? 'model' : 'data');
  }),
);
keep('flow-faces', 'From a three to an eight, through latent space and by fading', strips.join('\n'));

// The half that is given, large; four answers.
const model = digitModel('top', 0);
model.load(file('../autoregressive-images/weights/top.safetensors'));
const real = inLevels(tf.expandDims(imageOf(14), 0));
const answers = await (await model.complete(tf.tile(real, [4, 1, 1, 1]), 'top', { seed: 3 })).data();
const levels = Float32Array.from(await real.data(), (level, i) => (i < PIXELS / 2 ? level : 0));
const halves = Array.from({ length: 4 }, (_, i) => {
  const answer = answers.subarray(i * PIXELS, (i + 1) * PIXELS);
  const place: [number, number] = [236 + 116 * (i % 2), 34 + 118 * Math.floor(i / 2)];
  const upper = answer.map((level, at) => (at < PIXELS / 2 ? level : 0));
  const lower = answer.map((level, at) => (at < PIXELS / 2 ? 0 : level));
  return ink(upper, LEVELS - 1, place, 4, 'data') + ink(lower, LEVELS - 1, place, 4, 'model');
});
keep(
  'autoregressive-images',
  'Half a three, filled in four times',
  ink(levels, LEVELS - 1, [28, 66], 6, 'data') + halves.join('\n'),
);
