import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deriveSeed } from '@tenonjs/runtime';
import { heldOutOf, imageModel, PUBLISHED, trainOnImages } from './images.ts';
import { openDevice } from './openDevice.ts';
import { defaults, type Options } from './options.ts';
import { type PlaneResult, trainOnPlane } from './planes.ts';
import { readImages } from './readImages.ts';
import { type Results, report } from './report/report.ts';
import type { Budget } from './withinBudget.ts';

/** How much is trained where time is no matter. */
export interface Limits {
  planeSteps: number;
  imageEpochs: number;
}

export interface Surroundings {
  /** As it was typed. */
  command: string;
  /** Takes a line for the reader. */
  say(line: string): void;
  signal?: AbortSignal;
  progress?: boolean;
  limits?: Limits;
}

const planeNames = ['twoMoons', 'crescent'] as const;

/** The share of the whole time that a density over the plane is trained for: alone, and when images are to follow. */
const PLANE_SHARE = { alone: 0.4, withImages: 0.09 };
/** The share of the whole time that images are trained for. */
const IMAGE_SHARE = 0.74;
/** Where time is no matter, so much is trained. */
const enough: Limits = { planeSteps: 4000, imageEpochs: 40 };

/** What the quickstart's run of so many minutes has for training on n images. */
export const imageBudget = (n: number, minutes = defaults.minutes, epochs = enough.imageEpochs): Budget => ({
  seconds: 60 * minutes * IMAGE_SHARE,
  steps: epochs * Math.ceil((n - heldOutOf(n)) / imageModel.batchSize),
});

/**
 * Trains the flows one after the other within the time, saying how each fares, and writes the report.
 *
 * @returns the path of the report.
 */
export async function quickstart(options: Options, surroundings: Surroundings): Promise<string> {
  const { command, say, signal, progress = false, limits = enough } = surroundings;
  const began = performance.now();
  const secondsUsed = () => (performance.now() - began) / 1000;
  const seconds = 60 * options.minutes;
  const device = await openDevice(options.backend, say);
  const data = options.data === undefined ? undefined : await readImages(options.data);
  try {
    say(`backend ${device.backend}, seed ${options.seed}, ${options.minutes} minutes at most`);

    const planes: PlaneResult[] = [];
    const planeSeconds = seconds * (data ? PLANE_SHARE.withImages : PLANE_SHARE.alone);
    const shared = { progress, ...(signal && { signal }) };
    for (const [i, name] of planeNames.entries()) {
      if (signal?.aborted) break;
      const budget = { seconds: planeSeconds, steps: limits.planeSteps };
      const result = await trainOnPlane(name, { ...budget, ...shared, seed: deriveSeed(options.seed, i) });
      planes.push(result);
      say(planeLine(result));
    }

    const results: Results = {
      command,
      backend: device.backend,
      seed: options.seed,
      interrupted: false,
      seconds: 0,
      planes,
    };
    if (data && !signal?.aborted) {
      const n = data.images.shape[0];
      const trained = n - heldOutOf(n);
      say(`digits: ${trained} images to train on, ${n - trained} held out`);
      const images = await trainOnImages(data.images, data.labels, {
        ...shared,
        ...imageBudget(n, options.minutes, limits.imageEpochs),
        seed: deriveSeed(options.seed, planeNames.length),
        onEpoch: ({ epoch, bitsPerDim }) => say(`digits, epoch ${epoch}: ${bitsPerDim.toFixed(3)} bits/dim held-out`),
      });
      results.images = images;
      const { mean, standardError } = images.bitsPerDim;
      say(
        `digits: ${mean.toFixed(3)} ± ${standardError.toFixed(3)} bits/dim held-out, NICE as published ${PUBLISHED} ` +
          `(${images.steps} steps, ${images.seconds.toFixed(0)} s)`,
      );
    }
    return await write(options.out, { ...results, seconds: secondsUsed(), interrupted: signal?.aborted ?? false });
  } finally {
    data?.images.dispose();
    device.dispose();
  }
}

function planeLine({ name, heldOut, floor, losses, seconds }: PlaneResult): string {
  const { mean, standardError } = heldOut;
  return (
    `${name}: NLL ${mean.toFixed(3)} ± ${standardError.toFixed(3)} nats held-out, exact floor ${floor.toFixed(3)} ` +
    `(${losses.length} steps, ${seconds.toFixed(0)} s)`
  );
}

async function write(folder: string, results: Results): Promise<string> {
  const path = join(folder, 'report.html');
  await mkdir(folder, { recursive: true });
  await writeFile(path, report(results));
  return path;
}
