import { type Block, kinds, type Stack } from './blocks';

/** [height, width, channels] of an image, or [units] of a row. */
export type Shape = readonly [number, number, number] | readonly [number];

/** What one unit of a block depends on, along either side of the digit. */
export interface Field {
  /** Pixels from the first to the last that the unit depends on, padding counted in. */
  size: number;
  /** Pixels from the field of one unit to that of the next. */
  jump: number;
  /** Where the field of the first unit begins; below 0 it begins in the padding. */
  start: number;
  /** Units along either side. */
  count: number;
  /** Whether every unit depends on the whole digit, by a row of numbers or a gate. */
  whole: boolean;
}

/** The arithmetic of one block. */
export interface Figures {
  shape: Shape;
  /** Numbers that are trained. */
  weights: number;
  /** Running means and variances, which are kept and not trained. */
  statistics: number;
  /** Multiplications with a weight, for one digit. */
  multiplications: number;
  field: Field;
}

/** Figures of blocks from the image upwards, as far as they can be had, and why no further. */
export interface Outline {
  /** One for each block and one for the head; undefined from the first block that cannot be. */
  blocks: (Figures | undefined)[];
  /** Where and why the stack cannot be; `at` counts blocks from 0, the head last. */
  problem?: { at: number; words: string };
  total: { weights: number; statistics: number; multiplications: number };
}

export const SIDE = 28;
export const CLASSES = 10;
/** What a page may ask of a machine: a larger model would train too slowly to be watched. */
const [MOST_WEIGHTS, MOST_MULTIPLICATIONS] = [1_000_000, 12_000_000];

const input: Figures = {
  shape: [SIDE, SIDE, 1],
  weights: 0,
  statistics: 0,
  multiplications: 0,
  field: { size: 1, jump: 1, start: 0, count: SIDE, whole: false },
};

const head: Block = { kind: 'dense', units: CLASSES, activation: 'linear' };

/** Shapes, numbers of weights, multiplications and receptive fields of a stack, without building it. */
export function outlineOf(stack: Stack): Outline {
  const blocks: (Figures | undefined)[] = [];
  const total = { weights: 0, statistics: 0, multiplications: 0 };
  let last = input;
  let problem: Outline['problem'];
  for (const [at, block] of [...stack, head].entries()) {
    const words = problem === undefined ? problemOf(block, last.shape, at === stack.length) : undefined;
    if (words !== undefined) problem = { at, words };
    if (problem !== undefined) {
      blocks.push(undefined);
      continue;
    }
    last = figuresOf(block, last);
    for (const name of ['weights', 'statistics', 'multiplications'] as const) total[name] += last[name];
    blocks.push(last);
  }
  problem ??= excessOf(blocks as Figures[], total);
  return { blocks, total, ...(problem && { problem }) };
}

/** What a digit is before any block. */
export const inputFigures: Figures = input;

function figuresOf(block: Block, { shape, field }: Figures): Figures {
  const [side, , channels = 0] = shape as [number, number, number];
  const still = { shape, weights: 0, statistics: 0, multiplications: 0, field };
  const window = (size: number, stride: number, padding: 'same' | 'valid' | number) =>
    windowOver(side, { size, stride, padding });
  const image = (windows: Window[], filters: number): [Shape, Field] => {
    const count = windows.at(-1)?.count ?? side;
    return [[count, count, filters], windows.reduce(through, field)];
  };
  switch (block.kind) {
    case 'conv': {
      const { filters, kernel, stride, padding, norm } = block;
      const [next, seen] = image([window(kernel, stride, padding)], filters);
      const inKernel = kernel * kernel * channels * filters;
      const perChannel = norm === 'batch' ? { weights: 2, statistics: 2 } : { weights: 1, statistics: 0 };
      return {
        shape: next,
        weights: inKernel + perChannel.weights * filters,
        statistics: perChannel.statistics * filters,
        multiplications: inKernel * placesOf(next),
        field: seen,
      };
    }
    case 'maxPool':
    case 'averagePool': {
      const [next, seen] = image([window(block.size, block.stride, 'valid')], channels);
      return { ...still, shape: next, field: seen };
    }
    case 'residual': {
      const { filters, stride } = block;
      const first = window(3, stride, 1);
      const [next, seen] = image([first, windowOver(first.count, { size: 3, stride: 1, padding: 1 })], filters);
      const projects = stride !== 1 || channels !== filters;
      const inKernels = 9 * channels * filters + 9 * filters * filters + (projects ? channels * filters : 0);
      const norms = projects ? 3 : 2;
      return {
        shape: next,
        weights: inKernels + 2 * norms * filters,
        statistics: 2 * norms * filters,
        multiplications: inKernels * placesOf(next),
        field: seen,
      };
    }
    case 'inception': {
      const { one, reduce3, three, reduce5, five, pooled } = inceptionWidths(block.filters);
      const inKernels = channels * (one + reduce3 + reduce5 + pooled) + 9 * reduce3 * three + 25 * reduce5 * five;
      const convolved = one + reduce3 + three + reduce5 + five + pooled;
      const [next, seen] = image([window(5, 1, 2)], block.filters);
      return {
        shape: next,
        weights: inKernels + 2 * convolved,
        statistics: 2 * convolved,
        multiplications: inKernels * placesOf(next),
        field: seen,
      };
    }
    case 'squeezeExcite': {
      const middle = Math.max(1, Math.round(channels / block.ratio));
      const inKernels = 2 * channels * middle;
      return {
        ...still,
        weights: inKernels + middle + channels,
        multiplications: inKernels,
        field: { ...field, whole: true },
      };
    }
    case 'dropout':
      return still;
    case 'globalPool':
      return { ...still, shape: [channels], field: { ...field, whole: true } };
    case 'flatten':
      return { ...still, shape: [side * side * channels] };
    case 'dense': {
      const inKernel = shape[0] * block.units;
      return {
        ...still,
        shape: [block.units],
        weights: inKernel + block.units,
        multiplications: inKernel,
        field: { ...field, whole: true },
      };
    }
  }
}

/** How an inception block shares its channels out: half of them to 3 × 3 windows, as in GoogLeNet. */
export function inceptionWidths(filters: number) {
  const quarter = filters / 4;
  return {
    one: quarter,
    reduce3: quarter,
    three: 2 * quarter,
    reduce5: Math.max(1, quarter / 2),
    five: quarter / 2,
    pooled: quarter / 2,
  };
}

/** Windows along one side of an image. */
interface Window {
  size: number;
  stride: number;
  /** Windows that there are. */
  count: number;
  /** Zeros before the image that the first one covers. */
  before: number;
}

function windowOver(
  side: number,
  { size, stride, padding }: { size: number; stride: number; padding: 'same' | 'valid' | number },
): Window {
  if (padding === 'same') {
    const count = Math.ceil(side / stride);
    const zeros = Math.max(0, (count - 1) * stride + size - side);
    return { size, stride, count, before: Math.floor(zeros / 2) };
  }
  const before = padding === 'valid' ? 0 : padding;
  return { size, stride, count: Math.floor((side + 2 * before - size) / stride) + 1, before };
}

/** The field of a unit that looks at others through a window: `size + (window − 1) · jump`. */
const through = ({ size, jump, start, whole }: Field, window: Window): Field => ({
  size: size + (window.size - 1) * jump,
  jump: jump * window.stride,
  start: start - window.before * jump,
  count: window.count,
  whole,
});

const placesOf = ([height = 1, width = 1, channels]: readonly number[]) =>
  channels === undefined ? 1 : height * width;

/** Why a block cannot stand on what is below it. */
function problemOf(block: Block, shape: Shape, isHead: boolean): string | undefined {
  const isImage = shape.length === 3;
  const { label } = kinds[block.kind];
  switch (block.kind) {
    case 'dense':
      if (!isImage) return undefined;
      return isHead
        ? 'The ten classes need a row of numbers: put Flatten or Global average pooling last.'
        : `Dense needs a row of numbers, and gets an image of ${wordsOf(shape)}: put Flatten or Global average pooling before it.`;
    case 'dropout':
      return undefined;
    default:
      if (!isImage)
        return `${label} needs an image, and gets a row of ${shape[0]} numbers: move it further up in the list.`;
  }
  const size = block.kind === 'conv' && block.padding === 'valid' ? block.kernel : 'size' in block ? block.size : 1;
  if (size > shape[0]) {
    const way =
      block.kind === 'conv' ? 'take a smaller one, or the padding “same”' : 'take a smaller one, or leave it out';
    return `A window of ${size} × ${size} does not fit into an image of ${shape[0]} × ${shape[0]}: ${way}.`;
  }
  return undefined;
}

/** Whether a sound stack is too large to be trained in a page, and which block is most to blame. */
function excessOf(blocks: readonly Figures[], total: Outline['total']): Outline['problem'] {
  for (const [name, most, words] of [
    ['weights', MOST_WEIGHTS, 'weights'],
    ['multiplications', MOST_MULTIPLICATIONS, 'multiplications for each digit'],
  ] as const) {
    if (total[name] <= most) continue;
    const at = blocks.reduce((worst, figures, i) => (figures[name] > (blocks[worst]?.[name] ?? 0) ? i : worst), 0);
    const [has, may] = [total[name], most].map((count) => `${(count / 1e6).toFixed(1)} million`);
    return {
      at,
      words: `The stack has ${has} ${words}, too many to be watched in training; it may have ${may}. This block has most.`,
    };
  }
  return undefined;
}

/** A shape in words, `14 × 14 × 8`. */
export const wordsOf = (shape: Shape): string => shape.join(' × ');
