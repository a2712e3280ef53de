import { deriveSeed } from '@tenonjs/runtime';
import type { Bijector } from '../bijector';
import { Coupling } from '../bijectors/coupling';
import { Squeeze } from '../bijectors/squeeze';
import { invert } from '../invert';
import type { UnivariateMap } from '../maps/univariateMap';
import { channelMask } from '../masks/channelMask';
import { checkerboardMask } from '../masks/checkerboardMask';
import type { ImageShape } from '../masks/imageShape';
import type { Mask } from '../masks/mask';
import { patchMlp } from '../networks/patchMlp';

/** An image is squeezed so often at most: the coarsest pixels are blocks of 4 × 4. */
const MOST_SQUEEZES = 2;

/**
 * Couplings of an image whose networks look at small squares, on the image as it is and squeezed. Each way to
 * divide it has two, one for each part: first the ways of the finest scale, nearest to the data, then those of the
 * coarser ones, and round again.
 *
 * Reference: Dinh, Sohl-Dickstein, Bengio, "Density estimation using Real NVP", 2017, §3.6.
 *
 * @param options.map - how single numbers are moved.
 * @param options.shape - of the image; height and width are even.
 * @returns steps in reading order from latent to data; both have the image's shape.
 */
export function patchCouplings(options: {
  map: UnivariateMap;
  shape: ImageShape;
  layers: number;
  hidden: readonly number[];
  activation?: 'relu' | 'tanh' | undefined;
  context?: number | undefined;
  seed: number;
}): Bijector[] {
  const { map, shape, layers, hidden, activation, context, seed } = options;
  const squeezes = squeezesOf(shape);
  const divisions = [shape, ...squeezes.map(({ latentShape }) => latentShape)].flatMap((at, scale) =>
    waysToDivide(at).map((divide) => ({ scale, divide: (swap: boolean) => divide(at, swap) })),
  );

  const steps: Bijector[] = []; // in the order from data to latent
  let scale = 0;
  const climbTo = (wanted: number) => {
    while (scale < wanted) steps.push(squeezes[scale++] as Squeeze);
    while (scale > wanted) steps.push(invert(squeezes[--scale] as Squeeze));
  };
  for (let layer = 0; layer < layers; layer++) {
    const division = divisions[Math.floor(layer / 2) % divisions.length] as (typeof divisions)[number];
    const { mask, planes, kept, changed } = division.divide(layer % 2 === 1);
    const outputs = { planes: map.parameters * planes, channels: changed };
    const network = { planes, shape: kept, outputs, hidden, activation, context };
    climbTo(division.scale);
    steps.push(new Coupling({ map, mask, conditioner: patchMlp({ ...network, seed: deriveSeed(seed, layer) }) }));
  }
  climbTo(0);
  return steps.reverse();
}

/** A mask, and what its parts look like: so many images, of this shape where kept, of so many channels where changed. */
interface Division {
  mask: Mask;
  planes: number;
  kept: ImageShape;
  changed: number;
}

function byColour(shape: ImageShape, swap: boolean): Division {
  const [H, W, C] = shape;
  return { mask: checkerboardMask({ shape, swap }), planes: 2, kept: [H / 2, W / 2, C], changed: C };
}

function byChannel(shape: ImageShape, swap: boolean): Division {
  const [H, W, C] = shape;
  const first = Math.ceil(C / 2);
  const [kept, changed] = swap ? [C - first, first] : [first, C - first];
  return { mask: channelMask({ shape, swap }), planes: 1, kept: [H, W, kept], changed };
}

const isEven = ([H, W]: ImageShape) => H % 2 === 0 && W % 2 === 0;

/** By the channels first: in a squeezed image those are the nearer pixels. */
function waysToDivide(shape: ImageShape): ((shape: ImageShape, swap: boolean) => Division)[] {
  return [...(shape[2] > 1 ? [byChannel] : []), ...(isEven(shape) ? [byColour] : [])];
}

function squeezesOf(shape: ImageShape): Squeeze[] {
  const squeezes: Squeeze[] = [];
  for (let at = shape; isEven(at) && squeezes.length < MOST_SQUEEZES; at = (squeezes.at(-1) as Squeeze).latentShape) {
    squeezes.push(new Squeeze({ shape: at }));
  }
  return squeezes;
}
