import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import type { BlockOptions } from '../blocks/block';
import {
  inceptionBlockA,
  inceptionBlockB,
  inceptionBlockC,
  inceptionBlockD,
  inceptionBlockE,
} from '../blocks/inceptionV3';
import type { AuxiliaryOptions } from './googLeNet';
import { Network } from './network';
import { checkOptions } from './options';

/**
 * Inception-v3, on images of 299 × 299: 23,834,568 parameters, 27,161,264 with the auxiliary head. `paper` is Keras's,
 * without gammas, and with means that do not count the zeros around an image: 23,817,352, and with the running statistics
 * Keras's 23,851,784.
 *
 * torchvision's own weights want images normalized to [−1, 1] (`transform_input`), as Keras's do: see {@link googLeNet}.
 *
 * Reference: Szegedy et al., "Rethinking the inception architecture for computer vision", 2015.
 *
 * @returns a model, [batch, height, width, 3] → logits [batch, classes]; with the auxiliary head those of `AuxLogits` are
 *   the second output.
 * @throws TypeError when an option is unknown or out of range.
 *
 * @example
 * const model = inceptionV3({ classes: 10, inputShape: [139, 139, 3] });
 */
export function inceptionV3(options: AuxiliaryOptions = {}): LayersModel {
  checkOptions('inceptionV3', options, { variants: ['torchvision', 'paper'], auxiliary: true });
  const paper = options.variant === 'paper';
  const statistics: BlockOptions = paper ? { scale: false, momentum: 0.99, unbiased: false } : {};
  const network = new Network('inceptionV3', options, [299, 299, 3], { epsilon: 0.001, ...statistics });
  const of = (name: string) => ({ ...network.block(name), countIncludePad: !paper });

  let x = network.conv(network.input, 'Conv2d_1a_3x3.conv', 32, 3, { strides: 2 });
  x = network.conv(x, 'Conv2d_2a_3x3.conv', 32, 3);
  x = network.conv(x, 'Conv2d_2b_3x3.conv', 64, 3, { padding: 1 });
  x = network.maxPool(x, 'maxpool1', { poolSize: 3, strides: 2 });
  x = network.conv(x, 'Conv2d_3b_1x1.conv', 80, 1);
  x = network.conv(x, 'Conv2d_4a_3x3.conv', 192, 3);
  x = network.maxPool(x, 'maxpool2', { poolSize: 3, strides: 2 });
  x = inceptionBlockA(x, { ...of('Mixed_5b'), filtersPool: 32 });
  x = inceptionBlockA(x, { ...of('Mixed_5c'), filtersPool: 64 });
  x = inceptionBlockA(x, { ...of('Mixed_5d'), filtersPool: 64 });
  x = inceptionBlockB(x, network.block('Mixed_6a'));
  x = inceptionBlockC(x, { ...of('Mixed_6b'), filters7x7: 128 });
  x = inceptionBlockC(x, { ...of('Mixed_6c'), filters7x7: 160 });
  x = inceptionBlockC(x, { ...of('Mixed_6d'), filters7x7: 160 });
  const middle = inceptionBlockC(x, { ...of('Mixed_6e'), filters7x7: 192 });
  x = inceptionBlockD(middle, network.block('Mixed_7a'));
  x = inceptionBlockE(x, of('Mixed_7b'));
  x = inceptionBlockE(x, of('Mixed_7c'));

  const { classes = 1000, auxiliary = false } = options;
  return network.finish(x, (x) => {
    const dropped = network.dropout(network.globalAveragePool(x), 'dropout', 0.5);
    const logits = network.logits(dropped, 'fc', classes);
    return auxiliary ? [logits, head(network, middle, classes)] : logits;
  });
}

function head(network: Network, x: SymbolicTensor, classes: number): SymbolicTensor {
  const pooled = network.averagePool(x, 'AuxLogits.pool', { poolSize: 5, strides: 3 });
  const reduced = network.conv(pooled, 'AuxLogits.conv0.conv', 128, 1);
  const seen = network.conv(reduced, 'AuxLogits.conv1.conv', 768, 5);
  return network.logits(network.globalAveragePool(seen, 'AuxLogits.avgpool'), 'AuxLogits.fc', classes);
}
