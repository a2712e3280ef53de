import { type Distribution, Normal } from '@tenonjs/distributions';
import { deriveSeed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { Bijector } from './bijector';
import { ActNorm } from './bijectors/actNorm';
import { AffineCoupling } from './bijectors/affineCoupling';
import { Logit } from './bijectors/logit';
import { UniformDequantization } from './bijectors/uniformDequantization';
import { type Chain, chain } from './chain';
import { Flow } from './flow';
import { invert } from './invert';
import { channelMask } from './masks/channelMask';
import { checkerboardMask } from './masks/checkerboardMask';
import { halfMask } from './masks/halfMask';
import type { ImageShape } from './masks/imageShape';
import type { Mask } from './masks/mask';
import { mlp } from './networks/mlp';
import { patchCouplings } from './patchCouplings';
import { checkPoints, checkPositiveInteger } from './shapes';

interface CommonOptions {
  /** How many couplings; what they keep changes from one to the next. */
  layers: number;
  /** The widths of the conditioners' hidden layers. */
  hidden?: readonly number[];
  activation?: 'relu' | 'tanh';
  /** The law of the latent points. Default: standard normal. */
  base?: Distribution;
  seed: number;
}

/** A RealNVP for vectors. */
export interface VectorRealNvpOptions extends CommonOptions {
  /** The dimension of the points: at least 2. */
  dim: number;
}

/** A RealNVP for images with whole levels, such as 0 … 255. */
export interface ImageRealNvpOptions extends CommonOptions {
  /** [height, width, channels] */
  shape: ImageShape;
  /** The number of levels of a pixel. Default: 256. */
  levels?: number;
  /** How far the levels are pulled away from 0 and 1 before the logit. Default: 0.05. */
  alpha?: number;
  /**
   * What decides how a pixel moves: `patches`, the kept pixels near it, by the same network everywhere, at several scales;
   * `dense`, all kept pixels. Default: patches, where height and width are even.
   */
  network?: 'patches' | 'dense';
  /**
   * Some of the data, shape [n, height, width, channels]: the flow then starts with the mean and deviation of every pixel,
   * and need not learn them first.
   */
  startFrom?: tf.Tensor;
}

/**
 * RealNVP: affine couplings, each changing what the one before kept. It starts as the identity.
 *
 * For vectors the couplings keep one half and then the other. For images they keep the two colours of a checkerboard
 * in turn and, where there are several channels – in the image, or after it was squeezed –, the two halves of those; then
 * the line is closed to the unit interval and its numbers rounded to levels, so that the flow gives the log-probability of
 * images as they are.
 *
 * Reference: Dinh, Sohl-Dickstein, Bengio, "Density estimation using Real NVP", 2017.
 *
 * @throws RangeError when there is nothing to divide (dim below 2, less than 2 × 2 pixels) or layers is not a positive
 *   integer; when patches are wanted of an image with an odd side.
 *
 * @example
 * const plane = realNvp({ dim: 2, layers: 8, hidden: [64, 64], seed: 1 });
 * const images = realNvp({ shape: [28, 28, 1], layers: 8, hidden: [32, 32], seed: 1 });
 */
export function realNvp(options: VectorRealNvpOptions | ImageRealNvpOptions): Flow<Chain> {
  const { layers, hidden = [64, 64] } = options;
  checkPositiveInteger('realNvp', 'layers', layers);
  const shape = 'shape' in options ? [...options.shape] : [options.dim];
  const steps =
    'shape' in options
      ? [
          ...(seesPatches(options)
            ? patchCouplings({ ...options, hidden })
            : denseCouplings(options, imageMasks(options.shape))),
          ...fromLevels(options),
        ]
      : denseCouplings(options, vectorMasks(options.dim));
  return new Flow({ bijector: chain(steps), base: options.base ?? new Normal({ shape }) });
}

/** The steps between couplings and data: from the line to the unit interval to levels. */
function fromLevels({ shape, alpha = 0.05, levels = 256, startFrom, layers, seed }: ImageRealNvpOptions): Bijector[] {
  const steps = [invert(new Logit({ alpha })), new UniformDequantization({ levels })];
  const norm = new ActNorm({ shape });
  if (startFrom) {
    checkPoints('realNvp: startFrom', startFrom, shape);
    tf.tidy(() => norm.startFrom(chain(steps).inverse(startFrom, { seed: deriveSeed(seed, layers) }).value));
  }
  return [norm, ...steps];
}

function seesPatches({ shape, network }: ImageRealNvpOptions): boolean {
  const isEven = shape[0] % 2 === 0 && shape[1] % 2 === 0;
  if (network === 'patches' && !isEven) {
    throw new RangeError(
      `realNvp: shape must have even height and width for patches, got [${shape.join(', ')}]; network: 'dense' takes any`,
    );
  }
  return network ? network === 'patches' : isEven;
}

/** Couplings whose conditioners see all that is kept. */
function denseCouplings(options: CommonOptions, maskAt: (layer: number) => Mask): Bijector[] {
  const { layers, hidden = [64, 64], activation, seed } = options;
  return Array.from({ length: layers }, (_, layer) => {
    const mask = maskAt(layer);
    const network = { inputs: mask.kept, outputs: 2 * mask.changed, hidden, seed: deriveSeed(seed, layer) };
    return new AffineCoupling({ mask, conditioner: mlp(activation ? { ...network, activation } : network) });
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
