import { createRandom } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs';
import { beforeAll, describe, expect, test } from 'vitest';
import { buildModel } from '../engine/buildModel';
import { type Block, fieldsOf, type Kind, kindNames, type Stack, usualBlock, writeStack } from './blocks';
import { type Field, outlineOf, SIDE } from './figures';
import { presets } from './presets';

beforeAll(async () => {
  await tf.setBackend('cpu');
});

/** Stacks drawn with a seed that can be: kinds and settings at random, and then a row of numbers. */
function randomStacks(count: number): Stack[] {
  const random = createRandom(5);
  const pick = <T>(list: readonly T[]) => list[random.integer(list.length)] as T;
  const draw = (kind: Kind) =>
    ({ kind, ...Object.fromEntries(fieldsOf(kind).map(([name, choices]) => [name, pick(choices)])) }) as Block;
  const images: Kind[] = [
    'conv',
    'conv',
    'maxPool',
    'averagePool',
    'residual',
    'inception',
    'squeezeExcite',
    'dropout',
  ];
  const found: Stack[] = [];
  while (found.length < count) {
    const length = 1 + random.integer(5);
    const below = Array.from({ length }, () => draw(pick(images)));
    const above = Array.from({ length: random.integer(2) }, () => draw(pick(['dense', 'dropout'] as const)));
    const stack = [...below, draw(pick(['flatten', 'globalPool'] as const)), ...above];
    if (outlineOf(stack).problem === undefined) found.push(stack);
  }
  return found;
}

const stacks = [
  ...Object.values(presets).map(({ stack }) => stack),
  ...kindNames
    .filter((kind) => !['dense', 'flatten'].includes(kind))
    .map((kind) => [usualBlock(kind), usualBlock('flatten')] as Stack)
    .map((stack) => (stack[0]?.kind === 'globalPool' ? stack.slice(0, 1) : stack)),
  ...randomStacks(12),
].map((stack) => [writeStack(stack), stack] as const);

describe.each(stacks)('%s', (_, stack) => {
  const outline = outlineOf(stack);

  test('has the shapes, weights and multiplications of the model', () => {
    tf.tidy(() => {
      const { model, stages } = buildModel(stack, 1);
      expect(outline.problem).toBeUndefined();
      expect(outline.blocks.map((figures) => figures?.shape)).toEqual(
        stages.slice(1).map(({ shape }) => shape.slice(1)),
      );
      const sizes = (weights: typeof model.weights) =>
        weights.reduce((sum, { shape }) => sum + tf.util.sizeFromShape(shape as number[]), 0);
      expect(outline.total.weights).toBe(sizes(model.trainableWeights));
      expect(outline.total.weights + outline.total.statistics).toBe(model.countParams());

      // Kernels of convolutions are used once at each place, those of dense layers once.
      let multiplications = 0;
      const perBlock = outline.blocks.map(() => 0);
      for (const layer of model.layers) {
        const [, rows = 1, columns = 1] = layer.outputShape as number[];
        const block = Number(/^block(\d+)/.exec(layer.name)?.[1] ?? 0) - 1;
        for (const { shape } of layer.weights) {
          const size = tf.util.sizeFromShape(shape as number[]);
          if (block >= 0) perBlock[block] = (perBlock[block] as number) + size;
          if (shape.length === 4) multiplications += size * rows * columns;
          else if (shape.length === 2) multiplications += size;
        }
      }
      expect(outline.total.multiplications).toBe(multiplications);
      expect(outline.blocks.map((figures) => (figures?.weights ?? 0) + (figures?.statistics ?? 0))).toEqual(perBlock);
      model.dispose();
    });
  });
});

/** Activations that pass a gradient everywhere, and pools that look at all of their window, with the same fields. */
const smooth = (block: Block): Block => {
  if (block.kind === 'maxPool') return { ...block, kind: 'averagePool' };
  if (block.kind === 'conv') return { ...block, activation: 'tanh', norm: 'none' };
  if (block.kind === 'squeezeExcite') return { ...block, ratio: 2 };
  return block;
};

/** The first and last pixel that the middle unit of a block's output depends on, found by gradients. */
function dependsOn(stack: Stack, { count }: Field): [number, number] {
  return tf.tidy(() => {
    const { model, stages } = buildModel(stack, 1);
    const part = tf.model({ inputs: model.inputs, outputs: stages[stack.length] as tf.SymbolicTensor });
    const middle = Math.floor(count / 2);
    const unit = (x: tf.Tensor) => {
      const y = part.apply(x) as tf.Tensor;
      return y.rank === 4 ? tf.sum(tf.slice(y, [0, middle, middle, 0], [-1, 1, 1, -1])) : tf.sum(y);
    };
    const slopes = tf.grad(unit)(tf.randomNormal([2, SIDE, SIDE, 1], 0, 1, 'float32', 3));
    const rows = tf.sum(tf.abs(slopes), [0, 2, 3]).dataSync();
    const touched = [...rows.keys()].filter((row) => (rows[row] as number) > 0);
    model.dispose();
    return [touched[0] as number, touched.at(-1) as number];
  });
}

test.each(stacks)('fields are those that gradients find: %s', (_, stack) => {
  for (let depth = 1; depth <= stack.length; depth++) {
    const part = stack.slice(0, depth);
    const figures = outlineOf(stack).blocks[depth - 1];
    if (figures?.shape.length !== 3) break;
    const { start, size, jump, count, whole } = figures.field;
    const first = start + Math.floor(count / 2) * jump;
    const [top, bottom] = dependsOn(part.map(smooth), figures.field);
    const [least, most] = whole ? [0, SIDE - 1] : [first, first + size - 1];
    // Beyond the digit there is padding; windows with gaps between them may end before its edge.
    const where = `${writeStack(part)}: ${top} to ${bottom}, expected ${least} to ${most}`;
    expect(least < 0 ? top >= 0 : top === least, where).toBe(true);
    expect(most >= SIDE ? bottom < SIDE : bottom === most, where).toBe(true);
  }
});

describe('a stack that cannot be', () => {
  const conv = (settings: Partial<Extract<Block, { kind: 'conv' }>> = {}) =>
    ({ ...usualBlock('conv'), ...settings }) as Block;
  const [pool, flatten, dense] = (['maxPool', 'flatten', 'dense'] as const).map(usualBlock) as [Block, Block, Block];

  test.each<[string, Stack, number, RegExp]>([
    [
      'a window too large',
      [pool, pool, conv({ stride: 2 }), conv({ kernel: 7, padding: 'valid' }), flatten],
      3,
      /7 × 7 does not fit into an image of 4 × 4.*“same”/,
    ],
    ['a pool too large', [pool, pool, pool, pool, pool, flatten], 4, /2 × 2 does not fit into an image of 1 × 1/],
    ['dense on an image', [conv(), dense], 1, /needs a row of numbers, and gets an image of 28 × 28 × 8/],
    ['classes on an image', [conv()], 1, /ten classes need a row of numbers/],
    ['a convolution of a row', [flatten, conv()], 1, /Convolution needs an image, and gets a row of 784 numbers/],
    ['flattened twice', [flatten, flatten], 1, /Flatten needs an image/],
    ['too many weights', [conv({ filters: 64 }), flatten, dense], 2, /3\.2 million weights/],
    [
      'too many multiplications',
      [conv({ filters: 64 }), conv({ filters: 64 }), { kind: 'globalPool' }],
      1,
      /multiplications/,
    ],
  ])('says where and why: %s', (_, stack, at, words) => {
    const { problem, blocks } = outlineOf(stack);
    expect(problem?.at).toBe(at);
    expect(problem?.words).toMatch(words);
    expect(blocks).toHaveLength(stack.length + 1);
  });

  test('has figures up to where it breaks', () => {
    const { blocks } = outlineOf([conv(), dense, flatten]);
    expect(blocks.map((figures) => figures !== undefined)).toEqual([true, false, false, false]);
  });
});

test('LeNet-5 has the numbers of the paper’s network', () => {
  const { total, blocks } = outlineOf(presets.lenet5.stack);
  expect(total.weights).toBe(61_706);
  expect(blocks[2]?.shape).toEqual([10, 10, 16]);
  expect(blocks[2]?.field).toMatchObject({ size: 14, jump: 2 });
});
