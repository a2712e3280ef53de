import { input, type LayersModel, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { AbsoluteDifference } from '../layers/absoluteDifference';
import { Network } from './network';
import { type ArchitectureOptions, checkOptions } from './options';

export type SiameseOptions = Omit<ArchitectureOptions, 'classes' | 'pooling'>;

/**
 * The siamese network for one-shot recognition: whether two images show the same, from the distances of their embeddings.
 * 38,951,745 parameters on images of 105 × 105.
 *
 * `logit = w · |e(a) − e(b)| + c`
 *
 * Reference: Koch, Zemel, Salakhutdinov, "Siamese neural networks for one-shot image recognition", 2015.
 *
 * @returns a model of two inputs, both [batch, height, width, 1], that gives a logit [batch, 1], for a sigmoid; without the
 *   top its embedding, one input → [batch, 4096], also `model.getLayer('embedding')`.
 * @throws TypeError when an option is unknown or out of range.
 *
 * @example
 * const logits = siamese().predict([drawings, others]);
 */
export function siamese(options: SiameseOptions = {}): LayersModel {
  checkOptions('siamese', options, { without: ['classes', 'pooling'] });
  const network = new Network('embedding', { ...options, includeTop: true }, [105, 105, 1], { normalization: 'none' });
  const pool = (x: SymbolicTensor, name: string) => network.maxPool(x, name, { poolSize: 2 });
  let x = pool(network.conv(network.input, 'conv1', 64, 10), 'pool1');
  x = pool(network.conv(x, 'conv2', 128, 7), 'pool2');
  x = pool(network.conv(x, 'conv3', 128, 4), 'pool3');
  x = network.conv(x, 'conv4', 256, 4);
  const embedding = network.finish(x, (x) => network.dense(network.flatten(x), 'dense', 4096, { activation: 'sigmoid' }));
  if (options.includeTop === false) return embedding;

  const images = ['first', 'second'].map((name) => input({ shape: [...network.inputShape], name }));
  const embedded = images.map((image) => embedding.apply(image) as SymbolicTensor);
  const distances = network.join(new AbsoluteDifference({ name: 'distances' }), embedded);
  const whole = model({ name: 'siamese', inputs: images, outputs: network.logits(distances, 'fc', 1) });
  embedding.dispose(); // It lives as long as the whole, which has counted it.
  return whole;
}
