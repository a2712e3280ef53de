// Draws the picture on the card of the flows page: data, and the grid of latent space carried by a trained flow.
//
//     pnpm draw-card        after the packages are built
import '@tensorflow/tfjs';
import { writeFileSync } from 'node:fs';
import { plane } from '@tenonjs/datasets';
import { realNvp } from '@tenonjs/flows';
import { initDevice } from '@tenonjs/runtime';
import { adam, fit, learningRateSchedule } from '@tenonjs/training';
import * as tf from '@tensorflow/tfjs-core';
import { gridLines, latentGrid, linePoints, linePosition } from '../flows-in-the-plane/engine/latentGrid.ts';

const WIDTH = 480;
const HEIGHT = 300;
/** Pixels a unit of the plane. */
const SCALE = 110;
const EPOCHS = 40;

await initDevice({ prefer: ['wasm'] });
const data = plane('twoMoons', 20_000, { seed: 1 });
const flow = realNvp({ dim: 2, layers: 8, hidden: [64, 64], activation: 'tanh', seed: 2 });
const fallingRate = learningRateSchedule((epoch) => 3e-3 * 0.5 * (1 + Math.cos((Math.PI * epoch) / EPOCHS)));
const { loss } = await fit(
  flow,
  { x: data },
  {
    optimizer: adam({ learningRate: 3e-3 }),
    epochs: EPOCHS,
    batchSize: 256,
    seed: 3,
    callbacks: [fallingRate],
    progress: true,
  },
);
console.log(`loss ${loss.at(-1)?.toFixed(3)} nats`);

const grid = latentGrid();
const points = await flow.decode(tf.tensor2d(grid, [grid.length / 2, 2])).data();
const samples = await plane('twoMoons', 1500, { seed: 4 }).data();
const [centreX, centreY] = await tf.mean(data, 0).data();

const place = (values: ArrayLike<number>, i: number) =>
  [
    (WIDTH / 2 + SCALE * ((values[2 * i] as number) - (centreX as number))).toFixed(1),
    (HEIGHT / 2 - SCALE * ((values[2 * i + 1] as number) - (centreY as number))).toFixed(1),
  ].join(' ');

const line = (direction: number, k: number) => {
  const first = (direction * gridLines + k) * linePoints;
  const path = Array.from({ length: linePoints }, (_, i) => place(points, first + i)).join('L');
  const z = linePosition(k);
  const opacity = (0.18 + 0.72 * Math.exp((-z * z) / 4)).toFixed(2);
  return `<path d="M${path}" opacity="${opacity}"${z === 0 ? ' stroke-width="2"' : ''}/>`;
};
const lines = (direction: number) => Array.from({ length: gridLines }, (_, k) => line(direction, k)).join('\n');
const dots = Array.from({ length: samples.length / 2 }, (_, i) => `M${place(samples, i)}h0`).join('');

writeFileSync(
  new URL('./pictures/flows-in-the-plane.svg', import.meta.url),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" fill="none" stroke-linecap="round">
<title>The grid of latent space, carried by a trained flow</title>
<style>
.warp { stroke: #0f6b6b } .weft { stroke: #7a4a9e } .dots { stroke: #a84e06 }
@media (prefers-color-scheme: dark) { .warp { stroke: #5cc8bf } .weft { stroke: #c59be6 } .dots { stroke: #f0a04b } }
</style>
<path class="dots" d="${dots}" stroke-width="2" opacity="0.5"/>
<g class="warp" stroke-width="1.1">
${lines(0)}
</g>
<g class="weft" stroke-width="1.1">
${lines(1)}
</g>
</svg>
`,
);
