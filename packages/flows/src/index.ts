export type { PixelCnnDescription, PixelLayerDescription } from './autoregressive/describeNetwork';
export type { DrawnRow, DrawOptions } from './autoregressive/drawImages';
export type { Given } from './autoregressive/given';
export { gatedPixelCnn, type PixelCnnOptions, pixelCnn } from './autoregressive/models';
export { PixelCnn } from './autoregressive/pixelCnn';
export type { Side } from './autoregressive/pixelOrder';
export type { Bijector, MapOptions, Mapped, Variables } from './bijector';
export { ActNorm } from './bijectors/actNorm';
export { AdditiveCoupling } from './bijectors/additiveCoupling';
export { Affine, type AffineOptions } from './bijectors/affine';
export { AffineCoupling } from './bijectors/affineCoupling';
export { Autoregressive, type AutoregressiveOptions } from './bijectors/autoregressive';
export { Continuous, type ContinuousOptions } from './bijectors/continuous';
export { Coupling, type CouplingOptions } from './bijectors/coupling';
export { Exp } from './bijectors/exp';
export { Householder } from './bijectors/householder';
export { Logit } from './bijectors/logit';
export { LuLinear, type LuLinearOptions } from './bijectors/luLinear';
export { Permutation, type PermutationOptions } from './bijectors/permutation';
export { Planar } from './bijectors/planar';
export { Radial } from './bijectors/radial';
export { Residual, type ResidualOptions } from './bijectors/residual';
export { Scaling } from './bijectors/scaling';
export { Sigmoid } from './bijectors/sigmoid';
export { Softplus } from './bijectors/softplus';
export { Split, type SplitOptions } from './bijectors/split';
export { Squeeze } from './bijectors/squeeze';
export { Sylvester, type SylvesterOptions } from './bijectors/sylvester';
export { Tanh } from './bijectors/tanh';
export { UniformDequantization } from './bijectors/uniformDequantization';
export {
  VariationalDequantization,
  type VariationalDequantizationOptions,
} from './bijectors/variationalDequantization';
export { bitsPerDim } from './bitsPerDim';
export { type Chain, chain } from './chain';
export { type DescribeOptions, describe, type FlowDescription, type LayerDescription } from './describe';
export { Flow, type FlowOptions } from './flow';
export { type AutoregressiveFlowOptions, iaf, maf } from './flows/autoregressiveFlows';
export type { CouplingFlowOptions, ImageCouplingOptions, VectorCouplingOptions } from './flows/couplings';
export { glow, type ImageGlowOptions, type VectorGlowOptions } from './flows/glow';
export { nice } from './flows/nice';
export type { CommonOptions, NetworkOptions } from './flows/options';
export { type PushFlowOptions, planarFlow, radialFlow, sylvesterFlow } from './flows/pushFlows';
export { realNvp } from './flows/realNvp';
export {
  type ContinuousFlowOptions,
  continuousFlow,
  type ResidualFlowOptions,
  residualFlow,
} from './flows/smoothFlows';
export { type ImageSplineOptions, splineFlow, type VectorSplineOptions } from './flows/splineFlow';
export { invert } from './invert';
export { additive } from './maps/additive';
export { affine } from './maps/affine';
export { type CircularSplineOptions, circularSpline } from './maps/circularSpline';
export { type RationalQuadraticOptions, rationalQuadratic } from './maps/rationalQuadratic';
export type { Moved, UnivariateMap } from './maps/univariateMap';
export { alternatingMask } from './masks/alternatingMask';
export { channelMask } from './masks/channelMask';
export { checkerboardMask } from './masks/checkerboardMask';
export { halfMask } from './masks/halfMask';
export type { ImageShape } from './masks/imageShape';
export type { Mask, MaskOptions } from './masks/mask';
export type { Conditioner } from './networks/conditioner';
export { type MadeOptions, made } from './networks/made';
export { type MlpOptions, mlp } from './networks/mlp';
export { type PatchMlpOptions, patchMlp } from './networks/patchMlp';
export { periodic } from './networks/periodic';
