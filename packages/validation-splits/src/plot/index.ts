export type { PictureOptions } from './draw';
export { plotLearningCurve } from './plotLearningCurve';
export { plotSplits, type SplitsPictureOptions } from './plotSplits';
export { plotValidationCurve, type ValidationPictureOptions } from './plotValidationCurve';
export type { ScorePictureOptions } from './scorePicture';
export type { Theme } from './theme';
