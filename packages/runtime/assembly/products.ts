/** Matrix products and the convolutions made of them: the module that gains from relaxed SIMD. */
export {
  convolutionScratch,
  convolve,
  convolveFilterGradient,
  convolveInputGradient,
  convolveSpread,
  spreadFilter,
  spreadFilterBytes,
} from './convolution';
export { batchMatmul, matmulScratch } from './matmul';
