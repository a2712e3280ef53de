export type { Named, PictureOptions } from './draw';
export { plotCalibrationCurve } from './plotCalibrationCurve';
export { plotConfusionMatrix } from './plotConfusionMatrix';
export { plotPrecisionRecallCurve } from './plotPrecisionRecallCurve';
export { plotPredictions } from './plotPredictions';
export { plotRocCurve } from './plotRocCurve';
export type { Theme } from './theme';
