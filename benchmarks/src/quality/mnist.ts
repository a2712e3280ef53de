import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PUBLISHED, trainOnImages } from '@tenonjs/quickstart/images';
import { imageBudget } from '@tenonjs/quickstart/quickstart';
import { readImages } from '@tenonjs/quickstart/readImages';
import { dataFolder } from './dataFolder.ts';
import type { Figure } from './goals.ts';

export const mnistFolder = join(dataFolder, 'vision', 'mnist');

export const hasMnist = () => existsSync(mnistFolder);

/** The quickstart's training on MNIST, in the time that its default run has for it; nothing when MNIST is not here. */
export async function mnist(onEpoch: (epoch: number, bitsPerDim: number) => void): Promise<Figure | undefined> {
  if (!hasMnist()) return undefined;
  const { images, labels } = await readImages(mnistFolder);
  const { bitsPerDim, seconds } = await trainOnImages(images, labels, {
    ...imageBudget(images.shape[0]),
    seed: 1,
    onEpoch: (event) => onEpoch(event.epoch, event.bitsPerDim),
  });
  images.dispose();
  return {
    what: 'MNIST, 9,000 trained on, 1,000 held out',
    unit: 'bits/dim',
    mean: bitsPerDim.mean,
    standardError: bitsPerDim.standardError,
    goal: PUBLISHED,
    within: 0,
    seconds,
  };
}
