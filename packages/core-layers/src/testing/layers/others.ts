import * as tf from '@tensorflow/tfjs';
import { AbsoluteDifference, Activation, DropBlock, Dropout, StochasticDepth } from '../../index';
import type { LayerEntry } from '../layerContract';

/** What works on each number by itself, leaves numbers out, or compares two inputs. */
export const others: LayerEntry[] = [
  {
    name: 'Activation',
    make: () => new Activation({ activation: 'mish', name: 'activation' }),
    inputs: [[3, 4]],
    refusals: [
      [
        () => new Activation({ activation: 'swosh' as 'mish' }),
        /^Activation: activation must be one of linear, relu, .*, got swosh/,
      ],
    ],
  },
  {
    name: 'Dropout',
    make: () => new Dropout({ rate: 0.5, name: 'dropout' }),
    inputs: [[4, 8]],
    draws: true,
    refusals: [[() => new Dropout({ rate: 1.5 }), 'Dropout: rate must be a number in [0, 1], got 1.5']],
  },
  {
    name: 'DropBlock',
    make: () => new DropBlock({ rate: 0.3, blockSize: 2, name: 'dropBlock' }),
    inputs: [[2, 5, 4, 3]],
    draws: true,
    refusals: [
      [() => new DropBlock({ rate: 0.3, blockSize: 0 }), 'DropBlock: blockSize must be an integer ≥ 1, got 0'],
    ],
  },
  {
    name: 'StochasticDepth',
    make: () => new StochasticDepth({ rate: 0.5, name: 'depth' }),
    inputs: [[16, 3]],
    draws: true,
    refusals: [[() => new StochasticDepth({ rate: -1 }), 'StochasticDepth: rate must be a number in [0, 1], got -1']],
  },
  {
    name: 'AbsoluteDifference',
    make: () => new AbsoluteDifference(),
    inputs: [
      [2, 5],
      [2, 5],
    ],
    refusals: [
      [
        () => new AbsoluteDifference().apply([tf.zeros([2, 5]), tf.zeros([2, 4])]),
        'AbsoluteDifference: inputs must be two of one shape, got [[2,5],[2,4]]',
      ],
      [() => new AbsoluteDifference().apply(tf.zeros([2, 5])), 'AbsoluteDifference: inputs must be two of one shape'],
    ],
  },
];
