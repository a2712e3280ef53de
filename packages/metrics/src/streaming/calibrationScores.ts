import { binMeans, type CalibrationBins, calibrationError } from '../probabilities/bins';
import type { CalibrationCurve } from '../probabilities/calibrationCurve';

/** `calibrationCurve` and `expectedCalibrationError` of the same bins. */
export interface CalibrationScores extends CalibrationCurve {
  expectedCalibrationError: number;
}

export function calibrationScores(bins: CalibrationBins): CalibrationScores {
  return { ...binMeans(bins), expectedCalibrationError: calibrationError(bins) };
}
