import { deriveSeed } from '@tenonjs/runtime';
import { input, type LayersModel, model, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { complain } from '../check';
import { AbsoluteDifference } from '../layers/absoluteDifference';
import { Network } from './network';
import { type ArchitectureOptions, checkOptions } from './options';

export interface SiameseOptions extends Omit<ArchitectureOptions, 'classes' | 'pooling'> {
  /** What embeds each image, [batch, D], in place of the paper's convolutions: a model of one input. */
  twin?: LayersModel;
}

/**
 * The siamese network for one-shot recognition: whether two images show the same, from the distances of their embeddings.
 * 38,951,745 parameters on images of 105 × 105.
 *
 * `logit = w · |e(a) − e(b)| + c`
 *
 * Reference: Koch, Zemel, Salakhutdinov, "Siamese neural networks for one-shot image recognition", 2015.
 *
 * @returns a model of two inputs, both [batch, height, width, 1], that gives a logit [batch, 1], for a sigmoid; without the
 *   top its embedding, one input → [batch, 4096], also `model.getLayer('embedding')`, or by the name of the twin.
 * @throws TypeError when an option is unknown or out of range.
 *
 * @example
 * const logits = siamese().predict([drawings, others]);
 * const small = siamese({ twin: smallResNet({ includeTop: false, pooling: 'avg' }) }); // for images of 28 × 28
 */
export function siamese(options: SiameseOptions = {}): LayersModel {
  const { twin, ...rest } = options;
  checkOptions('siamese', rest, { without: ['classes', 'pooling'] });
  if (twin === undefined) {
    const embedding = kochEmbedding(rest);
    if (options.includeTop === false) return embedding;
    const whole = pairOf(embedding, rest);
    embedding.dispose(); // It lives as long as the whole, which has counted it.
    return whole;
  }
  if (rest.inputShape !== undefined) complain('siamese', 'inputShape', "left out: it is the twin's", rest.inputShape);
  if (rest.includeTop === false) complain('siamese', 'includeTop', 'true: without it there is but the twin', 'false');
  const [inputs, outputs] = [twin.inputs.length, twin.outputs.length];
  if (inputs !== 1 || outputs !== 1) {
    complain('siamese', 'twin', 'a model of one input and one output', `${inputs} and ${outputs}`);
  }
  const shape = twin.outputs[0]?.shape;
  if (shape?.length !== 2)
    complain('siamese', 'twin', 'a model that gives [batch, D]', `[${shape}]; pool its features`);
  return pairOf(twin, rest);
}

/** The paper's embedding. */
function kochEmbedding(options: ArchitectureOptions): LayersModel {
  const network = new Network('embedding', { ...options, includeTop: true }, [105, 105, 1], { normalization: 'none' });
  const pool = (x: SymbolicTensor, name: string) => network.maxPool(x, name, { poolSize: 2 });
  let x = pool(network.conv(network.input, 'conv1', 64, 10), 'pool1');
  x = pool(network.conv(x, 'conv2', 128, 7), 'pool2');
  x = pool(network.conv(x, 'conv3', 128, 4), 'pool3');
  x = network.conv(x, 'conv4', 256, 4);
  return network.finish(x, (x) => network.dense(network.flatten(x), 'dense', 4096, { activation: 'sigmoid' }));
}

/** Of the run's seed: the head's part, that no layer of an embedding takes. */
const HEAD = 1000;

/** Two images, each embedded by the same network, and what their distance says. */
function pairOf(embedding: LayersModel, options: ArchitectureOptions): LayersModel {
  const shape = embedding.inputs[0]?.shape.slice(1) as [number, number, number];
  const { seed } = options;
  const network = new Network(
    'siamese',
    seed === undefined ? options : { ...options, seed: deriveSeed(seed, HEAD) },
    shape,
  );
  const images = ['first', 'second'].map((name) => input({ shape, name }));
  const embedded = images.map((image) => embedding.apply(image) as SymbolicTensor);
  const distances = network.join(new AbsoluteDifference({ name: 'distances' }), embedded);
  return model({ name: 'siamese', inputs: images, outputs: network.logits(distances, 'fc', 1) });
}
