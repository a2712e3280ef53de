import { freeze, smallResNet } from '@tenonjs/core-layers/architectures';
import { createRandom, deriveSeed } from '@tenonjs/runtime';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { Figure } from '../goals.ts';
import { errorOf, type Labelled, shareError, train } from './classify.ts';
import { type Drawing, readAlphabets, toImages } from './omniglot.ts';

/** How many drawings of each character are trained on; there are 20. */
const SHOWN = 5;

/**
 * Characters of alphabets that a network has never seen, 5 drawings of each: learned from its first weights, and from what
 * it learned of digits. Both are trained in the same way.
 */
export async function transfer(digits: LayersModel, say: (line: string) => void): Promise<Figure> {
  const [wrong, seconds] = [{ scratch: 0, transferred: 0 }, 0];
  let [count, time] = [0, seconds];
  for (const [name, characters] of readAlphabets()) {
    const [shown, held] = divide(characters, deriveSeed(3, count));
    const began = performance.now();
    for (const way of ['scratch', 'transferred'] as const) {
      const model = smallResNet({ classes: characters.length, seed: 4 });
      if (way === 'transferred') takeOver(model, digits);
      await train(model, shown, { epochs: 40, batchSize: 32, learningRate: 4e-3, seed: 5 });
      const error = await errorOf(model, held);
      wrong[way] += error * held.labels.length;
      say(`${name}, ${characters.length} characters, ${way}: ${(100 * error).toFixed(1)} % wrong`);
      model.dispose();
    }
    time += (performance.now() - began) / 1000;
    count += held.labels.length;
    shown.images.dispose();
    held.images.dispose();
  }
  return {
    what: `characters of 5 alphabets from ${SHOWN} drawings each, after digits: wrong; the goal is from scratch`,
    unit: 'of 1',
    mean: wrong.transferred / count,
    standardError: shareError(wrong.transferred / count, count),
    goal: wrong.scratch / count,
    within: 0,
    seconds: time,
  };
}

/** Gives a model the weights of another's layers, all but those that make the logits; the first stage stays as it is. */
function takeOver(model: LayersModel, from: LayersModel): void {
  for (const layer of model.layers) {
    if (layer.name !== 'fc') layer.setWeights(from.getLayer(layer.name).getWeights());
  }
  freeze(model, 'layer1');
}

/** Of each character 5 drawings, and all the others. */
function divide(characters: Drawing[][], seed: number): [Labelled, Labelled] {
  const random = createRandom(seed);
  const parts: [Drawing, number][][] = [[], []];
  characters.forEach((drawings, label) => {
    const order = drawings.map((drawing) => ({ drawing, key: random.uniform() })).sort((a, b) => a.key - b.key);
    order.forEach(({ drawing }, i) => {
      parts[i < SHOWN ? 0 : 1]?.push([drawing, label]);
    });
  });
  return parts.map((part) => ({
    images: toImages(part.map(([drawing]) => drawing)),
    labels: Int32Array.from(part, ([, label]) => label),
  })) as [Labelled, Labelled];
}
