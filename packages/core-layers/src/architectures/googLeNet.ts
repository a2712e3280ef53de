import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { BlockOptions } from '../blocks/block';
import { inceptionBlock } from '../blocks/inception';
import { AdaptiveAveragePooling2D } from '../layers/adaptiveAveragePooling2D';
import { normalized } from './alexNet';
import { Network } from './network';
import { type ArchitectureOptions, checkOptions, type VariantOptions } from './options';

export interface AuxiliaryOptions extends VariantOptions {
  /** Whether the auxiliary heads are there, which help deep networks to learn: outputs after the logits. Default false. */
  auxiliary?: boolean;
}

/** Channels of a block: 1 × 1; reduced and 3 × 3; reduced and 5 × 5; after the pool. */
type Channels = readonly [number, number, number, number, number, number];

const block = (network: Network, x: SymbolicTensor, name: string, channels: Channels, largeKernel: 3 | 5) => {
  const [filters1x1, reduce3x3, filters3x3, reduce5x5, filters5x5, filtersPool] = channels;
  const filters = { filters1x1, reduce3x3, filters3x3, reduce5x5, filters5x5, filtersPool };
  return inceptionBlock(x, { ...network.block(name), ...filters, largeKernel });
};

/**
 * GoogLeNet (Inception-v1). `torchvision` has batch normalization, and 3 × 3 where the paper has 5 × 5: 6,624,904
 * parameters, 13,004,888 with the auxiliary heads. `paper` has biases and local response normalization: 6,998,552, or
 * 13,378,280.
 *
 * torchvision's own weights are for inputs `x · 0.458 − 0.030`, `x · 0.448 − 0.088`, `x · 0.450 − 0.188` of the images'
 * channels normalized as for its other networks (`transform_input`): such weights want images normalized to [−1, 1].
 *
 * Reference: Szegedy et al., "Going deeper with convolutions", 2014.
 *
 * @returns a model, [batch, height, width, 3] → logits [batch, classes]; with auxiliary heads those of `aux1` and `aux2`
 *   are the second and third output.
 * @throws TypeError when an option is unknown or out of range.
 *
 * @example
 * const model = googLeNet({ classes: 10, auxiliary: true }); // three outputs
 */
export function googLeNet(options: AuxiliaryOptions = {}): LayersModel {
  checkOptions('googLeNet', options, { variants: ['torchvision', 'paper'], auxiliary: true });
  const paper = options.variant === 'paper';
  const common: BlockOptions = paper ? { normalization: 'none' } : { epsilon: 0.001 };
  const network = new Network('googLeNet', options, [224, 224, 3], common);
  const inception = (x: SymbolicTensor, name: string, ...channels: Channels) =>
    block(network, x, name, channels, paper ? 5 : 3);
  const pool = (x: SymbolicTensor, name: string, poolSize = 3) =>
    network.maxPool(x, name, { poolSize, strides: 2, ceilMode: true });
  const norm = (x: SymbolicTensor, name: string) => (paper ? normalized(network, x, name) : x);

  let x = pool(network.conv(network.input, 'conv1.conv', 64, 7, { strides: 2, padding: 3 }), 'maxpool1');
  x = network.conv(norm(x, 'norm1'), 'conv2.conv', 64, 1);
  x = pool(norm(network.conv(x, 'conv3.conv', 192, 3, { padding: 1 }), 'norm2'), 'maxpool2');
  x = inception(x, 'inception3a', 64, 96, 128, 16, 32, 32);
  x = inception(x, 'inception3b', 128, 128, 192, 32, 96, 64);
  const first = inception(pool(x, 'maxpool3'), 'inception4a', 192, 96, 208, 16, 48, 64);
  x = inception(first, 'inception4b', 160, 112, 224, 24, 64, 64);
  x = inception(x, 'inception4c', 128, 128, 256, 24, 64, 64);
  const second = inception(x, 'inception4d', 112, 144, 288, 32, 64, 64);
  x = inception(second, 'inception4e', 256, 160, 320, 32, 128, 128);
  x = inception(pool(x, 'maxpool4', 2), 'inception5a', 256, 160, 320, 32, 128, 128);
  x = inception(x, 'inception5b', 384, 192, 384, 48, 128, 128);

  const { classes = 1000, auxiliary = false } = options;
  return network.finish(x, (x) => {
    const dropped = network.dropout(network.globalAveragePool(x), 'dropout', paper ? 0.4 : 0.2);
    const logits = network.logits(dropped, 'fc', classes);
    if (!auxiliary) return logits;
    return [logits, head(network, first, 'aux1', classes, paper), head(network, second, 'aux2', classes, paper)];
  });
}

/** An auxiliary head on 4 × 4 places: the paper's windows of 5 × 5, or as many as it takes. */
function head(network: Network, x: SymbolicTensor, name: string, classes: number, paper: boolean): SymbolicTensor {
  const pooled = paper
    ? network.averagePool(x, `${name}.pool`, { poolSize: 5, strides: 3 })
    : network.join(new AdaptiveAveragePooling2D({ name: `${name}.pool`, outputSize: 4 }), x);
  const reduced = network.conv(pooled, `${name}.conv.conv`, 128, 1);
  const hidden = network.dense(network.flatten(reduced, `${name}.flatten`), `${name}.fc1`, 1024, {
    activation: 'relu',
  });
  return network.logits(network.dropout(hidden, `${name}.dropout`, 0.7), `${name}.fc2`, classes);
}

/**
 * An inception network for images of 28 × 28 or 32 × 32: three of GoogLeNet's blocks, as torchvision has them, with
 * 64, 112 and 160 channels.
 *
 * Reference: Szegedy et al., "Going deeper with convolutions", 2014.
 *
 * @returns a model, [batch, 28, 28, 1] → logits [batch, 10], unless options say otherwise.
 * @throws TypeError when an option is unknown or out of range.
 *
 * @example
 * const model = smallInception({ inputShape: [32, 32, 3], classes: 10 });
 */
export function smallInception(options: ArchitectureOptions = {}): LayersModel {
  checkOptions('smallInception', options, {});
  const network = new Network('smallInception', options, [28, 28, 1], { epsilon: 0.001 });
  const stem = network.conv(network.input, 'conv1.conv', 32, 3, { padding: 1 });
  let x = network.maxPool(stem, 'maxpool1', { poolSize: 2 });
  x = block(network, x, 'inception2a', [16, 16, 32, 8, 8, 8], 3);
  x = block(network, x, 'inception2b', [32, 32, 48, 8, 16, 16], 3);
  x = network.maxPool(x, 'maxpool2', { poolSize: 3, strides: 2, ceilMode: true });
  x = block(network, x, 'inception3a', [48, 32, 64, 8, 24, 24], 3);
  return network.finish(x, (x) => {
    const dropped = network.dropout(network.globalAveragePool(x), 'dropout', 0.2);
    return network.logits(dropped, 'fc', options.classes ?? 10);
  });
}
