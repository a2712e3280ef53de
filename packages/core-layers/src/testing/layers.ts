import * as tf from '@tensorflow/tfjs';
import {
  AbsoluteDifference,
  Activation,
  AdaptiveAveragePooling2D,
  AveragePooling2D,
  BatchNormalization,
  Conv1DTranspose,
  Conv2DNormActivation,
  Dense,
  DropBlock,
  Dropout,
  Embedding,
  GlobalAveragePooling2D,
  GlobalMaxPooling2D,
  GroupNormalization,
  InstanceNormalization,
  LayerNormalization,
  LocalResponseNormalization,
  MaskedConv2D,
  MaxPooling2D,
  MaxPoolWithArgmax,
  MaxUnpool,
  RMSNormalization,
  SpectralNormalization,
  SqueezeExcite,
  StochasticDepth,
  WeightNormalization,
} from '../index';
import { augmentationRegistry } from './augmentation';
import type { LayerEntry } from './layerContract';

const image = [2, 5, 4, 4];

const convolutions: LayerEntry[] = [
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
    refusals: [[() => new SqueezeExcite({ ratio: 0 }), 'SqueezeExcite: ratio must be a number > 0, got 0']],
  },
];

const denses: LayerEntry[] = [
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

const norms: LayerEntry[] = [
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

const pools: LayerEntry[] = [
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
        'AdaptiveAveragePooling2D: outputSize must be an integer ≥ 1, got 0',
      ],
    ],
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

const others: LayerEntry[] = [
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
];

/** Those that change images; their ops have a suite of their own, with gradients against finite differences. */
const augmentations: LayerEntry[] = Object.entries(augmentationRegistry).flatMap(([name, { layer }]) =>
  layer === undefined
    ? []
    : [{ name: `the layer of ${name}`, make: () => layer(3), inputs: [[3, 6, 7, 3]], draws: true, smooth: false }],
);

/** Every layer, once: the contract is for all of them. */
export const layerRegistry: readonly LayerEntry[] = [
  ...convolutions,
  ...denses,
  ...norms,
  ...pools,
  ...others,
  ...augmentations,
];
