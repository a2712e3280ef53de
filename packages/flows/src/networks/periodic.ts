import * as tf from '@tensorflow/tfjs-core';
import type { Conditioner } from './conditioner';

/**
 * A network of angles: it sees where on their circles they are, so that what it makes is the same one round further, and
 * has no jump where the ends of a circle meet.
 *
 *     made = network(cos(π x / bound), sin(π x / bound))
 *
 * Reference: Rezende et al., "Normalizing flows on tori and spheres", 2020, §2.2.
 *
 * @param network - takes twice as many numbers as there are angles: all cosines, then all sines.
 * @param options.bound - the circles are [−bound, bound) with their ends joined. Default: π.
 * @returns a conditioner of the angles themselves.
 *
 * @example
 * const mask = halfMask({ dim: 2 });
 * const map = circularSpline();
 * const network = mlp({ inputs: 2 * mask.kept, outputs: map.parameters * mask.changed, hidden: [32], seed: 1 });
 * const coupling = new Coupling({ map, mask, conditioner: periodic(network) });
 */
export const periodic = (network: Conditioner, { bound = Math.PI }: { bound?: number } = {}): Conditioner => ({
  variables: network.variables,
  apply(angles, context) {
    const turned = tf.mul(Math.PI / bound, angles);
    return network.apply(tf.concat([tf.cos(turned), tf.sin(turned)], 1) as tf.Tensor2D, context); // [B, 2 n]
  },
});
