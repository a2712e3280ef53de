import type * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import type { IterationOptions } from '../iterate';
import type { LayerTarget } from '../model/target';

/** What the suite asks of a method; each takes of it what it has. */
export interface Asked extends IterationOptions {
  seed: number;
  target?: number | number[] | LayerTarget;
  layer?: string;
  onStep?(): void;
}

/** A method as the contract suite sees it. */
export interface Registered {
  run(model: LayersModel, image: tf.Tensor, asked: Asked): Tensors | Promise<Tensors>;
  /** The shape of each result for an image [8, 8, 2], without the batch. */
  shapes: Record<string, number[]>;
  /** It takes an image, and with a batch gives each image's own. Default: true. */
  takesImage?: boolean;
  /** It takes one image alone. */
  single?: boolean;
  /** It takes a target. Default: true. */
  takesTarget?: boolean;
  /** It takes a layer, by its own option or in a target. */
  takesLayer?: boolean;
  /** It draws numbers. */
  seeded?: boolean;
  /** It goes step by step: so many for one image. */
  steps?: number;
  /** How far backends may differ. Default: 1e-4. */
  tolerance?: number;
}

export type Tensors = Record<string, tf.Tensor>;
