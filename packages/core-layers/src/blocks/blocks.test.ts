import * as tf from '@tensorflow/tfjs';
import { expect, test } from 'vitest';
import oracle from '../../../../tools/oracles/coreLayers.json' with { type: 'json' };
import {
  bottleneckBlock,
  factorizedConv2d,
  inceptionBlock,
  inceptionBlockA,
  inceptionBlockB,
  inceptionBlockC,
  inceptionBlockD,
  inceptionBlockE,
  naiveInceptionBlock,
  pointwiseConv2d,
  residualBlock,
} from '../index';

type Block = (x: tf.SymbolicTensor) => tf.SymbolicTensor;
const googLeNet3a = { filters1x1: 64, reduce3x3: 96, filters3x3: 128, reduce5x5: 16, filters5x5: 32, filtersPool: 32 };

/** Each with its input, its output, and its parameters; torchvision's are counted by it. */
const blocks: readonly (readonly [string, Block, number[], number[], number])[] = [
  ['pointwise', (x) => pointwiseConv2d(x, { filters: 5 }), [4, 4, 3], [4, 4, 5], 25],
  [
    'factorized',
    (x) => factorizedConv2d(x, { filters: 5, kernelSize: 7, middleFilters: 2 }),
    [4, 4, 3],
    [4, 4, 5],
    126,
  ],
  [
    'naive inception',
    (x) => naiveInceptionBlock(x, { filters1x1: 2, filters3x3: 3, filters5x5: 4, normalization: 'none' }),
    [6, 6, 2],
    [6, 6, 11],
    6 + 57 + 204,
  ],
  [
    'inception',
    (x) => inceptionBlock(x, { ...googLeNet3a, largeKernel: 3, name: 'inception3a' }),
    [28, 28, 192],
    [28, 28, 256],
    155872,
  ],
  [
    'inception A',
    (x) => inceptionBlockA(x, { filtersPool: 32, name: 'Mixed_5b' }),
    [35, 35, 192],
    [35, 35, 256],
    255904,
  ],
  ['inception B', (x) => inceptionBlockB(x), [35, 35, 288], [17, 17, 768], 1153280],
  ['inception C', (x) => inceptionBlockC(x, { filters7x7: 128 }), [17, 17, 768], [17, 17, 768], 1297408],
  ['inception D', (x) => inceptionBlockD(x), [17, 17, 768], [8, 8, 1280], 1698304],
  ['inception E', (x) => inceptionBlockE(x), [8, 8, 1280], [8, 8, 2048], 5044608],
  ['residual', (x) => residualBlock(x, { filters: 64, name: 'layer1.0' }), [8, 8, 64], [8, 8, 64], 73984],
  ['residual, smaller', (x) => residualBlock(x, { filters: 128, strides: 2 }), [8, 8, 64], [4, 4, 128], 230144],
  ['bottleneck', (x) => bottleneckBlock(x, { filters: 64 }), [8, 8, 64], [8, 8, 256], 75008],
];

test.each(blocks)('%s has its shape and parameters', (name, block, input, output, parameters) => {
  const x = tf.input({ shape: input });
  const model = tf.model({ inputs: x, outputs: block(x) });
  expect(model.outputs[0]?.shape).toEqual([null, ...output]);
  const trainable = model.trainableWeights.reduce(
    (sum, { shape }) => sum + tf.util.sizeFromShape(shape as number[]),
    0,
  );
  expect(trainable).toBe(parameters);
  const counts: Record<string, number> = oracle.blocks;
  if (name in counts) expect(counts[name]).toBe(parameters);
  model.dispose();
});

test('what is none of two is told', () => {
  const x = tf.input({ shape: [8, 8, 4] });
  expect(() => bottleneckBlock(x, { filters: 4, stridesOn: '5x5' as '3x3' })).toThrow(
    'bottleneckBlock: stridesOn must be 3x3 or 1x1, got 5x5',
  );
  expect(() => factorizedConv2d(x, { filters: 4, kernelSize: 3, first: 'both' as 'row' })).toThrow(
    'factorizedConv2d: first must be row or column, got both',
  );
  expect(() => residualBlock(x, { filters: 8, project: false })).toThrow(
    'Conv2DNormActivation: residual must be [8,8,8] after the batch, as the convolution gives, got [8,8,4]',
  );
});

test.each([
  ['3x3', [8, 4]],
  ['1x1', [4, 4]],
] as const)('a bottleneck has its strides on the %s convolution', (stridesOn, sizes) => {
  const x = tf.input({ shape: [8, 8, 16] });
  const y = bottleneckBlock(x, { filters: 4, strides: 2, stridesOn, name: `on.${stridesOn}` });
  const model = tf.model({ inputs: x, outputs: y });
  const heights = ['conv1', 'conv2'].map((part) => {
    const layer = model.getLayer(`on.${stridesOn}.${part}`);
    return (layer.outputShape as number[])[1];
  });
  expect(heights).toEqual(sizes);
  model.dispose();
});
