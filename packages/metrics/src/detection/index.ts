export { cocoEvaluate } from './coco/cocoEvaluate';
export type { CocoAnnotation, CocoDetection, CocoGroundTruth, CocoSegmentation } from './coco/cocoJson';
export type { CocoOptions } from './coco/cocoOptions';
export type { CocoResult, CocoScores, CocoType } from './coco/cocoScores';
export { StreamingCoco } from './coco/streamingCoco';
export { type VocOptions, type VocResult, vocAveragePrecision } from './vocAveragePrecision';
