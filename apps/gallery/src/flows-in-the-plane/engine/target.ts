import { plane, planeEntropy } from '@tenonjs/datasets';
import type * as tf from '@tensorflow/tfjs-core';
import { read } from '../../drawing/code';
import { DrawnLaw } from '../drawing/law';
import type { Settings } from '../settings';
import { isPlane } from '../targets';

/** What a flow is trained on. */
export interface Target {
  /** @returns shape [n, 2]. */
  points(n: number, seed: number): tf.Tensor2D;
  /** In nats. */
  entropy: number;
}

/** @throws RangeError when it is to be drawn and nothing was. */
export function targetOf({ target, drawing }: Pick<Settings, 'target' | 'drawing'>): Target {
  if (isPlane(target)) {
    return { points: (n, seed) => plane(target, n, { seed }), entropy: planeEntropy(target) };
  }
  const law = new DrawnLaw(read(drawing));
  return { points: (n, seed) => law.sample(n, { seed }), entropy: law.entropy() };
}
