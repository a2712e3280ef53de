import { deriveSeed } from '@tenonjs/runtime';
import type { Bijector } from '../bijector';
import { ActNorm } from '../bijectors/actNorm';
import { AffineCoupling } from '../bijectors/affineCoupling';
import { LuLinear } from '../bijectors/luLinear';
import { Split } from '../bijectors/split';
import { Squeeze } from '../bijectors/squeeze';
import { type Chain, chain } from '../chain';
import type { Flow } from '../flow';
import { invert } from '../invert';
import { channelMask } from '../masks/channelMask';
import { halfMask } from '../masks/halfMask';
import type { ImageShape } from '../masks/imageShape';
import { mlp } from '../networks/mlp';
import { patchMlp } from '../networks/patchMlp';
import { checkPositiveInteger } from '../shapes';
import { imageLevels, type LevelOptions } from './imageLevels';
import { flowOf, layersOf, type NetworkOptions } from './options';

/** A Glow for vectors. */
export interface VectorGlowOptions extends NetworkOptions {
  /** The dimension of the points: at least 2. */
  dim: number;
}

/** A Glow for images of whole levels; `layers` are those of each scale. */
export interface ImageGlowOptions extends NetworkOptions, LevelOptions {
  /** How often the image is squeezed to half its height and width; half of the channels are done after each. Default: 2. */
  scales?: number;
}

/**
 * Glow: layers of an activation norm, an invertible 1 × 1 convolution and an affine coupling of the channels, at several
 * scales; after each scale half of the numbers are done, with a law that the others decide. For vectors there is one scale,
 * and the convolution is a matrix.
 *
 * Reference: Kingma, Dhariwal, "Glow: Generative flow with invertible 1×1 convolutions", 2018.
 *
 * @throws RangeError when dim is below 2, layers or scales is no positive integer, or height or width cannot be halved so
 *   often.
 *
 * @example
 * const flow = glow({ shape: [28, 28, 1], layers: 4, scales: 2, hidden: [32, 32], seed: 1 });
 * flow.startFrom(images); // the norms' first scales and shifts
 */
export function glow(options: VectorGlowOptions | ImageGlowOptions): Flow<Chain> {
  checkPositiveInteger('glow', 'layers', options.layers);
  if (!('shape' in options)) return flowOf([options.dim], vectorSteps(options), options.base);
  const { shape, layers, scales = 2, seed } = options;
  checkPositiveInteger('glow', 'scales', scales);
  if (shape[0] % 2 ** scales !== 0 || shape[1] % 2 ** scales !== 0) {
    const wanted = `height and width that are multiples of ${2 ** scales} for ${scales} scales`;
    throw new RangeError(`glow: shape must have ${wanted}, got [${shape.join(', ')}]`);
  }
  const levels = imageLevels('glow', options, deriveSeed(seed, layers));
  return flowOf(shape, [scaleOf(options, shape, scales, seed), ...levels], options.base);
}

/** In reading order from latent to data; the product of the convolution runs from data to latent, the solves back. */
function vectorSteps({ dim, layers, hidden = [64, 64], activation, context, seed }: VectorGlowOptions): Bijector[] {
  return layersOf(layers, (layer) => {
    const mask = halfMask({ dim });
    const sizes = { inputs: mask.kept, outputs: 2 * mask.changed, hidden, activation, context };
    return [
      new AffineCoupling({ mask, conditioner: mlp({ ...sizes, seed: deriveSeed(seed, layer, 0) }) }),
      invert(new LuLinear({ shape: [dim], seed: deriveSeed(seed, layer, 1) })),
      new ActNorm({ shape: [dim] }),
    ];
  }).flat();
}

/** One scale and all that are coarser: a bijector of images of this shape. */
function scaleOf(options: ImageGlowOptions, outer: ImageShape, scales: number, seed: number): Bijector {
  const squeeze = new Squeeze({ shape: outer });
  const shape = squeeze.latentShape;
  const coupling = (layer: number) => channelCoupling(options, shape, deriveSeed(seed, layer, 0));
  const layers = layersOf(options.layers, (layer) => [
    coupling(layer),
    invert(new LuLinear({ shape, seed: deriveSeed(seed, layer, 1) })),
    new ActNorm({ shape, perChannel: true }),
  ]).flat();
  if (scales === 1) return chain([invert(squeeze), ...layers, squeeze]);
  // The first half of the channels goes on; the second is done, after a coupling by the first has made it noise.
  const [H, W, C] = shape;
  const rest: ImageShape = [H, W, C / 2];
  const bijector = scaleOf(options, rest, scales - 1, deriveSeed(seed, options.layers + 1));
  const split = new Split({ mask: channelMask({ shape, swap: true }), shape: rest, bijector });
  return chain([invert(squeeze), split, coupling(options.layers), ...layers, squeeze]);
}

/** The second half of the channels is moved, by what is near it in the first. */
function channelCoupling(options: ImageGlowOptions, shape: ImageShape, seed: number): AffineCoupling {
  const { hidden = [64, 64], activation, context } = options;
  const [H, W, C] = shape; // C is a multiple of 4
  const network = { planes: 1, shape: [H, W, C / 2], outputs: { planes: 2, channels: C / 2 } } as const;
  const conditioner = patchMlp({ ...network, hidden, activation, context, seed });
  return new AffineCoupling({ mask: channelMask({ shape }), conditioner });
}
