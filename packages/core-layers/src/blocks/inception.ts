import { layers, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { MaxPooling2D } from '../layers/pooling2D';
import { type BlockOptions, convolve, partOf } from './block';

/** Branches side by side. */
export function concatenate(branches: SymbolicTensor[], options: BlockOptions): SymbolicTensor {
  const { name } = partOf(options, 'concat');
  return layers.concatenate({ axis: -1, ...(name !== undefined && { name }) }).apply(branches) as SymbolicTensor;
}

/** A 3 × 3 max pool that keeps the size. */
function pooled(x: SymbolicTensor, options: BlockOptions): SymbolicTensor {
  const { name } = partOf(options, 'pool');
  const args = { poolSize: 3, strides: 1, padding: 1, ...(name !== undefined && { name }) };
  return new MaxPooling2D(args).apply(x) as SymbolicTensor;
}

export interface NaiveInceptionOptions extends BlockOptions {
  /** Channels of the 1 × 1 convolution. */
  filters1x1: number;
  /** Channels of the 3 × 3 convolution. */
  filters3x3: number;
  /** Channels of the 5 × 5 convolution. */
  filters5x5: number;
}

/**
 * Windows of 1 × 1, 3 × 3 and 5 × 5 and a max pool side by side. Its parts are `branch1`, `branch2`, `branch3`, `pool`.
 *
 * Reference: Szegedy et al., "Going deeper with convolutions", 2015, fig. 2a.
 *
 * @example
 * const y = naiveInceptionBlock(x, { filters1x1: 64, filters3x3: 128, filters5x5: 32 });
 */
export function naiveInceptionBlock(x: SymbolicTensor, options: NaiveInceptionOptions): SymbolicTensor {
  const windows = [
    [1, options.filters1x1],
    [3, options.filters3x3],
    [5, options.filters5x5],
  ] as const;
  const branches = windows.map(([kernelSize, filters], i) =>
    convolve(x, `branch${i + 1}`, { filters, kernelSize, padding: (kernelSize - 1) / 2 }, options),
  );
  return concatenate([...branches, pooled(x, options)], options);
}

export interface InceptionOptions extends NaiveInceptionOptions {
  /** Channels that the 3 × 3 convolution sees. */
  reduce3x3: number;
  /** Channels that the 5 × 5 convolution sees. */
  reduce5x5: number;
  /** Channels of the 1 × 1 convolution after the pool. */
  filtersPool: number;
  /** The window of the "5 × 5" convolution: torchvision's is 3. Default 5, the paper's. */
  largeKernel?: 3 | 5;
}

/**
 * The inception block of GoogLeNet: as the naive one, with 1 × 1 convolutions that reduce the channels before the larger
 * windows and after the pool. Its parts are torchvision's: `branch1`, `branch2.0`, `branch2.1`, `branch3.0`, `branch3.1`,
 * `branch4.1`.
 *
 * Reference: Szegedy et al., "Going deeper with convolutions", 2015, fig. 2b.
 *
 * @example
 * const filters = { filters1x1: 64, reduce3x3: 96, filters3x3: 128, reduce5x5: 16, filters5x5: 32, filtersPool: 32 };
 * const y = inceptionBlock(x, filters); // 256 channels
 */
export function inceptionBlock(x: SymbolicTensor, options: InceptionOptions): SymbolicTensor {
  const { filters1x1, reduce3x3, filters3x3, reduce5x5, filters5x5, filtersPool, largeKernel = 5 } = options;
  const point = (x: SymbolicTensor, part: string, filters: number) =>
    convolve(x, part, { filters, kernelSize: 1, padding: 'valid' }, options);
  const window = (x: SymbolicTensor, part: string, filters: number, kernelSize: number) =>
    convolve(x, part, { filters, kernelSize, padding: (kernelSize - 1) / 2 }, options);
  const branches = [
    point(x, 'branch1', filters1x1),
    window(point(x, 'branch2.0', reduce3x3), 'branch2.1', filters3x3, 3),
    window(point(x, 'branch3.0', reduce5x5), 'branch3.1', filters5x5, largeKernel),
    point(pooled(x, options), 'branch4.1', filtersPool),
  ];
  return concatenate(branches, options);
}
