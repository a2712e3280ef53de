import * as tf from '@tensorflow/tfjs';
import {
  Dense,
  Dropout,
  Embedding,
  SpectralNormalization,
  type SpectralNormalizationArgs,
  WeightNormalization,
} from '../../index';
import type { LayerEntry } from '../layerContract';

/** Products with a matrix, and wrappers that normalise one. */
export const denses: LayerEntry[] = [
  {
    name: 'Dense',
    make: () => new Dense({ units: 3, activation: 'gelu', kernelInitializer: 'orthogonal', seed: 1, name: 'dense' }),
    inputs: [[4, 5]],
    refusals: [
      [() => new Dense({ units: 1.5 }), 'Dense: units must be an integer ≥ 1, got 1.5'],
      [
        () => new Dense({ units: 2, kernelInitializer: 'hi' as 'zeros' }).apply(tf.zeros([1, 2])),
        /^Dense: kernelInitializer must be one of .*heNormal.*, got hi/,
      ],
      [
        () => new Dense({ units: 2, kernelInitializer: { className: 'No', config: {} } }).apply(tf.zeros([1, 2])),
        'Dense: kernelInitializer must be of a class known to tf.serialization.registerClass, got No',
      ],
    ],
  },
  { name: 'Dense without bias', make: () => new Dense({ units: 2, useBias: false, seed: 1 }), inputs: [[2, 3, 4]] },
  {
    name: 'Embedding',
    make: () => new Embedding({ inputDim: 6, outputDim: 3, seed: 1, name: 'embedding' }),
    inputs: [[2, 4]],
    integers: 6,
    refusals: [
      [() => new Embedding({ inputDim: 0, outputDim: 3 }), 'Embedding: inputDim must be an integer ≥ 1, got 0'],
    ],
  },
  {
    name: 'SpectralNormalization',
    make: () => new SpectralNormalization({ layer: new Dense({ units: 3, seed: 1 }), seed: 2, name: 'spectral' }),
    inputs: [[4, 5]],
    hasModes: true,
    moves: true,
    smooth: false, // the gradient takes u and v as they are
    refusals: [
      [
        () => new SpectralNormalization({ layer: new Dropout({ rate: 0 }) }).apply(tf.zeros([1, 2])),
        'SpectralNormalization: layer must be one with a kernel, got Tenon>Dropout',
      ],
      [
        () => new SpectralNormalization({} as SpectralNormalizationArgs),
        'SpectralNormalization: layer must be an object of a registered class, got undefined',
      ],
    ],
  },
  {
    name: 'WeightNormalization of a layer of tfjs',
    make: () =>
      new WeightNormalization({
        layer: tf.layers.conv2d({
          filters: 3,
          kernelSize: 2,
          kernelInitializer: tf.initializers.heNormal({ seed: 1 }),
        }),
        name: 'weight',
      }),
    inputs: [[2, 3, 3, 2]],
  },
];
