export { type CausalMask, type KernelShape, type Taps, tapsSeen } from './masked/causalMask';
export { type MaskedConv2dOptions, maskedConv2d, seenKernel } from './maskedConv2d';
