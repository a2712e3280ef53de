export { deconvnet } from './attribution/deconvnet';
export { guidedBackprop } from './attribution/guidedBackprop';
export { type IntegratedGradientsOptions, integratedGradients } from './attribution/integratedGradients';
export type { Box } from './attribution/occluders';
export {
  type OcclusionMaps,
  type OcclusionOptions,
  type OcclusionStep,
  occlusionSensitivity,
} from './attribution/occlusionSensitivity';
export { type SaliencyOptions, saliency } from './attribution/saliency';
export { type SmoothGradOptions, smoothGrad } from './attribution/smoothGrad';
export { cam } from './cam/cam';
export type { CamOptions } from './cam/featureMaps';
export { gradCam } from './cam/gradCam';
export { gradCamPlusPlus } from './cam/gradCamPlusPlus';
export { guidedGradCam } from './cam/guidedGradCam';
export { type FeatureMapGridOptions, featureMapGrid } from './grids/featureMapGrid';
export { type FilterGridOptions, filterGrid } from './grids/filterGrid';
export { type GridOptions, grid } from './grids/grid';
export { type ColorizeOptions, colorize } from './images/colorize';
export { type ColorMapName, colorMapNames } from './images/colorMaps';
export { drawOnCanvas } from './images/drawOnCanvas';
export { type NormalizeOptions, normalizeImage, normalizeMap } from './images/normalize';
export { type OverlayOptions, overlay } from './images/overlay';
export { type RgbaImage, toRgba } from './images/toRgba';
export type { IterationOptions, OnStep, Progress } from './iterate';
export { layerNames } from './model/graph';
export type { LayerTarget, Target, TargetOptions } from './model/target';
export {
  type ActivationMaximizationOptions,
  activationMaximization,
} from './synthesis/activationMaximization';
export { type DeepDreamOptions, deepDream } from './synthesis/deepDream';
export { type FoolingImageOptions, foolingImage } from './synthesis/foolingImage';
