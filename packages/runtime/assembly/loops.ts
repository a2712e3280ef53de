/** Everything that walks once over its numbers. */
export { activate, activateGradient } from './activations';
export { mixColumns, normalizeColumns } from './batchNorm';
export { binary } from './binary';
export { columnDots, columnMoments, columnSums } from './columns';
export { depthwiseFilterGradient, depthwiseInputGradient } from './depthwise';
export { maxPoolGradient } from './pools';
export { layerNorm, layerNormGradient, segmentSums } from './rows';
