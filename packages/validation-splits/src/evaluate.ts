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
