import type { LearningCurve } from '../evaluation/learningCurve';
import { across } from './draw';
import { drawScores, type ScorePictureOptions } from './scorePicture';

/**
 * Scores by how many samples were trained on: where the two lines still draw together, more samples help.
 *
 *     plotLearningCurve(await learningCurve({ build, data, splitter, metrics }))
 *
 * @param curve - what `learningCurve` gives.
 * @returns an SVG element as text.
 * @throws RangeError if the curve has no such metric; TypeError if there is no document to draw in.
 */
export function plotLearningCurve(curve: LearningCurve, options: ScorePictureOptions = {}): string {
  const name = 'training samples';
  const sizes = Array.from(curve.trainSizes);
  // A tick at each size, but for those that would stand in one another's way.
  const span = (sizes.at(-1) ?? 0) - (sizes[0] ?? 0);
  const ticks = sizes.filter((size, i) => i === 0 || size - (sizes[i - 1] as number) > span / 14);
  const x = { ...across(name), ticks, tickFormat: (size: number) => String(size) };
  return drawScores('plotLearningCurve', options, curve.curves, sizes, { x, name });
}
