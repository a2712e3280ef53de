import type { Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { complain } from './check';

/** What a model's output is held against: a scalar for a batch, the smaller the better. */
export type ModelLoss = (yTrue: tf.Tensor, yPred: tf.Tensor) => tf.Tensor;

/** Rows for each input and each output of a model. */
export interface ModelBatch {
  /** One tensor, or one for each input. */
  x: tf.Tensor | tf.Tensor[];
  /** One for each output; a single tensor is what all outputs are held against, as those of auxiliary heads. */
  y?: tf.Tensor | tf.Tensor[];
}

/** Where in a run a loss is computed: what `fit` of @tenonjs/training hands to it. */
export interface ModelStep {
  /** The step's, for layers that draw. Without one they count their calls. */
  seed?: Seed;
  /** Whether something is learnt from the batch. Default true. */
  training?: boolean;
}

/** A model with a loss, as `fit` of @tenonjs/training takes it. */
export interface TrainableModel {
  readonly model: LayersModel;
  /** Those of layers that are trainable now. */
  readonly trainableVariables: tf.Variable[];
  /** Σ weight · loss over all outputs, and in training the regularizers of the layers. */
  loss(batch: ModelBatch, step?: ModelStep): tf.Scalar;
}

export interface TrainableModelOptions {
  /** How much the loss of each output counts; auxiliary heads have less than 1. Default 1 for each. */
  lossWeights?: readonly number[];
}

/**
 * Makes a model of `tf.layers` something that `fit` of @tenonjs/training trains. Its layers get the step's seed, so that a
 * run repeats, and on WebGPU a step is captured where all layers allow it: those of this package do, and those of tfjs that
 * neither draw nor keep statistics.
 *
 * @param model - a `tf.LayersModel`, one or several inputs and outputs.
 * @param loss - of each output; a single one is that of all.
 * @throws TypeError when there are not as many losses or weights as outputs.
 *
 * @example
 * const trainable = trainableModel(model, (labels, logits) => categoricalCrossentropy(labels, logits, { fromLogits: true }));
 * await fit(trainable, { x, y }, { optimizer: adam(), epochs: 5, batchSize: 64, seed: 1 });
 */
export function trainableModel(
  model: LayersModel,
  loss: ModelLoss | readonly ModelLoss[],
  { lossWeights }: TrainableModelOptions = {},
): TrainableModel {
  const outputs = model.outputs.length;
  if (![loss].flat().every((each) => typeof each === 'function')) {
    complain('trainableModel', 'loss', 'a function (yTrue, yPred) => scalar, or one for each output', `${loss}`);
  }
  const losses = typeof loss === 'function' ? Array<ModelLoss>(outputs).fill(loss) : loss;
  const weights = lossWeights ?? losses.map(() => 1);
  if (losses.length !== outputs) complain('trainableModel', 'loss', `one, or ${outputs} of them`, losses.length);
  if (weights.length !== outputs || !weights.every(Number.isFinite)) {
    complain('trainableModel', 'lossWeights', `${outputs} finite numbers`, weights);
  }
  return {
    model,
    get trainableVariables() {
      return model.trainableWeights.map((weight) => weight.read() as tf.Variable);
    },
    loss({ x, y }, { seed, training = true } = {}) {
      if (y === undefined) return complain('trainableModel', 'y', 'given with each batch', 'none');
      const targets = Array.isArray(y) ? y : losses.map(() => y);
      if (targets.length !== outputs) complain('trainableModel', 'y', `one tensor, or ${outputs}`, targets.length);
      return tf.tidy(() => {
        const predicted = [model.apply(x, { training, seed })].flat() as tf.Tensor[];
        const terms = predicted.map((output, i) => {
          const value = (losses[i] as ModelLoss)(targets[i] as tf.Tensor, output);
          if (value.size !== 1) complain('trainableModel', 'loss', 'a scalar', `shape [${value.shape}]`);
          return tf.mul(tf.reshape(value, []), weights[i] as number);
        });
        return tf.addN([...terms, ...(training ? model.calculateLosses() : [])]) as tf.Scalar;
      });
    },
  };
}
