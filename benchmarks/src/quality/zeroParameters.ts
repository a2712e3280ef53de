import { Uniform } from '@tenonjs/distributions';
import { bitsPerDim, Flow, UniformDequantization } from '@tenonjs/flows';
import { randomUniform } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs';
import type { Figure } from './goals.ts';

/** What float32 leaves of an exact 8. */
const ROUNDING = 1e-6;

/**
 * An image flow without a parameter – levels filled with noise, all equally probable – spends exactly log₂ 256 bits on a
 * number, whatever the images are.
 */
export async function zeroParameters(): Promise<Figure> {
  const began = performance.now();
  const shape = [28, 28, 1];
  const flow = new Flow({ bijector: new UniformDequantization(), base: new Uniform({ shape }) });
  const images = tf.cast(randomUniform([100, ...shape], { seed: 1, high: 256 }), 'int32');
  const bits = (await tf.tidy(() => bitsPerDim(flow.logProb(images, { seed: 2 }), 784)).data())[0] as number;
  images.dispose();
  flow.dispose();
  return {
    what: 'image flow without parameters',
    unit: 'bits/dim',
    // Too few bits would be as wrong as too many.
    mean: 8 + Math.abs(bits - 8),
    standardError: 0,
    goal: 8,
    within: ROUNDING,
    seconds: (performance.now() - began) / 1000,
  };
}
