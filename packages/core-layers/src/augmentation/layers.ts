import * as tf from '@tensorflow/tfjs-core';
import type { Shape } from '@tensorflow/tfjs-layers';
import { checkPair } from '../checkInputs';
import { type CallArgs, only, onlyShape } from '../layers/layer';
import { RandomLayer, type RandomLayerArgs } from '../layers/randomLayer';
import { registerAs } from '../registerAs';
import { checkColors } from './adjustColor';
import { affineTransform } from './affineTransform';
import { type ColorJitterOptions, colorJitter, jitterOf } from './colorJitter';
import { type CutoutOptions, cutout, cutoutOf } from './cutout';
import { checkNoise, type GaussianNoiseOptions, gaussianNoise } from './gaussianNoise';
import { affineOf, type RandomAffineOptions, randomAffine } from './randomAffine';
import { cropOf, type RandomCropOptions, randomCrop } from './randomCrop';
import { erasingOf, type RandomErasingOptions, randomErasing } from './randomErasing';
import { flipOf, type RandomFlipOptions, randomFlip } from './randomFlip';
import { type RandomRotationOptions, randomRotation, rotationOf } from './randomRotation';

/** What a layer is given: the op's options, and a seed of its own. */
type Args<Options> = RandomLayerArgs & Omit<Options, 'seed'>;

/** Images changed in training, and handed through otherwise. */
abstract class Augmentation<Options extends { seed: unknown }> extends RandomLayer<Omit<Options, 'seed'>> {
  /**
   * @param names - of the options: what of the arguments is not of every layer.
   * @param check - what the op itself checks its options by.
   */
  constructor(
    args: Args<Options>,
    names: readonly (keyof Omit<Options, 'seed'>)[],
    check: (caller: string, options: Omit<Options, 'seed'>) => unknown,
  ) {
    const options = Object.fromEntries(names.map((name) => [name, args[name as keyof typeof args]]));
    super(args, options as Omit<Options, 'seed'>);
    check(this.title, this.options);
  }

  protected override get rank(): number {
    return 4;
  }

  protected abstract augment(x: tf.Tensor, options: Options): tf.Tensor;

  /** What becomes of images when nothing is trained. */
  protected plain(x: tf.Tensor): tf.Tensor {
    return tf.clone(x);
  }

  override call(inputs: tf.Tensor | tf.Tensor[], kwargs: CallArgs): tf.Tensor {
    const x = only(inputs);
    if (!kwargs.training) return tf.tidy(() => this.plain(x));
    return tf.tidy(() => this.augment(x, { ...this.options, seed: this.seedOf(kwargs) } as unknown as Options));
  }
}

export type RandomCropArgs = Args<RandomCropOptions>;

/** In training {@link randomCrop}; otherwise the piece in the middle. */
export class RandomCrop extends Augmentation<RandomCropOptions> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>RandomCrop');

  constructor(args: RandomCropArgs) {
    super(args, ['size', 'padding', 'fill'], cropOf);
  }

  protected override augment = randomCrop;

  override build(inputShape: Shape | Shape[]): void {
    const [, H, W] = onlyShape(inputShape);
    cropOf(this.title, this.options).room([H ?? Infinity, W ?? Infinity]);
    super.build(inputShape);
  }

  protected override plain(x: tf.Tensor): tf.Tensor {
    const [B, H, W] = x.shape as [number, number, number];
    const [h, w] = checkPair('RandomCrop', 'size', this.options.size);
    if (h === H && w === W) return tf.clone(x);
    // To a whole place: of two middles the one to the upper left.
    const middle = tf.tensor2d([1, 0, -((W - w) % 2) / 2, 0, 1, -((H - h) % 2) / 2], [1, 6]);
    return affineTransform(x, tf.tile(middle, [B, 1]), { size: [h, w], fill: this.options.fill ?? 0 });
  }

  override computeOutputShape(inputShape: Shape | Shape[]): Shape {
    const [B, , , C] = onlyShape(inputShape);
    return [B ?? null, ...checkPair('RandomCrop', 'size', this.options.size), C ?? null];
  }
}

export type RandomFlipArgs = Args<RandomFlipOptions>;

/** In training {@link randomFlip}. */
export class RandomFlip extends Augmentation<RandomFlipOptions> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>RandomFlip');

  constructor(args: RandomFlipArgs = {}) {
    super(args, ['direction', 'probability'], flipOf);
  }

  protected override augment = randomFlip;
}

export type RandomRotationArgs = Args<RandomRotationOptions>;

/** In training {@link randomRotation}. */
export class RandomRotation extends Augmentation<RandomRotationOptions> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>RandomRotation');

  constructor(args: RandomRotationArgs) {
    super(args, ['degrees', 'fill'], rotationOf);
  }

  protected override augment = randomRotation;
}

export type RandomAffineArgs = Args<RandomAffineOptions>;

/** In training {@link randomAffine}. */
export class RandomAffine extends Augmentation<RandomAffineOptions> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>RandomAffine');

  constructor(args: RandomAffineArgs) {
    super(args, ['degrees', 'translate', 'scale', 'shear', 'fill'], affineOf);
  }

  protected override augment = randomAffine;
}

export type ColorJitterArgs = Args<ColorJitterOptions>;

/** In training {@link colorJitter}. */
export class ColorJitter extends Augmentation<ColorJitterOptions> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>ColorJitter');

  constructor(args: ColorJitterArgs = {}) {
    super(args, ['brightness', 'contrast', 'saturation', 'hue'], jitterOf);
  }

  protected override augment = colorJitter;

  override build(inputShape: Shape | Shape[]): void {
    checkColors(this.title, 'input', onlyShape(inputShape));
    super.build(inputShape);
  }
}

export type GaussianNoiseArgs = Args<GaussianNoiseOptions>;

/** In training {@link gaussianNoise}. */
export class GaussianNoise extends Augmentation<GaussianNoiseOptions> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>GaussianNoise');

  constructor(args: GaussianNoiseArgs) {
    super(args, ['std'], checkNoise);
  }

  protected override augment = gaussianNoise;
}

export type CutoutArgs = Args<CutoutOptions>;

/** In training {@link cutout}. */
export class Cutout extends Augmentation<CutoutOptions> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>Cutout');

  constructor(args: CutoutArgs) {
    super(args, ['size', 'fill', 'probability'], cutoutOf);
  }

  protected override augment = cutout;
}

export type RandomErasingArgs = Args<RandomErasingOptions>;

/** In training {@link randomErasing}. */
export class RandomErasing extends Augmentation<RandomErasingOptions> {
  static readonly className: string = /* @__PURE__ */ registerAs(() => this, 'Tenon>RandomErasing');

  constructor(args: RandomErasingArgs = {}) {
    super(args, ['probability', 'scale', 'ratio', 'fill'], erasingOf);
  }

  protected override augment = randomErasing;
}
