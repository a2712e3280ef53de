import { meanLoss, type Output } from './outputs';

/** `Σ w max(α (y − ŷ), (α − 1) (y − ŷ)) / Σ w`. */
export function pinball(output: Output, alpha: number): number {
  return meanLoss(output, (truth, prediction) => {
    const error = truth - prediction;
    return error >= 0 ? alpha * error : (alpha - 1) * error;
  });
}

/** Throws unless it is in [0, 1]. */
export function checkAlpha(caller: string, alpha: number): void {
  if (alpha >= 0 && alpha <= 1) return;
  throw new RangeError(`${caller}: alpha must be in [0, 1], got ${alpha}`);
}
