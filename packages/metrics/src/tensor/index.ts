export { StreamingAveragePrecision } from './streamingAveragePrecision';
export { StreamingCalibration } from './streamingCalibration';
export { StreamingConfusion } from './streamingConfusion';
export { StreamingRegression } from './streamingRegression';
export { StreamingRocAuc } from './streamingRocAuc';
