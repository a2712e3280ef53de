export { type CrossValidateOptions, type CrossValidation, crossValidate } from './evaluation/crossValidate';
export { type CrossValPredictOptions, crossValPredict } from './evaluation/crossValPredict';
export { type DiagnoseOptions, type Diagnosis, diagnoseFit, type FitCurve } from './evaluation/diagnoseFit';
export { type Executor, inProcess, type MapOptions } from './evaluation/executor';
export {
  type Data,
  type DetailedMetric,
  type Estimator,
  type Experiment,
  type FitResult,
  type FitTask,
  fitRunner,
  type MetricFunction,
  type Params,
} from './evaluation/experiment';
export { FitsFailedError } from './evaluation/fitsFailedError';
export { type LearningCurve, type LearningCurveOptions, learningCurve } from './evaluation/learningCurve';
export { type NestedCrossValidation, type NestedOptions, nestedCrossValidate } from './evaluation/nestedCrossValidate';
export {
  type PermutationTest,
  type PermutationTestOptions,
  permutationTestScore,
} from './evaluation/permutationTestScore';
export type { EvaluationOptions, Progress } from './evaluation/runFits';
export type { ScoreCurve } from './evaluation/scoreCurve';
export type { Matrix } from './evaluation/takeSamples';
export { type ValidationCurve, type ValidationCurveOptions, validationCurve } from './evaluation/validationCurve';
export type { Samples, Split } from './splitter';
export { Divider, Splitter } from './splitter';
export { ContinuousStratifiedKFold } from './splitters/continuousStratifiedKFold';
export type { FoldOptions } from './splitters/foldOptions';
export { GroupKFold } from './splitters/groupKFold';
export { GroupShuffleSplit } from './splitters/groupShuffleSplit';
export { type GroupTimeSeriesOptions, GroupTimeSeriesSplit } from './splitters/groupTimeSeriesSplit';
export { KFold } from './splitters/kFold';
export { LeaveOneGroupOut, LeavePGroupsOut } from './splitters/leavePGroupsOut';
export { LeaveOneOut, LeavePOut } from './splitters/leavePOut';
export { MultilabelStratifiedKFold } from './splitters/multilabelStratifiedKFold';
export { PredefinedSplit } from './splitters/predefinedSplit';
export { type PurgedOptions, PurgedTimeSeriesSplit } from './splitters/purgedTimeSeriesSplit';
export { Repeated, RepeatedKFold, type RepeatedOptions, RepeatedStratifiedKFold } from './splitters/repeated';
export type { ShareOptions } from './splitters/shareSizes';
export { type ShuffleOptions, ShuffleSplit } from './splitters/shuffleSplit';
export { type SlidingWindowOptions, SlidingWindowSplit } from './splitters/slidingWindowSplit';
export { StratifiedGroupKFold } from './splitters/stratifiedGroupKFold';
export { StratifiedKFold, type StratifiedOptions } from './splitters/stratifiedKFold';
export { StratifiedShuffleSplit } from './splitters/stratifiedShuffleSplit';
export { type TimeSeriesOptions, TimeSeriesSplit } from './splitters/timeSeriesSplit';
export { type TrainTestOptions, trainTestSplit } from './splitters/trainTestSplit';
