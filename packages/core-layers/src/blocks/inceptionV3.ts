import type { SymbolicTensor } from '@tensorflow/tfjs-layers';
import { AveragePooling2D, MaxPooling2D } from '../layers/pooling2D';
import type { Pair } from '../ops/window';
import { type BlockOptions, convolve, partOf } from './block';
import { concatenate } from './inception';

/** A part: its name in torchvision, its channels and window, and its strides; without strides the size stays. */
type Part = readonly [part: string, filters: number, kernelSize: Pair, strides?: number];

/** Convolutions one after another. */
function chain(x: SymbolicTensor, parts: readonly Part[], options: BlockOptions): SymbolicTensor {
  return parts.reduce((x, [part, filters, kernelSize, strides]) => {
    const padding = strides === undefined ? ('same' as const) : ('valid' as const);
    return convolve(x, part, { filters, kernelSize, strides: strides ?? 1, padding }, options);
  }, x);
}

/** What blocks with an average pool are given. */
export interface AveragingOptions extends BlockOptions {
  /** Whether the zeros around the image count in its means, as in torchvision (default), or not, as in Keras. */
  countIncludePad?: boolean;
}

function averaged(x: SymbolicTensor, options: AveragingOptions): SymbolicTensor {
  const { name } = partOf(options, 'pool');
  const { countIncludePad = true } = options;
  const args = { poolSize: 3, strides: 1, padding: 1, countIncludePad, ...(name !== undefined && { name }) };
  return new AveragePooling2D(args).apply(x) as SymbolicTensor;
}

function halved(x: SymbolicTensor, options: BlockOptions): SymbolicTensor {
  const { name } = partOf(options, 'pool');
  return new MaxPooling2D({ poolSize: 3, strides: 2, ...(name !== undefined && { name }) }).apply(x) as SymbolicTensor;
}

export interface InceptionAOptions extends AveragingOptions {
  /** Channels after the pool. */
  filtersPool: number;
}

/**
 * Inception-v3's block of 35 × 35 places: 5 × 5, two 3 × 3 and a pool. Its parts are torchvision's.
 *
 * Reference: Szegedy et al., "Rethinking the inception architecture for computer vision", 2016, fig. 5.
 *
 * @example
 * const y = inceptionBlockA(x, { filtersPool: 32 }); // 256 channels
 */
export function inceptionBlockA(x: SymbolicTensor, options: InceptionAOptions): SymbolicTensor {
  const of = (x: SymbolicTensor, ...parts: Part[]) => chain(x, parts, options);
  const branches = [
    of(x, ['branch1x1', 64, 1]),
    of(x, ['branch5x5_1', 48, 1], ['branch5x5_2', 64, 5]),
    of(x, ['branch3x3dbl_1', 64, 1], ['branch3x3dbl_2', 96, 3], ['branch3x3dbl_3', 96, 3]),
    of(averaged(x, options), ['branch_pool', options.filtersPool, 1]),
  ];
  return concatenate(branches, options);
}

/**
 * Inception-v3's step from 35 × 35 to 17 × 17 places. Its parts are torchvision's.
 *
 * Reference: Szegedy et al., "Rethinking the inception architecture for computer vision", 2016, fig. 10.
 *
 * @example
 * const y = inceptionBlockB(x); // 480 channels more
 */
export function inceptionBlockB(x: SymbolicTensor, options: BlockOptions = {}): SymbolicTensor {
  const of = (x: SymbolicTensor, ...parts: Part[]) => chain(x, parts, options);
  const branches = [
    of(x, ['branch3x3', 384, 3, 2]),
    of(x, ['branch3x3dbl_1', 64, 1], ['branch3x3dbl_2', 96, 3], ['branch3x3dbl_3', 96, 3, 2]),
    halved(x, options),
  ];
  return concatenate(branches, options);
}

export interface InceptionCOptions extends AveragingOptions {
  /** Channels between the factorised convolutions. */
  filters7x7: number;
}

/**
 * Inception-v3's block of 17 × 17 places, with 7 × 7 windows factorised into 1 × 7 and 7 × 1. Its parts are torchvision's.
 *
 * Reference: Szegedy et al., "Rethinking the inception architecture for computer vision", 2016, fig. 6.
 *
 * @example
 * const y = inceptionBlockC(x, { filters7x7: 128 }); // 768 channels
 */
export function inceptionBlockC(x: SymbolicTensor, options: InceptionCOptions): SymbolicTensor {
  const c = options.filters7x7;
  const of = (x: SymbolicTensor, ...parts: Part[]) => chain(x, parts, options);
  const [row, column]: [Pair, Pair] = [
    [1, 7],
    [7, 1],
  ];
  const double: Part[] = [
    ['branch7x7dbl_1', c, 1],
    ['branch7x7dbl_2', c, column],
    ['branch7x7dbl_3', c, row],
    ['branch7x7dbl_4', c, column],
    ['branch7x7dbl_5', 192, row],
  ];
  const branches = [
    of(x, ['branch1x1', 192, 1]),
    of(x, ['branch7x7_1', c, 1], ['branch7x7_2', c, row], ['branch7x7_3', 192, column]),
    of(x, ...double),
    of(averaged(x, options), ['branch_pool', 192, 1]),
  ];
  return concatenate(branches, options);
}

/**
 * Inception-v3's step from 17 × 17 to 8 × 8 places. Its parts are torchvision's.
 *
 * Reference: Szegedy et al., "Rethinking the inception architecture for computer vision", 2016.
 *
 * @example
 * const y = inceptionBlockD(x); // 512 channels more
 */
export function inceptionBlockD(x: SymbolicTensor, options: BlockOptions = {}): SymbolicTensor {
  const of = (x: SymbolicTensor, ...parts: Part[]) => chain(x, parts, options);
  const sevens: Part[] = [
    ['branch7x7x3_1', 192, 1],
    ['branch7x7x3_2', 192, [1, 7]],
    ['branch7x7x3_3', 192, [7, 1]],
    ['branch7x7x3_4', 192, 3, 2],
  ];
  const branches = [of(x, ['branch3x3_1', 192, 1], ['branch3x3_2', 320, 3, 2]), of(x, ...sevens), halved(x, options)];
  return concatenate(branches, options);
}

/**
 * Inception-v3's block of 8 × 8 places, whose 1 × 3 and 3 × 1 windows stand side by side. Its parts are torchvision's.
 *
 * Reference: Szegedy et al., "Rethinking the inception architecture for computer vision", 2016, fig. 7.
 *
 * @example
 * const y = inceptionBlockE(x); // 2048 channels
 */
export function inceptionBlockE(x: SymbolicTensor, options: AveragingOptions = {}): SymbolicTensor {
  const of = (x: SymbolicTensor, ...parts: Part[]) => chain(x, parts, options);
  const both = (x: SymbolicTensor, part: string) => [
    of(x, [`${part}a`, 384, [1, 3]]),
    of(x, [`${part}b`, 384, [3, 1]]),
  ];
  const branches = [
    of(x, ['branch1x1', 320, 1]),
    ...both(of(x, ['branch3x3_1', 384, 1]), 'branch3x3_2'),
    ...both(of(x, ['branch3x3dbl_1', 448, 1], ['branch3x3dbl_2', 384, 3]), 'branch3x3dbl_3'),
    of(averaged(x, options), ['branch_pool', 192, 1]),
  ];
  return concatenate(branches, options);
}
