import * as tf from '@tensorflow/tfjs-core';
import { grown, grownComposed, grownWgsl, logOf } from '../elementwise/counter';
import type { UpdateRule } from './updateRule';

type Slot = 'mean' | 'square' | 'largest';
type Constant = 'meanShare' | 'squareShare' | 'logBeta1' | 'logBeta2' | 'epsilon';

/** The rule of Adam and AdamW: they differ in where the weights decay. */
export function adamRule(
  { beta1, beta2, epsilon, amsgrad }: { beta1: number; beta2: number; epsilon: number; amsgrad: boolean },
  decoupled: boolean,
): UpdateRule {
  const rule: UpdateRule<Slot, Constant> = {
    name: `${decoupled ? 'adamW' : 'adam'}${amsgrad ? 'Amsgrad' : ''}`,
    slots: amsgrad ? ['mean', 'square', 'largest'] : ['mean', 'square'],
    counts: true,
    decoupled,
    // Shares come from the host: 1 − β in float32 would have lost digits of β = 0.999.
    constants: {
      meanShare: 1 - beta1,
      squareShare: 1 - beta2,
      logBeta1: logOf(beta1),
      logBeta2: logOf(beta2),
      epsilon,
    },
    wgslFunctions: grownWgsl,
    wgsl: `
    let m = mean[i] + params.meanShare * (g - mean[i]);
    let v = square[i] + params.squareShare * (g * g - square[i]);
    ${amsgrad ? 'let most = max(largest[i], v); largest[i] = most;' : 'let most = v;'}
    let root = sqrt(most) / sqrt(grown(t, params.logBeta2)) + params.epsilon;
    mean[i] = m;
    square[i] = v;
    let direction = m / grown(t, params.logBeta1) / root;`,
    host({ variable, gradient, mean, square, largest }, constants, { rate, pull, t }) {
      const { meanShare, squareShare, epsilon } = constants;
      const meanScale = 1 / grown(t, constants.logBeta1);
      const rootScale = 1 / Math.sqrt(grown(t, constants.logBeta2));
      for (let i = 0; i < variable.length; i++) {
        const theta = variable[i] as number;
        const g = gradient[i] as number;
        const m = (mean[i] as number) + meanShare * (g - (mean[i] as number));
        const v = (square[i] as number) + squareShare * (g * g - (square[i] as number));
        mean[i] = m;
        square[i] = v;
        const most = amsgrad ? Math.max(largest[i] as number, v) : v;
        if (amsgrad) largest[i] = most;
        const direction = (meanScale * m) / (rootScale * Math.sqrt(most) + epsilon);
        variable[i] = theta - rate * (direction + pull * theta);
      }
    },
    compose(slots, g, { meanShare, squareShare, logBeta1, logBeta2, epsilon }, t) {
      const mean = approach(slots.mean, g, meanShare);
      const square = approach(slots.square, tf.square(g), squareShare);
      const largest = amsgrad ? tf.maximum(slots.largest, square) : square;
      const root = tf.add(tf.div(tf.sqrt(largest), tf.sqrt(grownComposed(t, logBeta2))), epsilon);
      return { direction: tf.div(tf.div(mean, grownComposed(t, logBeta1)), root), mean, square, largest };
    },
  };
  return rule;
}

/** from + share · (to − from) */
export const approach = (from: tf.Tensor, to: tf.Tensor, share: number): tf.Tensor =>
  tf.add(from, tf.mul(share, tf.sub(to, from)));
