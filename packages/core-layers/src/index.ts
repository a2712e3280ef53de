export { adjustColor } from './augmentation/adjustColor';
export { type AffineTransformOptions, affineTransform } from './augmentation/affineTransform';
export { type ColorJitterOptions, colorJitter } from './augmentation/colorJitter';
export { cutmix } from './augmentation/cutmix';
export { type CutoutOptions, cutout } from './augmentation/cutout';
export { type GaussianNoiseOptions, gaussianNoise } from './augmentation/gaussianNoise';
export {
  ColorJitter,
  type ColorJitterArgs,
  Cutout,
  type CutoutArgs,
  GaussianNoise,
  type GaussianNoiseArgs,
  RandomAffine,
  type RandomAffineArgs,
  RandomCrop,
  type RandomCropArgs,
  RandomErasing,
  type RandomErasingArgs,
  RandomFlip,
  type RandomFlipArgs,
  RandomRotation,
  type RandomRotationArgs,
} from './augmentation/layers';
export type { Batch, MixOptions } from './augmentation/mixing';
export { mixup } from './augmentation/mixup';
export { type RandomAffineOptions, randomAffine } from './augmentation/randomAffine';
export { type RandomCropOptions, randomCrop } from './augmentation/randomCrop';
export { type RandomErasingOptions, randomErasing } from './augmentation/randomErasing';
export { type RandomFlipOptions, randomFlip } from './augmentation/randomFlip';
export { type RandomRotationOptions, randomRotation } from './augmentation/randomRotation';
export type { BlockOptions } from './blocks/block';
export {
  type FactorizedConv2dOptions,
  factorizedConv2d,
  type PointwiseConv2dOptions,
  pointwiseConv2d,
} from './blocks/convolutions';
export {
  type InceptionOptions,
  inceptionBlock,
  type NaiveInceptionOptions,
  naiveInceptionBlock,
} from './blocks/inception';
export {
  type InceptionAOptions,
  type InceptionCOptions,
  inceptionBlockA,
  inceptionBlockB,
  inceptionBlockC,
  inceptionBlockD,
  inceptionBlockE,
} from './blocks/inceptionV3';
export { type BottleneckOptions, bottleneckBlock, type ResidualOptions, residualBlock } from './blocks/residual';
export {
  glorotNormal,
  glorotUniform,
  heNormal,
  heUniform,
  leCunNormal,
  leCunUniform,
  type SeedArgs,
  torchUniform,
} from './initializers/named';
export { Orthogonal, type OrthogonalArgs } from './initializers/orthogonal';
export { VarianceScaling, type VarianceScalingArgs } from './initializers/varianceScaling';
export { AbsoluteDifference } from './layers/absoluteDifference';
export { Activation, type ActivationArgs } from './layers/activation';
export {
  AdaptiveAveragePooling2D,
  type AdaptiveAveragePooling2DArgs,
} from './layers/adaptiveAveragePooling2D';
export { BatchNormalization, type BatchNormalizationArgs } from './layers/batchNormalization';
export { Conv1DTranspose, type Conv1DTransposeArgs } from './layers/conv1DTranspose';
export { Conv2DNormActivation, type Conv2DNormActivationArgs } from './layers/conv2DNormActivation';
export { Dense, type DenseArgs } from './layers/dense';
export { DropBlock, type DropBlockArgs } from './layers/dropBlock';
export { Dropout, type DropoutArgs } from './layers/dropout';
export { Embedding, type EmbeddingArgs } from './layers/embedding';
export { GlobalAveragePooling2D, GlobalMaxPooling2D, type GlobalPooling2DArgs } from './layers/globalPooling2D';
export { type CallArgs, TenonLayer, type WeightArgs } from './layers/layer';
export { LocalResponseNormalization, type LocalResponseNormalizationArgs } from './layers/localResponseNormalization';
export { MaskedConv2D, type MaskedConv2DArgs } from './layers/maskedConv2D';
export { MaxPoolWithArgmax, type MaxPoolWithArgmaxArgs, MaxUnpool, type MaxUnpoolArgs } from './layers/maxUnpooling2D';
export {
  GroupNormalization,
  type GroupNormalizationArgs,
  InstanceNormalization,
  LayerNormalization,
  type NormalizationArgs,
  RMSNormalization,
} from './layers/normalizations';
export { AveragePooling2D, type AveragePooling2DArgs, MaxPooling2D, type MaxPooling2DArgs } from './layers/pooling2D';
export { RandomLayer, type RandomLayerArgs } from './layers/randomLayer';
export type {
  Filled,
  InitializerArg,
  InitializerName,
  LayerArgs,
  Regularizer,
  RegularizerArg,
  Saved,
} from './layers/saved';
export { SpectralNormalization, type SpectralNormalizationArgs } from './layers/spectralNormalization';
export { SqueezeExcite, type SqueezeExciteArgs } from './layers/squeezeExcite';
export { StochasticDepth, type StochasticDepthArgs } from './layers/stochasticDepth';
export { WeightNormalization, type WeightNormalizationArgs } from './layers/weightNormalization';
export { type BinaryCrossentropyOptions, binaryCrossentropy } from './losses/binaryCrossentropy';
export { type BinaryFocalCrossentropyOptions, binaryFocalCrossentropy } from './losses/binaryFocalCrossentropy';
export { categoricalCrossentropy } from './losses/categoricalCrossentropy';
export {
  type CategoricalFocalCrossentropyOptions,
  categoricalFocalCrossentropy,
} from './losses/categoricalFocalCrossentropy';
export type { ClassOptions } from './losses/classes';
export { type ContrastiveLossOptions, contrastiveLoss } from './losses/contrastiveLoss';
export { euclideanDistance } from './losses/euclideanDistance';
export { type HuberOptions, huber } from './losses/huber';
export { meanAbsoluteError } from './losses/meanAbsoluteError';
export { meanAbsolutePercentageError } from './losses/meanAbsolutePercentageError';
export { meanSquaredError } from './losses/meanSquaredError';
export { meanSquaredLogarithmicError } from './losses/meanSquaredLogarithmicError';
export type { LossOptions, LossReduction } from './losses/reduction';
export { type TripletLossOptions, tripletLoss } from './losses/tripletLoss';
export { type TripletMarginLossOptions, tripletMarginLoss } from './losses/tripletMarginLoss';
export { adaptiveAveragePool2d } from './ops/adaptiveAveragePool2d';
export { type ConvTranspose1dOptions, convTranspose1d } from './ops/convTranspose1d';
export { type DropBlockOptions, dropBlock } from './ops/dropBlock';
export { type GlobalPool2DOptions, globalAveragePool2d, globalMaxPool2d } from './ops/globalPool2d';
export { instanceNorm } from './ops/instanceNorm';
export { type LocalResponseNormOptions, localResponseNorm } from './ops/localResponseNorm';
export { type MaskedConv2dOptions, maskedConv2d } from './ops/maskedConv2d';
export { maxPoolWithArgmax } from './ops/maxPoolWithArgmax';
export { maxUnpool } from './ops/maxUnpool';
export { type AveragePool2DOptions, averagePool2d, maxPool2d, type Pool2DOptions } from './ops/pool2d';
export type { PoolOptions } from './ops/pooling/windows';
export { type SpectralNormOptions, spectralNorm } from './ops/spectralNorm';
export { type SqueezeExciteOptions, type SqueezeExciteWeights, squeezeExcite } from './ops/squeezeExcite';
export { type StochasticDepthOptions, stochasticDepth } from './ops/stochasticDepth';
export { weightNorm } from './ops/weightNorm';
export type { Padding2D, Pair } from './ops/window';
export { registerAs } from './registerAs';
export {
  type ModelBatch,
  type ModelLoss,
  type ModelStep,
  type TrainableModel,
  type TrainableModelOptions,
  trainableModel,
} from './trainableModel';
