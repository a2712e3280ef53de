// Draws the picture on the card of "What a network sees": two shapes, and what an occluder costs one of them where it stands.
//
//     pnpm draw-card        after the packages are built
import '@tensorflow/tfjs';
import { readFileSync, writeFileSync } from 'node:fs';
import { initDevice } from '@tenonjs/runtime';
import { occlude } from '../what-a-network-sees/engine/occlude.ts';
import { loadWeights, shapeNetwork } from '../what-a-network-sees/network/network.ts';
import type { Stations } from '../what-a-network-sees/protocol.ts';
import { SIDE } from '../what-a-network-sees/shapes/backdrop.ts';
import { distanceFrom, drawScene } from '../what-a-network-sees/shapes/drawScene.ts';
import { shapeNames } from '../what-a-network-sees/shapes/outlines.ts';

const [WIDTH, HEIGHT, SCALE, SEED] = [480, 300, 3.3, 4];

await initDevice({ prefer: ['wasm'] });
const model = shapeNetwork(1);
const file = new URL('../what-a-network-sees/network/shapes.safetensors', import.meta.url);
loadWeights(model, new Uint8Array(readFileSync(file)));
const { pixels, shapes } = drawScene(['star', 'ring'], SEED);
const walk: Stations[] = [];
await occlude(
  { model, pixels, target: shapeNames.indexOf('star'), layer: 'conv5', channel: 0, seed: 1 },
  { signal: new AbortController().signal, onStations: (stations) => walk.push(stations) },
);

/** All pixels of the shapes, row by row, as one path. */
const isInside = (i: number) =>
  shapes.some((shape) => distanceFrom(shape, (i % SIDE) + 0.5, Math.floor(i / SIDE) + 0.5) < 0);
let ink = '';
for (let i = 0; i < SIDE * SIDE; i++) {
  let length = 0;
  while ((i % SIDE) + length < SIDE && isInside(i + length)) length++;
  if (length > 0) ink += `M${i % SIDE} ${Math.floor(i / SIDE)}h${length}v1h-${length}z`;
  i += Math.max(0, length - 1);
}

/** A cell for each place, the darker the more of the star's probability it costs. */
const cells = walk.flatMap(({ corners, scores, whole, window, step }) =>
  corners.map(([row, column], i) => {
    const lost = Math.min(1, Math.max(0, 1 - (scores[i] as number) / whole));
    const edge = (window - step) / 2;
    return lost < 0.03
      ? ''
      : `<path d="M${column + edge} ${row + edge}h${step}v${step}h-${step}z" opacity="${lost.toFixed(2)}"/>`;
  }),
);

const frame = `<path class="line" d="M0 0h${SIDE}v${SIDE}h-${SIDE}z"/>`;
const at = (x: number, inside: string) =>
  `<g transform="translate(${x} ${(HEIGHT - SIDE * SCALE) / 2}) scale(${SCALE})">${inside}</g>`;
writeFileSync(
  new URL('./pictures/what-a-network-sees.svg', import.meta.url),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}">
<title>A star and a ring, and what covering each place costs the star</title>
<style>
.data { fill: #a84e06 } .model { fill: #0f6b6b } .line { fill: none; stroke: #ded7ca; stroke-width: 0.3 }
@media (prefers-color-scheme: dark) { .data { fill: #f0a04b } .model { fill: #5cc8bf } .line { stroke: #37332c } }
</style>
${at(19, `${frame}<path class="data" d="${ink}"/>`)}
${at(250, `${frame}<path class="data" d="${ink}" opacity="0.25"/><g class="model">${cells.join('')}</g>`)}
</svg>
`,
);
