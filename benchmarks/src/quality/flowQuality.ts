import { initDevice } from '@tenonjs/runtime';
import type { Benchmark, Goal } from '../benchmark.ts';
import { type Figure, goalOf } from './goals.ts';
import { iafToy } from './iafToy.ts';
import { mnist, mnistFolder } from './mnist.ts';
import { multiScale } from './multiScale.ts';
import { pixelCnn } from './pixelCnn.ts';
import { heldSplines } from './planeFlows.ts';
import { planes } from './planes.ts';
import { zeroParameters } from './zeroParameters.ts';

/** The numbers that flows are to reach: the quickstart's models in its time, splines, posteriors, images. */
export const flowQuality: Benchmark = {
  title: 'how well flows learn what they were not shown, beside what they are to reach',
  async run(say) {
    const device = await initDevice({ prefer: ['wasm'] });
    const goals: Goal[] = [];
    const note = (figure: Figure) => {
      goals.push(goalOf(figure));
      say(`${figure.what}: ${goals.at(-1)?.figure}`);
    };
    note(await zeroParameters());
    for await (const figure of planes()) note(figure);
    for await (const figure of heldSplines()) note(figure);
    for (const figure of await iafToy()) note(figure);
    const digits = await mnist((epoch, bits) => say(`MNIST, epoch ${epoch}: ${bits.toFixed(3)} bits/dim`));
    if (digits) note(digits);
    const scales = await multiScale((step, bits) =>
      say(`MNIST at two scales, step ${step}: ${bits.toFixed(3)} bits/dim`),
    );
    if (scales) note(scales);
    const pixels = await pixelCnn(say);
    if (pixels) note(pixels);
    const notes = [`computed on ${device.backend}`];
    if (!digits) notes.push(`MNIST was not measured: ${mnistFolder} is not there; TENON_DATA names another folder`);
    device.dispose();
    return { rows: [], goals, notes };
  },
};
