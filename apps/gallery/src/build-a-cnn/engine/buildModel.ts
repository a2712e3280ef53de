import {
  AveragePooling2D,
  Conv2DNormActivation,
  Dense,
  Dropout,
  GlobalAveragePooling2D,
  inceptionBlock,
  MaxPooling2D,
  residualBlock,
  SqueezeExcite,
} from '@tenonjs/core-layers';
import { deriveSeed } from '@tenonjs/runtime';
import { input, type LayersModel, layers, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { Block, Stack } from '../stack/blocks';
import { CLASSES, inceptionWidths, SIDE } from '../stack/figures';

/** A stack as a model, [batch, 28, 28, 1] → logits [batch, 10]. */
export interface Built {
  model: LayersModel;
  /** The digit, what comes out of each block, and the logits. */
  stages: SymbolicTensor[];
}

/** @param seed - of the first weights. */
export function buildModel(stack: Stack, seed: number): Built {
  const digit = input({ shape: [SIDE, SIDE, 1] });
  const stages = [digit];
  const top: Block = { kind: 'dense', units: CLASSES, activation: 'linear' };
  [...stack, top].forEach((block, i) => {
    stages.push(apply(block, stages[i] as SymbolicTensor, `block${i + 1}`, deriveSeed(seed, i)));
  });
  return { model: model({ inputs: digit, outputs: stages.at(-1) as SymbolicTensor }), stages };
}

function apply(block: Block, x: SymbolicTensor, name: string, seed: number): SymbolicTensor {
  switch (block.kind) {
    case 'residual':
      return residualBlock(x, { filters: block.filters, strides: block.stride, name, seed });
    case 'inception': {
      const { one, reduce3, three, reduce5, five, pooled } = inceptionWidths(block.filters);
      const windows = { filters1x1: one, filters3x3: three, filters5x5: five };
      const behind = { reduce3x3: reduce3, reduce5x5: reduce5, filtersPool: pooled };
      return inceptionBlock(x, { ...windows, ...behind, name, seed });
    }
    default:
      return layerOf(block, { name, seed }).apply(x) as SymbolicTensor;
  }
}

function layerOf(
  block: Exclude<Block, { kind: 'residual' | 'inception' }>,
  { name, seed }: { name: string; seed: number },
) {
  switch (block.kind) {
    case 'conv': {
      const { filters, kernel, stride, padding, activation, norm } = block;
      const window = { kernelSize: kernel, strides: stride, padding };
      return new Conv2DNormActivation({ filters, ...window, activation, normalization: norm, name, seed });
    }
    case 'maxPool':
      return new MaxPooling2D({ poolSize: block.size, strides: block.stride, name });
    case 'averagePool':
      return new AveragePooling2D({ poolSize: block.size, strides: block.stride, name });
    case 'squeezeExcite':
      return new SqueezeExcite({ ratio: block.ratio, name, seed });
    case 'dropout':
      return new Dropout({ rate: block.rate, name, seed });
    case 'globalPool':
      return new GlobalAveragePooling2D({ name });
    case 'flatten':
      return layers.flatten({ name });
    case 'dense':
      return new Dense({ units: block.units, activation: block.activation, name, seed });
  }
}
