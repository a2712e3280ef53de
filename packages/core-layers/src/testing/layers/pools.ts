import {
  AdaptiveAveragePooling2D,
  AveragePooling2D,
  GlobalAveragePooling2D,
  GlobalMaxPooling2D,
  MaxPooling2D,
  MaxPoolWithArgmax,
  MaxUnpool,
} from '../../index';
import type { LayerEntry } from '../layerContract';

const image = [2, 5, 4, 4];

/** Pools, and what undoes them. */
export const pools: LayerEntry[] = [
  {
    name: 'MaxPooling2D',
    make: () => new MaxPooling2D({ poolSize: 3, strides: 2, padding: 1, ceilMode: true, name: 'pool' }),
    inputs: [image],
    refusals: [
      [
        () => new MaxPooling2D({ poolSize: 2, padding: 2 }),
        'MaxPooling2D: padding must be at most half of the pool size 2, got [2,2]',
      ],
    ],
  },
  {
    name: 'AveragePooling2D',
    make: () => new AveragePooling2D({ poolSize: 3, strides: 2, padding: 1, countIncludePad: false, name: 'pool' }),
    inputs: [image],
  },
  {
    name: 'AdaptiveAveragePooling2D',
    make: () => new AdaptiveAveragePooling2D({ outputSize: [3, 6] }), // fewer rows, and more columns
    inputs: [image],
    refusals: [
      [
        () => new AdaptiveAveragePooling2D({ outputSize: 0 }),
        'AdaptiveAveragePooling2D: outputSize must be one integer or two ≥ 1, got 0',
      ],
    ],
  },
  { name: 'GlobalAveragePooling2D', make: () => new GlobalAveragePooling2D({ keepDims: true }), inputs: [image] },
  { name: 'GlobalMaxPooling2D', make: () => new GlobalMaxPooling2D(), inputs: [[2, 3, 2, 3]] },
  { name: 'MaxPoolWithArgmax', make: () => new MaxPoolWithArgmax({ name: 'pool' }), inputs: [[2, 4, 4, 2]] },
  {
    name: 'MaxUnpool',
    make: () => new MaxUnpool({ outputSize: [4, 4], name: 'unpool' }),
    inputs: [
      [1, 2, 2, 2],
      [1, 2, 2, 2],
    ],
    smooth: false, // its second input is of places
    refusals: [
      [() => new MaxUnpool({ outputSize: [4, 0] }), 'MaxUnpool: outputSize must be two positive integers, got [4,0]'],
    ],
  },
];
