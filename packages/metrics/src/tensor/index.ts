export type { BinnedOptions } from '../streaming/binnedCurve';
export type { CalibrationScores } from '../streaming/calibrationScores';
export type { ConfusionScores } from '../streaming/confusionScores';
export type { RegressionScores } from '../streaming/regressionScores';
export { StreamingAveragePrecision } from './streamingAveragePrecision';
export { StreamingCalibration } from './streamingCalibration';
export { StreamingConfusion } from './streamingConfusion';
export { StreamingRegression } from './streamingRegression';
export { StreamingRocAuc } from './streamingRocAuc';
