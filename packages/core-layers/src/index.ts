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
export { BatchNormalization, type BatchNormalizationArgs } from './layers/batchNormalization';
export { Conv2DNormActivation, type Conv2DNormActivationArgs } from './layers/conv2DNormActivation';
export { Dense, type DenseArgs } from './layers/dense';
export { Dropout, type DropoutArgs } from './layers/dropout';
export { GlobalAveragePooling2D, GlobalMaxPooling2D, type GlobalPooling2DArgs } from './layers/globalPooling2D';
export { AveragePooling2D, type AveragePooling2DArgs, MaxPooling2D, type MaxPooling2DArgs } from './layers/pooling2D';
export { type GlobalPool2DOptions, globalAveragePool2d, globalMaxPool2d } from './ops/globalPool2d';
export { maxPoolWithArgmax } from './ops/maxPoolWithArgmax';
export { maxUnpool } from './ops/maxUnpool';
export { type AveragePool2DOptions, averagePool2d, maxPool2d, type Pool2DOptions } from './ops/pool2d';
export type { Padding2D, Pair } from './ops/window';
