import type { Numbers } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Elementwise } from '../elementwise/elementwise';

/** a ← a + (1 − d)(θ − a). */
export function averageUpdate(warmUp: boolean): Elementwise {
  const update: Elementwise<'average', 'variable', never, 'decay'> = {
    name: warmUp ? 'training/emaWarmUp' : 'training/ema',
    writes: ['average'],
    reads: ['variable'],
    shared: [],
    counts: warmUp,
    wgsl: `
    let share = ${warmUp ? '1.0 - min(params.decay, f32(t) / f32(t + 9))' : '1.0 - params.decay'};
    average[i] += share * (variable[i] - average[i]);`,
    host({ average, variable }, { decay }, t) {
      const share = 1 - (warmUp ? Math.min(decay, t / (t + 9)) : decay);
      for (let i = 0; i < average.length; i++) {
        const before = average[i] as number;
        average[i] = before + share * ((variable[i] as number) - before);
      }
    },
    compose({ average, variable }, { decay }, t) {
      const kept = warmUp ? tf.minimum(decay, tf.div(t, tf.add(t, 9))) : tf.scalar(decay);
      return { average: tf.add(average, tf.mul(tf.sub(1, kept), tf.sub(variable, average))) };
    },
  };
  return update;
}

/** θ ↔ a. */
export const exchangeUpdate: Elementwise<'variable' | 'average', never, never, never> = {
  name: 'training/exchange',
  writes: ['variable', 'average'],
  reads: [],
  shared: [],
  counts: false,
  wgsl: 'let kept = variable[i]; variable[i] = average[i]; average[i] = kept;',
  host({ variable, average }: Record<'variable' | 'average', Numbers>) {
    for (let i = 0; i < variable.length; i++) {
      const kept = variable[i] as number;
      variable[i] = average[i] as number;
      average[i] = kept;
    }
  },
  compose: ({ variable, average }) => ({ variable: tf.add(average, 0), average: tf.add(variable, 0) }),
};
