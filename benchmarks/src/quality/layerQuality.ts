import { initDevice } from '@tenonjs/runtime';
import type { Benchmark, Goal } from '../benchmark.ts';
import { digits } from './coreLayers/digits.ts';
import { hasOmniglot } from './coreLayers/omniglot.ts';
import { oneShot } from './coreLayers/oneShot.ts';
import { transfer } from './coreLayers/transfer.ts';
import { dataFolder } from './dataFolder.ts';
import { type Figure, goalOf } from './goals.ts';
import { hasMnist } from './mnist.ts';

/** The numbers that convolutional networks are to reach: digits, characters after digits, characters seen once. */
export const layerQuality: Benchmark = {
  title: 'how well convolutional networks learn digits, few drawings of a character, and one',
  async run(say) {
    const missing = [...(hasMnist() ? [] : ['MNIST']), ...(hasOmniglot() ? [] : ['Omniglot'])];
    if (missing.length > 0) {
      const note = `nothing was measured: ${missing.join(' and ')} not found in ${dataFolder}; TENON_DATA names another folder`;
      return { rows: [], notes: [note] };
    }
    const device = await initDevice({ prefer: ['wasm'] });
    const goals: Goal[] = [];
    const note = (figure: Figure) => {
      goals.push(goalOf(figure));
      say(`${figure.what}: ${goals.at(-1)?.figure}`);
    };
    const { model, figures } = await digits(say);
    figures.forEach(note);
    note(await transfer(model, say));
    model.dispose();
    note(await oneShot(say));
    const notes = [`computed on ${device.backend}`];
    device.dispose();
    return { rows: [], goals, notes };
  },
};
