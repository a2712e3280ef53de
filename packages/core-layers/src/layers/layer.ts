import { deriveSeed, type Seed } from '@tenonjs/runtime';
import * as tf from '@tensorflow/tfjs-core';
import { type LayerVariable, layers, type Shape, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { complain } from '../check';
import { SeededInitializer } from '../initializers/initializer';
import { type InitializerArg, type LayerArgs, type RegularizerArg, toInitializer, toObject, toSaved } from './saved';

/** What a model hands to each of its layers. */
export interface CallArgs {
  training?: boolean;
  /** The step's, for layers that draw: a number or a key on the device. */
  seed?: Seed | undefined;
}

/** Weights that a layer adds: what they begin with, and by what they are regularized. */
export interface WeightArgs {
  initializer: InitializerArg;
  regularizer?: RegularizerArg | undefined;
  trainable?: boolean;
  /** The kernel whose fans scale a bias. */
  kernelShape?: number[];
}

/** A constant and no property: so a bundler sees that nothing happens where a class is not used. */
const Layer = /* @__PURE__ */ (() => layers.Layer)();

type Input = tf.Tensor | SymbolicTensor;

/** How many layers of each class have been named. */
const counts = new Map<string, number>();

/**
 * What the layers of this package have in common. They are registered as `Tenon>Name`, so that none takes the place of one
 * of `tf.layers`; they are called as in Keras, `batch_normalization_1`; their options are their config.
 */
export abstract class TenonLayer<Options extends object = object> extends Layer {
  /** Without defaults left out: what `getConfig` saves. */
  protected readonly options: Options;
  /** Of its first values and of what it draws: given, or a hash of its name. */
  protected readonly ownSeed: number;

  private readonly givenSeed: number | undefined;

  constructor(args: LayerArgs & { seed?: number }, options: Options) {
    const className = (new.target as unknown as { className: string }).className;
    const { seed } = args;
    if (seed !== undefined && !(Number.isSafeInteger(seed) && seed >= 0)) {
      complain(className.replace('Tenon>', ''), 'seed', 'an integer in [0, 2^53)', seed);
    }
    super({ ...args, name: args.name ?? nextName(className) });
    this.options = options;
    this.ownSeed = args.seed ?? hashOf(this.name);
    this.givenSeed = args.seed;
  }

  /** The class's name without the package's: what error messages begin with. */
  protected get title(): string {
    return this.getClassName().replace('Tenon>', '');
  }

  /** How many dimensions every input has, where it does not matter how many: undefined. */
  protected get rank(): number | undefined {
    return undefined;
  }

  protected override assertInputCompatibility(inputs: Input | Input[]): void {
    super.assertInputCompatibility(inputs as tf.Tensor[]);
    const { rank } = this;
    for (const { shape } of [inputs].flat()) {
      if (rank === undefined || shape.length === rank) continue;
      complain(this.title, 'input', `of ${rank} dimensions, the batch first`, shape);
    }
  }

  /** Adds weights; an initializer without a seed takes one of the layer's and of the weights' name. */
  protected addWeights(name: string, shape: number[], args: WeightArgs): LayerVariable {
    const { initializer, regularizer, trainable = true, kernelShape = shape } = args;
    const made = toInitializer(this.title, `${name}Initializer`, initializer);
    const seed = deriveSeed(this.ownSeed, hashOf(name));
    const seeded = made instanceof SeededInitializer ? made.within({ seed, kernelShape }) : made;
    const sound = regularizer && toObject(this.title, `${name}Regularizer`, regularizer);
    return this.addWeight(name, shape, 'float32', seeded, sound, trainable);
  }

  /** The last size of a shape, which must be known. */
  protected channelsOf(shape: Shape): number {
    return shape.at(-1) ?? complain(this.title, 'input', 'of known channels, its last dimension', shape);
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape | Shape[] {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    const options = Object.entries({ ...this.options, seed: this.givenSeed }).filter(
      ([, value]) => value !== undefined,
    );
    const saved = options.map(([key, value]) => [key, isSerializable(value) ? toSaved(value) : value]);
    return { ...super.getConfig(), ...Object.fromEntries(saved) };
  }
}

const isSerializable = (value: unknown): value is tf.serialization.Serializable =>
  typeof value === 'object' && value instanceof tf.serialization.Serializable;

/** The only input of a layer. */
export function only(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
  return Array.isArray(inputs) ? (inputs[0] as tf.Tensor) : inputs;
}

/** The shape of the only input. */
export function onlyShape(shape: Shape | Shape[]): Shape {
  return Array.isArray(shape[0]) ? (shape[0] as Shape) : (shape as Shape);
}

/** `Tenon>BatchNormalization` → `batch_normalization_1`, then `_2`, … */
function nextName(className: string): string {
  const base = className
    .replace('Tenon>', '')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase();
  const count = (counts.get(base) ?? 0) + 1;
  counts.set(base, count);
  return `${base}_${count}`;
}

/** FNV-1a: 32 bits of a name. */
export function hashOf(name: string): number {
  let hash = 0x811c9dc5;
  for (const character of name) hash = Math.imul(hash ^ (character.codePointAt(0) as number), 0x01000193);
  return hash >>> 0;
}
