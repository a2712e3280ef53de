import { type PlaneResult, trainOnPlane } from '@tenonjs/quickstart/planes';
import type { Figure } from './goals.ts';

/** How far above its floor each density may stay, and how many fresh points make that visible. */
const margins = {
  crescent: { within: 0.1, heldOut: 200_000 },
  sine: { within: 0.1, heldOut: 200_000 },
  gaussian: { within: 0.01, heldOut: 1_000_000 },
  checkerboard: { within: 0.45, heldOut: 200_000 },
} as const;

/** The quickstart's training in the plane, on the densities whose floors are known exactly. */
export async function* planes(): AsyncGenerator<Figure> {
  for (const [name, { within, heldOut }] of Object.entries(margins)) {
    const result = await trainOnPlane(name as PlaneResult['name'], { seed: 1, steps: 4000, seconds: 300, heldOut });
    yield {
      what: name,
      unit: 'nats',
      mean: result.heldOut.mean,
      standardError: result.heldOut.standardError,
      goal: result.floor,
      within,
      seconds: result.seconds,
    };
  }
}
