import { embeddingLookup } from '@tenonjs/runtime/ops';
import * as tf from '@tensorflow/tfjs-core';
import type { LayerVariable, Shape } from '@tensorflow/tfjs-layers';
import { checkCount } from '../check';
import { registerAs } from '../registerAs';
import { only, onlyShape, TenonLayer } from './layer';
import type { Filled, InitializerArg, LayerArgs, RegularizerArg } from './saved';

export interface EmbeddingArgs extends LayerArgs {
  /** How many rows there are: indices are 0 … inputDim − 1. */
  inputDim: number;
  /** How many numbers a row has. */
  outputDim: number;
  /** Whether index 0 stands for nothing, and is masked for layers that heed masks. Default false. */
  maskZero?: boolean;
  /** Default: uniform numbers, `U(−a, a)` with a variance of 1 / outputDim. */
  embeddingsInitializer?: InitializerArg;
  embeddingsRegularizer?: RegularizerArg;
  /** Of the first weights: an integer in [0, 2⁵³). Default: a hash of the layer's name. */
  seed?: number;
}

/**
 * Looks rows of a table up, [...] → [..., outputDim]. Its gradient adds up the rows that were looked up, where tfjs's own
 * takes as many additions as the table has rows for each index.
 *
 * @throws TypeError when inputDim or outputDim is no positive integer.
 *
 * @example
 * const model = tf.sequential({ layers: [new Embedding({ inputDim: 1000, outputDim: 16, inputShape: [null] })] });
 */
export class Embedding extends TenonLayer<Filled<EmbeddingArgs, 'embeddingsInitializer' | 'embeddingsRegularizer'>> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>Embedding');
  embeddings?: LayerVariable;

  constructor(args: EmbeddingArgs) {
    const { inputDim, outputDim, maskZero = false, embeddingsInitializer, embeddingsRegularizer } = args;
    checkCount('Embedding', 'inputDim', inputDim);
    checkCount('Embedding', 'outputDim', outputDim);
    super(args, { inputDim, outputDim, maskZero, embeddingsInitializer, embeddingsRegularizer });
    this.supportsMasking = maskZero;
  }

  override build(inputShape: Shape | Shape[]): void {
    const { inputDim, outputDim, embeddingsInitializer = 'leCunUniform', embeddingsRegularizer } = this.options;
    this.embeddings = this.addWeights('embeddings', [inputDim, outputDim], {
      initializer: embeddingsInitializer,
      regularizer: embeddingsRegularizer,
      kernelShape: [outputDim, inputDim], // the fan is a row's
    });
    super.build(inputShape);
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const table = (this.embeddings as LayerVariable).read();
    return tf.tidy(() => embeddingLookup(table, tf.cast(only(inputs), 'int32')));
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    return [...onlyShape(inputShape), this.options.outputDim];
  }

  override computeMask(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    if (!this.options.maskZero) return null as unknown as tf.Tensor; // tfjs's word for none
    return tf.tidy(() => tf.notEqual(only(inputs), tf.zerosLike(only(inputs))));
  }
}
