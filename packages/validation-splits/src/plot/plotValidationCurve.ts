import type { ValidationCurve } from '../evaluation/validationCurve';
import { across } from './draw';
import { drawScores, type ScorePictureOptions } from './scorePicture';

export interface ValidationPictureOptions extends ScorePictureOptions {
  /** What the values are of, written along the axis. */
  parameter?: string;
  /** How numbers are spread: evenly by value, by power of ten, or one after another. Words are one after another. */
  scale?: 'linear' | 'log' | 'point';
}

/**
 * Scores by the value of one parameter: on one side the model is too simple for the samples, on the other it learns them
 * by heart.
 *
 *     plotValidationCurve(await validationCurve({ build, data, splitter, metrics, parameter: 'depth', values: [1, 2, 4, 8] }))
 *
 * @param curve - what `validationCurve` gives.
 * @returns an SVG element as text.
 * @throws RangeError if the curve has no such metric; TypeError if there is no document to draw in.
 */
export function plotValidationCurve(curve: ValidationCurve<unknown>, options: ValidationPictureOptions = {}): string {
  const { parameter = 'parameter' } = options;
  const areNumbers = curve.values.every((value) => typeof value === 'number');
  const type = areNumbers ? (options.scale ?? 'linear') : 'point';
  const places = curve.values.map((value) => (type === 'point' ? String(value) : (value as number)));
  const ticks = type === 'log' ? { ticks: places as number[], tickFormat: (value: number) => String(value) } : {};
  const x = { ...across(parameter), type, ...(type === 'point' ? { domain: places } : ticks) };
  return drawScores('plotValidationCurve', options, curve.curves, places, { x, name: parameter });
}
