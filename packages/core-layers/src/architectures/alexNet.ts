import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { complain } from '../check';
import { AdaptiveAveragePooling2D } from '../layers/adaptiveAveragePooling2D';
import { LocalResponseNormalization } from '../layers/localResponseNormalization';
import { Network } from './network';
import { type ArchitectureOptions, checkOptions, type VariantOptions } from './options';

export interface AlexNetOptions extends VariantOptions {
  /** Of the paper's second, fourth and fifth convolution, which were shared out over two GPUs. Default 2. */
  groups?: 1 | 2;
}

/**
 * AlexNet. `torchvision` is the single-GPU network of "One weird trick": 61,100,840 parameters. `paper` is the one that won
 * in 2012, with local response normalization, on images of 227 × 227: 60,965,224, or 62,378,344 with `groups: 1`.
 *
 * Reference: Krizhevsky, Sutskever, Hinton, "ImageNet classification with deep convolutional neural networks", 2012;
 * Krizhevsky, "One weird trick for parallelizing convolutional neural networks", 2014.
 *
 * @returns a model, [batch, height, width, 3] → logits [batch, classes].
 * @throws TypeError when an option is unknown or out of range.
 *
 * @example
 * const model = alexNet({ variant: 'paper', classes: 10 });
 */
export function alexNet(options: AlexNetOptions = {}): LayersModel {
  checkOptions('alexNet', options, { variants: ['torchvision', 'paper'], counts: ['groups'] });
  if (options.groups !== undefined && options.groups > 2) complain('alexNet', 'groups', '1 or 2', options.groups);
  if (options.variant === 'paper') return paper(options);
  if (options.groups !== undefined) complain('alexNet', 'groups', 'left out, or variant paper', options.groups);
  const network = new Network('alexNet', options, [224, 224, 3], { normalization: 'none' });
  const pool = (x: SymbolicTensor, name: string) => network.maxPool(x, name, { poolSize: 3, strides: 2 });
  let x = network.conv(network.input, 'features.0', 64, 11, { strides: 4, padding: 2 });
  x = network.conv(pool(x, 'features.2'), 'features.3', 192, 5, { padding: 2 });
  x = network.conv(pool(x, 'features.5'), 'features.6', 384, 3, { padding: 1 });
  x = network.conv(x, 'features.8', 256, 3, { padding: 1 });
  x = network.conv(x, 'features.10', 256, 3, { padding: 1 });
  return network.finish(pool(x, 'features.12'), (x) => {
    const fits = x.shape[1] === 6 && x.shape[2] === 6;
    const image = fits ? x : network.join(new AdaptiveAveragePooling2D({ name: 'avgpool', outputSize: 6 }), x);
    const dropped = network.dropout(network.flatten(image), 'classifier.0', 0.5);
    const first = network.dense(dropped, 'classifier.1', 4096, { activation: 'relu' });
    const again = network.dropout(first, 'classifier.3', 0.5);
    const second = network.dense(again, 'classifier.4', 4096, { activation: 'relu' });
    return network.logits(second, 'classifier.6', options.classes ?? 1000);
  });
}

function paper({ groups = 2, ...options }: AlexNetOptions): LayersModel {
  const network = new Network('alexNet', options, [227, 227, 3], { normalization: 'none' });
  const pool = (x: SymbolicTensor, name: string) => network.maxPool(x, name, { poolSize: 3, strides: 2 });
  let x = network.conv(network.input, 'conv1', 96, 11, { strides: 4 });
  x = network.conv(pool(normalized(network, x, 'norm1'), 'pool1'), 'conv2', 256, 5, { padding: 2, groups });
  x = network.conv(pool(normalized(network, x, 'norm2'), 'pool2'), 'conv3', 384, 3, { padding: 1 });
  x = network.conv(x, 'conv4', 384, 3, { padding: 1, groups });
  x = network.conv(x, 'conv5', 256, 3, { padding: 1, groups });
  return network.finish(pool(x, 'pool5'), (x) => largeHead(network, x, options.classes));
}

/**
 * ZFNet, which won in 2013: AlexNet with a first window of 7 × 7 and strides of 2: 62,357,608 parameters.
 *
 * Reference: Zeiler, Fergus, "Visualizing and understanding convolutional networks", 2013.
 *
 * @returns a model, [batch, height, width, 3] → logits [batch, classes].
 * @throws TypeError when an option is unknown or out of range.
 *
 * @example
 * const model = zfNet({ classes: 10 });
 */
export function zfNet(options: ArchitectureOptions = {}): LayersModel {
  checkOptions('zfNet', options, {});
  const network = new Network('zfNet', options, [224, 224, 3], { normalization: 'none' });
  const pool = (x: SymbolicTensor, name: string) =>
    network.maxPool(x, name, { poolSize: 3, strides: 2, ceilMode: true });
  let x = network.conv(network.input, 'conv1', 96, 7, { strides: 2, padding: 1 });
  x = network.conv(normalized(network, pool(x, 'pool1'), 'norm1'), 'conv2', 256, 5, { strides: 2 });
  x = network.conv(normalized(network, pool(x, 'pool2'), 'norm2'), 'conv3', 384, 3, { padding: 1 });
  x = network.conv(x, 'conv4', 384, 3, { padding: 1 });
  x = network.conv(x, 'conv5', 256, 3, { padding: 1 });
  return network.finish(network.maxPool(x, 'pool5', { poolSize: 3, strides: 2 }), (x) =>
    largeHead(network, x, options.classes),
  );
}

/** AlexNet's local response normalization: k = 2, n = 5, α = 10⁻⁴, β = 0.75. */
export const normalized = (network: Network, x: SymbolicTensor, name: string): SymbolicTensor =>
  network.join(new LocalResponseNormalization({ name, k: 2, scaling: 'paper' }), x);

/** Two layers of 4096 units, called as in Caffe. */
function largeHead(network: Network, x: SymbolicTensor, classes = 1000): SymbolicTensor {
  const first = network.dense(network.flatten(x), 'fc6', 4096, { activation: 'relu' });
  const second = network.dense(network.dropout(first, 'drop6', 0.5), 'fc7', 4096, { activation: 'relu' });
  return network.logits(network.dropout(second, 'drop7', 0.5), 'fc8', classes);
}
