import * as tf from '@tensorflow/tfjs';
import {
  BatchNormalization,
  GroupNormalization,
  InstanceNormalization,
  LayerNormalization,
  LocalResponseNormalization,
  RMSNormalization,
} from '../../index';
import type { LayerEntry } from '../layerContract';

/** Normalizations. */
export const norms: LayerEntry[] = [
  {
    name: 'BatchNormalization',
    make: () => new BatchNormalization({ momentum: 0.9, name: 'norm' }),
    inputs: [[3, 2, 4]],
    hasModes: true,
    refusals: [
      [() => new BatchNormalization({ epsilon: 0 }), 'BatchNormalization: epsilon must be a number > 0, got 0'],
      [
        () => new BatchNormalization({ momentum: -1 }),
        'BatchNormalization: momentum must be a number in [0, 1], got -1',
      ],
    ],
  },
  { name: 'LayerNormalization', make: () => new LayerNormalization({ name: 'norm' }), inputs: [[3, 2, 4]] },
  { name: 'RMSNormalization', make: () => new RMSNormalization({ name: 'norm' }), inputs: [[3, 4]] },
  {
    name: 'GroupNormalization',
    make: () => new GroupNormalization({ groups: 2, name: 'norm' }),
    inputs: [[2, 3, 2, 4]],
    refusals: [
      [
        () => new GroupNormalization({ groups: 3 }).apply(tf.zeros([1, 2, 2, 4])),
        'GroupNormalization: groups must be a divisor of 4 channels, got 3',
      ],
    ],
  },
  { name: 'InstanceNormalization', make: () => new InstanceNormalization({ name: 'norm' }), inputs: [[2, 3, 2, 3]] },
  {
    name: 'LocalResponseNormalization',
    make: () => new LocalResponseNormalization({ size: 3, alpha: 0.5, k: 2, scaling: 'paper', name: 'norm' }),
    inputs: [[2, 2, 2, 5]],
    refusals: [
      [
        () => new LocalResponseNormalization({ size: 0 }),
        'LocalResponseNormalization: size must be an integer ≥ 1, got 0',
      ],
    ],
  },
];
