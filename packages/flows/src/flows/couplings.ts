import { deriveSeed } from '@tenonjs/runtime';
import type { Bijector } from '../bijector';
import { Coupling } from '../bijectors/coupling';
import type { UnivariateMap } from '../maps/univariateMap';
import { channelMask } from '../masks/channelMask';
import { checkerboardMask } from '../masks/checkerboardMask';
import { halfMask } from '../masks/halfMask';
import type { ImageShape } from '../masks/imageShape';
import type { Mask } from '../masks/mask';
import { mlp } from '../networks/mlp';
import { checkPositiveInteger } from '../shapes';
import { imageLevels, type LevelOptions } from './imageLevels';
import { layersOf, type NetworkOptions } from './options';
import { patchCouplings } from './patchCouplings';

/** A flow of couplings for vectors. */
export interface VectorCouplingOptions extends NetworkOptions {
  /** The dimension of the points: at least 2. */
  dim: number;
}

/** A flow of couplings for images with whole levels, such as 0 … 255. */
export interface ImageCouplingOptions extends NetworkOptions, LevelOptions {
  /**
   * What decides how a pixel moves: `patches`, the kept pixels near it, by the same network everywhere, at several scales;
   * `dense`, all kept pixels. Default: patches, where height and width are even.
   */
  network?: 'patches' | 'dense';
}

export type CouplingFlowOptions = VectorCouplingOptions | ImageCouplingOptions;

/**
 * Couplings by one map, each changing what the one before kept, and for images what leads from there to levels; in reading
 * order from latent to data.
 */
export function couplingSteps(caller: string, map: UnivariateMap, options: CouplingFlowOptions): Bijector[] {
  const { layers, hidden = [64, 64], seed } = options;
  checkPositiveInteger(caller, 'layers', layers);
  if (!('shape' in options)) return denseCouplings(map, options, vectorMasks(options.dim));
  const couplings = seesPatches(caller, options)
    ? patchCouplings({ ...options, map, hidden })
    : denseCouplings(map, options, imageMasks(options.shape));
  return [...couplings, ...imageLevels(caller, options, deriveSeed(seed, layers))];
}

/** The shape of a point. */
export const eventOf = (options: { dim: number } | { shape: ImageShape }): number[] =>
  'shape' in options ? [...options.shape] : [options.dim];

function seesPatches(caller: string, { shape, network }: ImageCouplingOptions): boolean {
  const isEven = shape[0] % 2 === 0 && shape[1] % 2 === 0;
  if (network === 'patches' && !isEven) {
    throw new RangeError(
      `${caller}: shape must have even height and width for patches, got [${shape.join(', ')}]; network: 'dense' takes any`,
    );
  }
  return network ? network === 'patches' : isEven;
}

/** Couplings whose conditioners see all that is kept. */
function denseCouplings(map: UnivariateMap, options: NetworkOptions, maskAt: (layer: number) => Mask): Bijector[] {
  const { layers, hidden = [64, 64], activation, context, seed } = options;
  return layersOf(layers, (layer) => {
    const mask = maskAt(layer);
    const sizes = { inputs: mask.kept, outputs: map.parameters * mask.changed, hidden, context };
    return new Coupling({ map, mask, conditioner: mlp({ ...sizes, activation, seed: deriveSeed(seed, layer) }) });
  });
}

const vectorMasks =
  (dim: number) =>
  (layer: number): Mask =>
    halfMask({ dim, swap: layer % 2 === 1 });

/** Checkerboards in turn; with several channels, every second pair of couplings divides those. */
const imageMasks =
  (shape: ImageShape) =>
  (layer: number): Mask => {
    const swap = layer % 2 === 1;
    const byChannel = shape[2] > 1 && Math.floor(layer / 2) % 2 === 1;
    return byChannel ? channelMask({ shape, swap }) : checkerboardMask({ shape, swap });
  };
