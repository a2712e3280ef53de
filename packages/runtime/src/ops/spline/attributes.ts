/** A spline: into how many pieces it is cut, where, which way it is gone, and whether its ends are joined. */
export interface SplineAttributes {
  bins: number;
  bound: number;
  inverse: boolean;
  circular: boolean;
}

/** No piece is narrower or lower than this share of the interval. */
export const LEAST_SHARE = 1e-3;

/** Log-slopes at knots stay inside ±LOG_SLOPE_BOUND: slopes from 1/148 to 148. */
export const LOG_SLOPE_BOUND = 5;

/** K widths, K heights, and the slopes at K − 1 inner knots; of a circle at one more, where its ends are joined. */
export const parametersOf = ({ bins, circular }: Pick<SplineAttributes, 'bins' | 'circular'>): number =>
  circular ? 3 * bins : 3 * bins - 1;
