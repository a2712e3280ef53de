import * as tf from '@tensorflow/tfjs-core';
import { type LayersModel, model as modelOf, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { SIDE } from '../../digits/shape';
import type { Built } from './buildModel';

/** Small square images of the same size, with signs. */
export interface Maps {
  /** [side, side, count], row by row. */
  values: Float32Array<ArrayBuffer>;
  side: number;
  count: number;
}

/** What a model makes of one digit. */
export interface Insight {
  /** What comes out of the stage that is looked into. */
  maps: Maps;
  /** Of each kind. */
  probabilities: Float32Array<ArrayBuffer>;
}

/** Looks into a model: the outputs of its stages for one digit at a time. */
export class Viewer {
  readonly #built: Built;
  readonly #parts = new Map<number, LayersModel>();

  constructor(built: Built) {
    this.#built = built;
  }

  /**
   * @param image - [28, 28], 0 … 1.
   * @param stage - 0 the digit itself, then each block, and the logits last; beyond, the last.
   */
  async look(image: Float32Array, stage: number): Promise<Insight> {
    const [output, odds] = tf.tidy(() => {
      const x = tf.tensor4d(image, [1, SIDE, SIDE, 1]);
      const [output, logits] = [this.#partAt(stage).apply(x, { training: false })].flat() as tf.Tensor[];
      return [tf.squeeze(output as tf.Tensor, [0]), tf.softmax(logits ?? (output as tf.Tensor))] as const;
    });
    const [side, count] = output.rank === 3 ? [output.shape[0] as number, output.shape[2] as number] : [1, output.size];
    const [values, probabilities] = (await Promise.all([output.data(), odds.data()])) as [Floats, Floats];
    tf.dispose([output, odds]);
    return { maps: { values: values.slice(), side, count }, probabilities: probabilities.slice() };
  }

  /** The model up to a stage, and with the logits beside it; it shares all weights. */
  #partAt(stage: number): LayersModel {
    const { stages, model } = this.#built;
    const at = Math.min(stage, stages.length - 1);
    const part = this.#parts.get(at) ?? modelOf({ inputs: model.inputs, outputs: outputsAt(stages, at) });
    this.#parts.set(at, part);
    return part;
  }
}

type Floats = Float32Array<ArrayBuffer>;

const outputsAt = (stages: readonly SymbolicTensor[], at: number): SymbolicTensor[] =>
  [...new Set([stages[at], stages.at(-1)])] as SymbolicTensor[];

/**
 * The first weights that look at the digit: kernels of the first convolution; or, where rows of numbers are all that is
 * weighed, a template for each unit of the first dense layer.
 */
export async function firstFilters({ model }: Built): Promise<Maps> {
  const kernel = model.layers
    .flatMap((layer) => layer.weights)
    .find(({ shape, name }) => /(^|\/)kernel/.test(name) && (shape.length === 4 || shape.length === 2));
  if (kernel === undefined) throw new Error('firstFilters: the model must have weights');
  const values = ((await kernel.read().data()) as Floats).slice();
  const count = kernel.shape.at(-1) as number;
  // A convolution's kernel is [k, k, 1, filters]: digits have one channel. A dense kernel is [k · k, units].
  const side =
    kernel.shape.length === 4 ? (kernel.shape[0] as number) : Math.round(Math.sqrt(kernel.shape[0] as number));
  return { values, side, count };
}
