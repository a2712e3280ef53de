import { checkImageShape, type ImageShape } from '../masks/imageShape';
import { checkPositiveInteger } from '../shapes';
import type { PixelNetwork } from './canvas';
import { categoricalHead } from './categoricalHead';
import { gatedStacks } from './gatedStacks';
import type { NetworkSizes } from './layers';
import { logisticMixtureHead } from './logisticMixtureHead';
import { maskedStack } from './maskedStack';
import { PixelCnn } from './pixelCnn';
import { pixelOrders, type Side } from './pixelOrder';

export interface PixelCnnOptions {
  /** [height, width, channels] */
  shape: ImageShape;
  /** K: a number of an image is one of 0 … K − 1. Default: 256. */
  levels?: number;
  /**
   * A probability for each level, where the channels of a pixel come one after the other; or a mixture of discretised
   * logistics, which has fewer numbers and knows that levels are in order. Default: categorical.
   */
  output?: 'categorical' | 'logisticMixture';
  /** Of the mixture. Default: 5. */
  components?: number;
  /** How wide the network is; of an output by channels a multiple of their number. Default: 32. */
  filters?: number;
  /** Residual blocks, or gated layers after the first. Default: 4. */
  layers?: number;
  /** How many rows and columns a layer sees: odd. Default: 3. */
  kernelSize?: number;
  /** The same of the first layer. Default: 7. */
  firstKernelSize?: number;
  /** The width of the layer before the last. Default: as `filters`. */
  hidden?: number;
  /** The numbers in a row of context, such as a class as ones and zeros. Default: 0, none. */
  context?: number;
  /** Learn a bias for each place of the image, for images that have their things at the same places. Default: false. */
  places?: boolean;
  /** The side that is drawn first: what stands there can be given, and the rest drawn. Default: top. */
  from?: Side;
  seed: number;
}

/**
 * A PixelCNN: one stack of masked convolutions with residual blocks. It is quick and does not see what stands to the right
 * above a pixel, at more than 45° where kernels are square; see {@link gatedPixelCnn}.
 *
 * Reference: van den Oord, Kalchbrenner, Kavukcuoglu, "Pixel recurrent neural networks", 2016.
 *
 * @throws RangeError when a size is no positive integer, a kernel is even, or the width does not suit the channels.
 *
 * @example
 * const model = pixelCnn({ shape: [28, 28, 1], output: 'logisticMixture', seed: 1 });
 */
export const pixelCnn = (options: PixelCnnOptions): PixelCnn => modelOf('pixelCnn', maskedStack, options);

/**
 * A gated PixelCNN: a vertical and a horizontal stack, which together see all that comes before a pixel.
 *
 * Reference: van den Oord et al., "Conditional image generation with PixelCNN decoders", 2016; the mixture of logistics:
 * Salimans, Karpathy, Chen, Kingma, "PixelCNN++", 2017.
 *
 * @throws RangeError when a size is no positive integer, a kernel is even, or the width does not suit the channels.
 *
 * @example
 * const model = gatedPixelCnn({ shape: [28, 28, 1], context: 10, from: 'bottom', seed: 1 });
 */
export const gatedPixelCnn = (options: PixelCnnOptions): PixelCnn => modelOf('gatedPixelCnn', gatedStacks, options);

function modelOf(caller: string, build: (sizes: NetworkSizes) => PixelNetwork, options: PixelCnnOptions): PixelCnn {
  const { shape, levels = 256, output = 'categorical', components = 5, filters = 32, layers = 4, seed } = options;
  const { kernelSize = 3, firstKernelSize = 7, hidden = filters, context = 0, places = false, from = 'top' } = options;
  checkImageShape(caller, shape, [1, 1, 1]);
  const sizes = { components, filters, layers, hidden, kernelSize, firstKernelSize };
  for (const [name, value] of Object.entries(sizes)) checkPositiveInteger(caller, name, value);
  const check = (holds: boolean, complaint: string) => {
    if (!holds) throw new RangeError(`${caller}: ${complaint}`);
  };
  check(Number.isInteger(levels) && levels >= 2, `levels must be an integer of at least 2, got ${levels}`);
  check(Number.isInteger(context) && context >= 0, `context must be an integer of at least 0, got ${context}`);
  check(kernelSize % 2 === 1, `kernelSize must be odd, got ${kernelSize}`);
  check(
    firstKernelSize % 2 === 1 && firstKernelSize > 1,
    `firstKernelSize must be odd and above 1, got ${firstKernelSize}`,
  );
  check(Object.hasOwn(pixelOrders, from), `from must be top, bottom, left or right, got ${from}`);
  const heads = {
    categorical: () => categoricalHead(levels, shape[2]),
    logisticMixture: () => logisticMixtureHead(levels, shape[2], components),
  };
  check(Object.hasOwn(heads, output), `output must be categorical or logisticMixture, got ${output}`);
  const head = heads[output]();
  const { groups } = head;
  check(filters % groups === 0, `filters must be a multiple of ${groups} channels, got ${filters}`);
  check(hidden % groups === 0, `hidden must be a multiple of ${groups} channels, got ${hidden}`);
  const [H, W, C] = shape;
  const read = from === 'top' || from === 'bottom' ? ([H, W, C] as const) : ([W, H, C] as const);
  const network = build({
    ...{ shape: read, outputs: head.outputs, groups, filters, layers, kernelSize, firstKernelSize, hidden },
    ...{ context, places, seed },
  });
  return new PixelCnn({ shape, levels, context, from, network, head });
}
