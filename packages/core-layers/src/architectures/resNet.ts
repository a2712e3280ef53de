import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { type BottleneckOptions, bottleneckBlock, residualBlock } from '../blocks/residual';
import { Network } from './network';
import { type ArchitectureOptions, checkOptions, type VariantOptions } from './options';

export interface SmallResNetOptions extends ArchitectureOptions {
  /** Channels of the first stage, doubled in each of the two after it. Default 16. */
  width?: number;
  /** Residual blocks of each stage: n, for 6 n + 2 layers with weights. Default 1. */
  blocks?: number;
}

type Block = (x: SymbolicTensor, options: BottleneckOptions) => SymbolicTensor;

/** Stages of blocks, `layer1`, `layer2`, …: each but the first halves the image and doubles the width. */
function stages(network: Network, x: SymbolicTensor, block: Block, counts: readonly number[], width: number) {
  let y = x;
  counts.forEach((count, stage) => {
    for (let i = 0; i < count; i++) {
      const strides = stage > 0 && i === 0 ? 2 : 1;
      y = block(y, { ...network.block(`layer${stage + 1}.${i}`), filters: width * 2 ** stage, strides });
    }
  });
  return y;
}

const keras = { useBias: true, epsilon: 1.001e-5, momentum: 0.99, unbiased: false };

function resNet(title: string, deep: boolean, counts: readonly number[], options: VariantOptions): LayersModel {
  checkOptions(title, options, { variants: deep ? ['torchvision', 'paper'] : ['torchvision'] });
  const paper = options.variant === 'paper';
  const network = new Network(title, options, [224, 224, 3], paper ? keras : {});
  const stem = network.conv(network.input, 'conv1', 64, 7, { strides: 2, padding: 3 });
  const pooled = network.maxPool(stem, 'maxpool', { poolSize: 3, strides: 2, padding: 1 });
  const bottleneck: Block = (x, options) => bottleneckBlock(x, { ...options, stridesOn: paper ? '1x1' : '3x3' });
  const features = stages(network, pooled, deep ? bottleneck : residualBlock, counts, 64);
  return network.finish(features, (x) => network.logits(network.globalAveragePool(x), 'fc', options.classes ?? 1000));
}

/** Options of the shallow residual networks: there is but one variant. */
export interface ShallowResNetOptions extends ArchitectureOptions {
  variant?: 'torchvision';
}

/**
 * ResNet-18: 11,689,512 parameters.
 *
 * Reference: He, Zhang, Ren, Sun, "Deep residual learning for image recognition", 2015.
 *
 * @returns a model, [batch, height, width, 3] → logits [batch, classes].
 * @throws TypeError when an option is unknown or out of range.
 *
 * @example
 * const model = resNet18({ classes: 10, inputShape: [64, 64, 3] });
 */
export const resNet18 = (options: ShallowResNetOptions = {}): LayersModel =>
  resNet('resNet18', false, [2, 2, 2, 2], options);

/** ResNet-34: 21,797,672 parameters. See {@link resNet18}. */
export const resNet34 = (options: ShallowResNetOptions = {}): LayersModel =>
  resNet('resNet34', false, [3, 4, 6, 3], options);

/**
 * ResNet-50: 25,557,032 parameters. `paper` is Keras's, converted from the authors' own: convolutions with biases, and a
 * block's stride in its first convolution; 25,583,592 parameters, and Keras's 25,636,712 with the running statistics.
 *
 * Reference: He, Zhang, Ren, Sun, "Deep residual learning for image recognition", 2015.
 *
 * @returns a model, [batch, height, width, 3] → logits [batch, classes].
 * @throws TypeError when an option is unknown or out of range.
 *
 * @example
 * const features = resNet50({ includeTop: false, pooling: 'avg' }); // [batch, 224, 224, 3] → [batch, 2048]
 */
export const resNet50 = (options: VariantOptions = {}): LayersModel => resNet('resNet50', true, [3, 4, 6, 3], options);

/** ResNet-101: 44,549,160 parameters; `paper`: 44,707,176 with the running statistics. See {@link resNet50}. */
export const resNet101 = (options: VariantOptions = {}): LayersModel =>
  resNet('resNet101', true, [3, 4, 23, 3], options);

/** ResNet-152: 60,192,808 parameters; `paper`: 60,419,944 with the running statistics. See {@link resNet50}. */
export const resNet152 = (options: VariantOptions = {}): LayersModel =>
  resNet('resNet152', true, [3, 8, 36, 3], options);

/**
 * A residual network for images of 28 × 28 or 32 × 32, that of the paper's section 4.2 with projections where sizes differ:
 * three stages of `width`, 2 `width` and 4 `width` channels. With one block a stage 78,042 parameters, on colour images.
 *
 * Reference: He, Zhang, Ren, Sun, "Deep residual learning for image recognition", 2015.
 *
 * @returns a model, [batch, 28, 28, 1] → logits [batch, 10], unless options say otherwise.
 * @throws TypeError when an option is unknown or out of range.
 *
 * @example
 * const model = smallResNet({ inputShape: [32, 32, 3], blocks: 3 }); // the paper's ResNet-20
 */
export function smallResNet(options: SmallResNetOptions = {}): LayersModel {
  checkOptions('smallResNet', options, { counts: ['width', 'blocks'] });
  const { width = 16, blocks = 1, classes = 10 } = options;
  const network = new Network('smallResNet', options, [28, 28, 1]);
  const stem = network.conv(network.input, 'conv1', width, 3, { padding: 1 });
  const features = stages(network, stem, residualBlock, [blocks, blocks, blocks], width);
  return network.finish(features, (x) => network.logits(network.globalAveragePool(x), 'fc', classes));
}
