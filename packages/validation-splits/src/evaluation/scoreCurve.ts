import type { FitResult } from './experiment';
import { mapRecord, mean, std } from './summary';

/** One metric along a curve: a row of folds a point. */
export interface ScoreCurve {
  train: Float64Array[];
  test: Float64Array[];
  trainMean: Float64Array;
  testMean: Float64Array;
  trainStd: Float64Array;
  testStd: Float64Array;
}

/** The curves of all metrics from the fits of `points` points, all folds of the first point first. */
export function scoreCurves(
  metrics: Record<string, unknown>,
  results: FitResult[],
  points: number,
): Record<string, ScoreCurve> {
  const folds = results.length / points;
  return mapRecord(metrics, (_, name) => {
    const rows = (side: 'trainScores' | 'testScores') =>
      Array.from({ length: points }, (_, point) =>
        Float64Array.from({ length: folds }, (_, fold) => results[point * folds + fold]?.[side][name] as number),
      );
    const [train, test] = [rows('trainScores'), rows('testScores')];
    return {
      train,
      test,
      trainMean: Float64Array.from(train, mean),
      testMean: Float64Array.from(test, mean),
      trainStd: Float64Array.from(train, std),
      testStd: Float64Array.from(test, std),
    };
  });
}
