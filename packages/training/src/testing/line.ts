import { createRandom, randomNormal } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs';
import type { Batch, StepContext } from '../trainable';

/** A straight line with a noisy loss: the smallest thing that trains and uses its step's seed. */
export class Line {
  readonly slope = tf.tidy(() => tf.variable(tf.scalar(0)));
  readonly offset = tf.tidy(() => tf.variable(tf.scalar(0)));
  private readonly noise: number;

  constructor({ noise = 0 } = {}) {
    this.noise = noise;
  }

  get trainableVariables(): tf.Variable[] {
    return [this.slope, this.offset];
  }

  loss({ x, y }: Batch, { seed }: StepContext): tf.Scalar {
    const noise = randomNormal(x.shape, { seed, std: this.noise });
    const predicted = tf.add(tf.mul(this.slope, tf.add(x, noise)), this.offset);
    return tf.mean(tf.square(tf.sub(predicted, y as tf.Tensor))) as tf.Scalar;
  }

  async weights(): Promise<number[]> {
    return [...(await this.slope.data()), ...(await this.offset.data())];
  }

  dispose(): void {
    tf.dispose(this.trainableVariables);
  }
}

/** Points of y = 2x − 1. */
export function points(n: number): { x: number[]; y: number[] } {
  const random = createRandom(9);
  const x = Array.from({ length: n }, () => random.normal());
  return { x, y: x.map((value) => 2 * value - 1) };
}
