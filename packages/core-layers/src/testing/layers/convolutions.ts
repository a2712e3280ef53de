import * as tf from '@tensorflow/tfjs';
import { Conv1DTranspose, Conv2DNormActivation, MaskedConv2D, SqueezeExcite } from '../../index';
import type { LayerEntry } from '../layerContract';

/** Convolutions, and what weighs their channels. */
export const convolutions: LayerEntry[] = [
  {
    name: 'MaskedConv2D',
    make: () => new MaskedConv2D({ filters: 3, kernelSize: 3, mask: 'A', activation: 'tanh', seed: 1, name: 'masked' }),
    inputs: [[2, 4, 3, 2]],
    refusals: [
      [
        () => new MaskedConv2D({ filters: 3, kernelSize: 4, mask: 'A' }),
        'MaskedConv2D: kernelSize must be one or two odd integers ≥ 1, got 4',
      ],
      [
        () => new MaskedConv2D({ filters: 3, kernelSize: 3, mask: 'C' as 'A' }),
        "MaskedConv2D: mask must be 'A' or 'B', got C",
      ],
    ],
  },
  {
    name: 'MaskedConv2D of rows, in groups, without bias',
    make: () =>
      new MaskedConv2D({
        filters: 4,
        kernelSize: [3, 1],
        mask: 'B',
        vertical: true,
        groups: 2,
        useBias: false,
        seed: 1,
      }),
    inputs: [[2, 4, 3, 2]],
  },
  {
    name: 'Conv2DNormActivation',
    make: () => new Conv2DNormActivation({ filters: 3, activation: 'gelu', padding: 1, seed: 1, name: 'conv' }),
    inputs: [[2, 4, 3, 2]],
    hasModes: true,
    refusals: [
      [() => new Conv2DNormActivation({ filters: 0 }), 'Conv2DNormActivation: filters must be an integer ≥ 1, got 0'],
      [
        () => new Conv2DNormActivation({ filters: 3, groups: 2 }),
        'Conv2DNormActivation: groups must be a divisor of 3 filters, got 2',
      ],
      [
        () => new Conv2DNormActivation({ filters: 2, groups: 2 }).apply(tf.zeros([1, 3, 3, 3])),
        'Conv2DNormActivation: groups must be a divisor of 3 channels, got 2',
      ],
      [
        () =>
          new Conv2DNormActivation({ filters: 2, strides: 2 }).apply(
            [4, 4].map((size) => tf.input({ shape: [size, size, 2] })),
          ),
        'Conv2DNormActivation: residual must be [2,2,2] after the batch, as the convolution gives, got [4,4,2]',
      ],
      [
        () => new Conv2DNormActivation({ filters: 2, padding: -1 }),
        "Conv2DNormActivation: padding must be 'same', 'valid', an integer ≥ 0 or [[top, bottom], [left, right]], got -1",
      ],
      [
        () => new Conv2DNormActivation({ filters: 2, normalization: 'layer' as 'batch' }),
        'Conv2DNormActivation: normalization must be batch or none, got layer',
      ],
      [
        () => new Conv2DNormActivation({ filters: 2, momentum: 2 }),
        'Conv2DNormActivation: momentum must be a number in [0, 1], got 2',
      ],
      [
        () => new Conv2DNormActivation({ filters: 2, activation: 'swosh' as 'silu' }),
        /^Conv2DNormActivation: activation must be one of linear, relu, .*, got swosh/,
      ],
    ],
  },
  {
    name: 'Conv2DNormActivation with a residual and groups',
    make: () =>
      new Conv2DNormActivation({ filters: 4, groups: 2, activation: 'silu', useBias: true, seed: 1, name: 'conv' }),
    inputs: [
      [2, 3, 3, 2],
      [2, 3, 3, 4],
    ],
    hasModes: true,
  },
  {
    name: 'Conv2DNormActivation, a convolution alone',
    make: () =>
      new Conv2DNormActivation({
        filters: 3,
        kernelSize: [1, 3],
        strides: [1, 2],
        padding: [
          [0, 1],
          [2, 0],
        ],
        normalization: 'none',
        activation: 'elu',
        alpha: 0.5,
        kernelInitializer: 'torchUniform',
        biasInitializer: 'torchUniform',
        kernelRegularizer: tf.regularizers.l2({ l2: 0.1 }),
        seed: 1,
        name: 'conv',
      }),
    inputs: [[2, 3, 5, 2]],
    smooth: false, // elu has another slope on each side of 0
  },
  {
    name: 'Conv1DTranspose',
    make: () =>
      new Conv1DTranspose({ filters: 3, kernelSize: 3, strides: 2, padding: 1, outputPadding: 1, seed: 1, name: 'up' }),
    inputs: [[2, 4, 2]],
    refusals: [
      [
        () => new Conv1DTranspose({ filters: 3, kernelSize: 0 }),
        'Conv1DTranspose: kernelSize must be an integer ≥ 1, got 0',
      ],
      [
        () => new Conv1DTranspose({ filters: 3, kernelSize: 3, outputPadding: 1 }),
        'Conv1DTranspose: outputPadding must be less than strides or dilation, got 1',
      ],
    ],
  },
  {
    name: 'SqueezeExcite',
    make: () => new SqueezeExcite({ ratio: 2, activation: 'silu', seed: 1, name: 'se' }),
    inputs: [[2, 3, 2, 4]],
    refusals: [
      [() => new SqueezeExcite({ ratio: 0 }), 'SqueezeExcite: ratio must be a number > 0, got 0'],
      [() => new SqueezeExcite({ gate: 'hard' as 'relu' }), /^SqueezeExcite: gate must be one of linear, .*, got hard/],
    ],
  },
];
