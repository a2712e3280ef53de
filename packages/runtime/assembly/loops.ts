/** Everything that walks once over its numbers. */
export { activate, activateGradient } from './activations';
export { affine, affineGradient } from './affine';
export { mixColumns, normalizeColumns } from './batchNorm';
export { binary } from './binary';
export { columnMoments, columnSums } from './columns';
export { depthwise, depthwiseFilterGradient, depthwiseInputGradient } from './depthwise';
export { maxPoolGradient } from './pools';
export { layerNorm, layerNormGradient, segmentSums } from './rows';
