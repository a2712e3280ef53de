// Draws the picture on the card of the Markov chains: a ring, and trajectories of HMC along it.
//
//     pnpm draw-card        after the packages are built
import '@tensorflow/tfjs';
import { writeFileSync } from 'node:fs';
import { hmc } from '@tenonjs/distributions';
import * as tf from '@tensorflow/tfjs-core';

const [WIDTH, HEIGHT, SCALE] = [480, 300, 44];
const ring = (x: tf.Tensor) => {
  const [a, b] = tf.unstack(x, 1) as [tf.Tensor, tf.Tensor];
  const radius = tf.sqrt(tf.add(tf.add(tf.mul(0.25, tf.square(a)), tf.square(b)), 1e-6));
  return tf.mul(-8, tf.square(tf.sub(radius, 2.3)));
};
const place = (x: number, y: number) => `${(WIDTH / 2 + SCALE * x).toFixed(1)} ${(HEIGHT / 2 - SCALE * y).toFixed(1)}`;

// The places that the sampler asks about are its trajectories.
const CHAINS = 3;
const initial = tf.tensor2d([-4.6, 0, 0, 2.3, 4.2, -1], [CHAINS, 2]);
const trajectories: number[][][] = [];
let asked: number[][] = [];
const watched = (x: tf.Tensor) => {
  asked.push([...x.dataSync()]);
  return ring(x);
};
let at: tf.Tensor = initial;
for (let step = 0; step < 5; step++) {
  asked = [];
  const { draws } = await hmc(watched, { initial: at, draws: 1, stepSize: 0.16, leapfrogSteps: 14, seed: 11 + step });
  trajectories.push(asked);
  at = tf.squeeze(draws, [0]);
}
const states = await hmc(ring, { initial: tf.tile(initial, [100, 1]), warmup: 60, draws: 12, seed: 3 });
const cloud = await states.draws.data();

const dots = Array.from(
  { length: cloud.length / 2 },
  (_, i) => `M${place(cloud[2 * i] as number, cloud[2 * i + 1] as number)}h0`,
);
const path = (steps: number[][], chain: number) =>
  steps.map((places) => place(places[2 * chain] as number, places[2 * chain + 1] as number)).join('L');
const lines = ['data', 'weft', 'ink'].flatMap((name, chain) =>
  trajectories.flatMap((steps) => [
    `<path class="${name}" d="M${path(steps, chain)}" stroke-width="2"/>`,
    `<path class="${name}" d="M${path(steps.slice(-1), chain)}h0" stroke-width="8"/>`,
  ]),
);
writeFileSync(
  new URL('./pictures/markov-chains.svg', import.meta.url),
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" fill="none" stroke-linecap="round" stroke-linejoin="round">
<title>Trajectories of chains along a ring</title>
<style>
.dots { stroke: #0f6b6b } .data { stroke: #a84e06 } .weft { stroke: #7a4a9e } .ink { stroke: #211e1a }
@media (prefers-color-scheme: dark) { .dots { stroke: #5cc8bf } .data { stroke: #f0a04b } .weft { stroke: #c59be6 } .ink { stroke: #ede8de } }
</style>
<path class="dots" d="${dots.join('')}" stroke-width="3" opacity="0.3"/>
${lines.join('\n')}
</svg>
`,
);
