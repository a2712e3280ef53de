import type { LayersModel, SymbolicTensor } from '@tensorflow/tfjs-layers';
import { AdaptiveAveragePooling2D } from '../layers/adaptiveAveragePooling2D';
import { Network } from './network';
import { type ArchitectureOptions, checkOptions, type VariantOptions } from './options';

/** Channels of the convolutions, and where the image is halved. */
type Plan = readonly (number | 'pool')[];

const stage = (count: number, channels: number): Plan => [...Array<number>(count).fill(channels), 'pool'];

/** Convolutions of 3 × 3 and pools, numbered as in torchvision's sequence, where activations count, too. */
function features(network: Network, plan: Plan, normalized: boolean): SymbolicTensor {
  let index = 0;
  return plan.reduce<SymbolicTensor>((x, step) => {
    const name = `features.${index}`;
    if (step === 'pool') {
      index += 1;
      return network.maxPool(x, name, { poolSize: 2 });
    }
    index += normalized ? 3 : 2;
    return network.conv(x, name, step, 3, { padding: 1 });
  }, network.input);
}

function vgg(title: string, plan: Plan, options: VariantOptions): LayersModel {
  checkOptions(title, options, { variants: ['torchvision', 'paper'] });
  const network = new Network(title, options, [224, 224, 3], { normalization: 'none' });
  return network.finish(features(network, plan, false), (x) => {
    const fits = x.shape[1] === 7 && x.shape[2] === 7;
    const image = fits ? x : network.join(new AdaptiveAveragePooling2D({ name: 'avgpool', outputSize: 7 }), x);
    const first = network.dense(network.flatten(image), 'classifier.0', 4096, { activation: 'relu' });
    const second = network.dense(network.dropout(first, 'classifier.2', 0.5), 'classifier.3', 4096, {
      activation: 'relu',
    });
    return network.logits(network.dropout(second, 'classifier.5', 0.5), 'classifier.6', options.classes ?? 1000);
  });
}

/**
 * VGG-16: 138,357,544 parameters in both variants, which are the same. Images of other sizes than 224 × 224 are pooled to
 * 7 × 7 places before the head, as in torchvision.
 *
 * Reference: Simonyan, Zisserman, "Very deep convolutional networks for large-scale image recognition", 2014.
 *
 * @returns a model, [batch, height, width, 3] → logits [batch, classes].
 * @throws TypeError when an option is unknown or out of range.
 *
 * @example
 * const features = vgg16({ includeTop: false }); // [batch, 224, 224, 3] → [batch, 7, 7, 512]
 */
export const vgg16 = (options: VariantOptions = {}): LayersModel =>
  vgg('vgg16', [...stage(2, 64), ...stage(2, 128), ...stage(3, 256), ...stage(3, 512), ...stage(3, 512)], options);

/** VGG-19: 143,667,240 parameters. See {@link vgg16}. */
export const vgg19 = (options: VariantOptions = {}): LayersModel =>
  vgg('vgg19', [...stage(2, 64), ...stage(2, 128), ...stage(4, 256), ...stage(4, 512), ...stage(4, 512)], options);

/**
 * A VGG for images of 28 × 28 or 32 × 32: three stages of two convolutions of 32, 64 and 128 channels, with batch
 * normalization, and a head of 256 units.
 *
 * Reference: Simonyan, Zisserman, "Very deep convolutional networks for large-scale image recognition", 2014.
 *
 * @returns a model, [batch, 28, 28, 1] → logits [batch, 10], unless options say otherwise.
 * @throws TypeError when an option is unknown or out of range.
 *
 * @example
 * const model = smallVgg({ inputShape: [32, 32, 3], classes: 10 });
 */
export function smallVgg(options: ArchitectureOptions = {}): LayersModel {
  checkOptions('smallVgg', options, {});
  const network = new Network('smallVgg', options, [28, 28, 1], { useBias: true });
  const plan = [...stage(2, 32), ...stage(2, 64), ...stage(2, 128)];
  return network.finish(features(network, plan, true), (x) => {
    const hidden = network.dense(network.flatten(x), 'classifier.0', 256, { activation: 'relu' });
    return network.logits(network.dropout(hidden, 'classifier.2', 0.5), 'classifier.3', options.classes ?? 10);
  });
}
